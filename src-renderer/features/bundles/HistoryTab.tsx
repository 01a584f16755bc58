import { Button } from '@mantine/core';
import { IconBoxSeam } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type BundleCell, topics, useOperation } from '../../client/index.ts';
import { to, useGo } from '../../state/index.ts';
import {
  AppTable,
  Badge,
  EmptyState,
  type GrowingColumn,
  MiddleEllipsis,
  QueryView,
  RelativeTime,
  RunLabel,
  useFilledColumns,
} from '../../ui/index.ts';
import css from './bundles.module.css';

/** Bundles that were written here, and those that were run again. */
export function HistoryTab({ onVerify }: { onVerify: (file: string) => void }) {
  const cells = useOperation(
    'timeline.list',
    { kinds: ['bundle'], limit: 1000 },
    { topics: [topics.bundles, topics.notes] },
  );
  return (
    <QueryView query={cells}>
      {(data) => (
        <History rows={data.cells.filter((cell) => cell.kind === 'bundle')} onVerify={onVerify} />
      )}
    </QueryView>
  );
}

function History({
  rows,
  onVerify,
}: {
  rows: readonly BundleCell[];
  onVerify: (file: string) => void;
}) {
  const { t } = useTranslation('bundles');
  const go = useGo();
  const columns = useMemo(
    (): GrowingColumn<BundleCell>[] => [
      {
        id: 'path',
        header: t('column.file'),
        width: 300,
        grow: 3,
        value: (row) => row.path,
        cell: (row) => <MiddleEllipsis text={row.path} max={70} mono />,
      },
      {
        id: 'direction',
        header: t('column.what'),
        width: 130,
        value: (row) => t(`direction.${row.direction}`),
        cell: (row) => (
          <Badge tone="active" shape={row.direction === 'exported' ? '↗' : '↻'}>
            {t(`direction.${row.direction}`)}
          </Badge>
        ),
      },
      {
        id: 'label',
        header: t('run'),
        width: 140,
        grow: 1,
        value: (row) => row.label,
        cell: (row) =>
          row.direction === 'exported' ? (
            <RunLabel label={row.label} />
          ) : (
            <MiddleEllipsis text={row.label} max={40} mono />
          ),
      },
      {
        id: 'verdict',
        header: t('column.verdict'),
        width: 140,
        grow: 1,
        value: (row) =>
          row.reproduced === null ? '' : t(row.reproduced ? 'reproduced' : 'notReproduced'),
      },
      {
        id: 'at',
        header: t('column.when'),
        width: 130,
        value: (row) => row.at,
        cell: (row) => <RelativeTime at={row.at} />,
      },
      {
        id: 'action',
        header: t('column.action'),
        width: 110,
        cell: (row) => (
          <Button size="compact-xs" variant="light" onClick={() => onVerify(row.path)}>
            {t('verify')}
          </Button>
        ),
      },
    ],
    [t, onVerify],
  );
  const filled = useFilledColumns(columns);
  if (rows.length === 0) {
    return (
      <EmptyState
        icon={<IconBoxSeam size={28} stroke={1.5} />}
        title={t('noHistory')}
        actions={
          <Button onClick={() => go(to('bundles', [], { tab: 'export' }), true)}>
            {t('tab.export')}
          </Button>
        }
      >
        {t('noHistoryText')}
      </EmptyState>
    );
  }
  return (
    <div ref={filled.ref} className={css.history}>
      <AppTable
        label={t('tab.history')}
        rows={rows}
        columns={filled.columns}
        rowKey={(row) => row.key}
        onOpen={(row) => onVerify(row.path)}
      />
    </div>
  );
}

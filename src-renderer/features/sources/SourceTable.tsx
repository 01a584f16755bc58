import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SourceRow } from '../../client/index.ts';
import {
  AppTable,
  Badge,
  type GrowingColumn,
  MiddleEllipsis,
  RelativeTime,
  toolName,
  useFilledColumns,
} from '../../ui/index.ts';
import { isKept, whyNotAgain, whyNotKept } from './keeping.ts';
import css from './sources.module.css';

/** The sources, a row each. */
export function SourceTable({
  rows,
  chosen,
  busy,
  onRead,
  onKeep,
  onChoose,
}: {
  rows: readonly SourceRow[];
  /** The one whose detail is shown. */
  chosen: number | null;
  busy: boolean;
  onRead: (id: number) => void;
  onKeep: (id: number) => void;
  onChoose: (id: number) => void;
}) {
  const { t } = useTranslation('sources');
  const columns = useMemo(
    (): GrowingColumn<SourceRow>[] => [
      {
        id: 'path',
        header: t('column.path'),
        width: 260,
        grow: 3,
        value: (row) => row.path,
        cell: (row) => (
          <MiddleEllipsis text={row.path === '' ? t('root') : row.path} max={70} mono />
        ),
      },
      {
        id: 'kind',
        header: t('column.kind'),
        width: 170,
        grow: 1,
        value: (row) => toolName(row.kind),
      },
      {
        id: 'runs',
        header: t('column.runs'),
        width: 80,
        align: 'end',
        value: (row) => row.runs,
      },
      {
        id: 'state',
        header: t('column.state'),
        width: 130,
        value: (row) => row.problem ?? (isKept(row) ? 'kept' : String(row.skippedCount)),
        cell: (row) => <StateBadge row={row} />,
      },
      {
        id: 'readAt',
        header: t('column.readAt'),
        width: 130,
        value: (row) => row.readAt,
        cell: (row) => (row.readAt === null ? null : <RelativeTime at={row.readAt} />),
      },
      {
        id: 'action',
        header: t('column.action'),
        width: 240,
        cell: (row) => <Actions row={row} busy={busy} onRead={onRead} onKeep={onKeep} />,
      },
    ],
    [t, busy, onRead, onKeep],
  );
  const filled = useFilledColumns(columns);
  return (
    <div ref={filled.ref} className={css.table}>
      <AppTable
        label={t('title')}
        rows={rows}
        columns={filled.columns}
        rowKey={(row) => String(row.id)}
        activeKey={chosen === null ? null : String(chosen)}
        onActive={(key) => onChoose(Number(key))}
        onOpen={(row) => onChoose(row.id)}
      />
    </div>
  );
}

function Actions({
  row,
  busy,
  onRead,
  onKeep,
}: {
  row: SourceRow;
  busy: boolean;
  onRead: (id: number) => void;
  onKeep: (id: number) => void;
}) {
  const { t } = useTranslation('sources');
  const notAgain = whyNotAgain(row);
  const notKept = whyNotKept(row);
  return (
    <span className={css.buttons}>
      <Button
        size="compact-xs"
        variant="light"
        disabled={busy || row.goneAt !== null || notAgain !== null}
        title={notAgain === null ? undefined : t(notAgain)}
        onClick={() => onRead(row.id)}
      >
        {t('again')}
      </Button>
      <Button
        size="compact-xs"
        variant="light"
        disabled={notKept !== null}
        title={t(notKept ?? 'keep.hint')}
        onClick={() => onKeep(row.id)}
      >
        {t('keep.button')}
      </Button>
    </span>
  );
}

function StateBadge({ row }: { row: SourceRow }) {
  const { t } = useTranslation('sources');
  if (isKept(row)) {
    return (
      <Badge tone="good" shape="✓" title={t('keptHint')}>
        {t('state.kept')}
      </Badge>
    );
  }
  if (row.goneAt !== null) {
    return (
      <Badge tone="dim" shape="○">
        {t('state.gone')}
      </Badge>
    );
  }
  if (row.problem !== null) {
    return (
      <Badge tone="bad" shape="✕" title={row.problem}>
        {t('state.problem')}
      </Badge>
    );
  }
  if (row.skippedCount > 0) {
    return (
      <Badge tone="warn" shape="▲">
        {t('state.skipped', { count: row.skippedCount })}
      </Badge>
    );
  }
  const fine = row.readAt !== null;
  return (
    <Badge tone={fine ? 'good' : 'dim'} shape={fine ? '✓' : '…'}>
      {t(fine ? 'state.fine' : 'state.waiting')}
    </Badge>
  );
}

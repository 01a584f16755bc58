import { Button } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DiffSummary } from '../../client/index.ts';
import { Badge, ChangeMark, type GrowingColumn, MiddleEllipsis } from '../../ui/index.ts';
import type { TabProps } from './CompareView.tsx';
import { Value, ValuePair } from './cells.tsx';
import css from './compare.module.css';
import { tabSeparated, visibleRows } from './rows.ts';
import { TableFrame } from './TableFrame.tsx';

type Row = DiffSummary['environment'][number];

/** Packages with the direction of their change, the system, variables and lockfiles. */
export function EnvironmentTab({ summary, filter, show }: TabProps) {
  const { t } = useTranslation('compare');
  const { code } = summary;
  /** The hash of a lockfile says little; its lines are among the code, where that is known. */
  const linesOf = useCallback(
    (row: Row): string | null =>
      row.section === 'lockfile' && code.some((file) => file.path === row.key) ? row.key : null,
    [code],
  );
  const rows = visibleRows(summary.environment, filter, {
    text: (row) => `${row.section} ${row.key} ${row.left ?? ''} ${row.right ?? ''}`,
    differs: (row) => row.change !== 'same',
  });
  const columns = useMemo(
    (): GrowingColumn<Row>[] => [
      {
        id: 'key',
        header: t('column.name'),
        width: 200,
        grow: 2,
        value: (row) => row.key,
        cell: (row) => <MiddleEllipsis text={row.key} />,
      },
      {
        id: 'section',
        header: t('column.section'),
        width: 120,
        value: (row) => t(`section.${row.section}`),
      },
      {
        id: 'left',
        header: t('from'),
        width: 140,
        grow: 2,
        value: (row) => row.left,
        cell: (row) => <Value text={row.left} />,
      },
      {
        id: 'right',
        header: t('to'),
        width: 140,
        grow: 2,
        value: (row) => row.right,
        cell: (row) => <Value text={row.right} />,
      },
      {
        id: 'change',
        header: t('column.change'),
        width: 140,
        value: (row) => row.change,
        cell: (row) => {
          const file = linesOf(row);
          if (file === null) return <EnvironmentChange row={row} />;
          return (
            <Button
              size="compact-xs"
              variant="subtle"
              className={css.manyButton}
              onClick={() => show({ tab: 'code', file })}
            >
              {t('seeLines')}
            </Button>
          );
        },
      },
    ],
    [t, linesOf, show],
  );
  return (
    <TableFrame
      label={t('tab.environment')}
      rows={rows}
      total={summary.environment.length}
      columns={columns}
      rowKey={(row) => `${row.section}:${row.key}`}
      rowTone={(row) => (row.change === 'same' ? 'dim' : undefined)}
      onOpen={(row) => {
        const file = linesOf(row);
        if (file !== null) show({ tab: 'code', file });
      }}
      filtered={filter.text !== ''}
      words={{
        none: t('none.environment'),
        same: t('same.environment'),
        unmatched: t('unmatched'),
      }}
      copy={() =>
        tabSeparated([
          [t('column.section'), t('column.name'), t('from'), t('to')],
          ...rows.map((row) => [row.section, row.key, row.left, row.right]),
        ])
      }
      detail={(row) => <ValuePair name={row.key} left={row.left} right={row.right} />}
    />
  );
}

/** A package goes up or down; everything else is only changed. */
function EnvironmentChange({ row }: { row: Row }) {
  const { t } = useTranslation('compare');
  if (row.direction === 'up' || row.direction === 'down') {
    const up = row.direction === 'up';
    return (
      <Badge tone={up ? 'active' : 'warn'} shape={up ? '▲' : '▼'}>
        {t(up ? 'upgraded' : 'downgraded')}
      </Badge>
    );
  }
  return <ChangeMark change={row.change} />;
}

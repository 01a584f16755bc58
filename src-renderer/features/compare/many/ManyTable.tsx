import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Side } from '../../../client/index.ts';
import { formatNumber, type GrowingColumn, MiddleEllipsis, NumberText } from '../../../ui/index.ts';
import { Value } from '../cells.tsx';
import css from '../compare.module.css';
import { type RowFilter, tabSeparated, visibleRows } from '../rows.ts';
import { useSideName } from '../SidePicker.tsx';
import { TableFrame } from '../TableFrame.tsx';
import { type ManyRow, type ManyTab, numbered } from './rows.ts';

export interface ManyTableProps {
  readonly tab: ManyTab;
  readonly sides: readonly Side[];
  readonly rows: readonly ManyRow[];
  readonly filter: RowFilter;
  /** Compares the first side with another in full. */
  readonly onPair: (right: number) => void;
}

/** A column for each side; what the first side does not have as well is marked. */
export function ManyTable({ tab, sides, rows, filter, onPair }: ManyTableProps) {
  const { t } = useTranslation('compare');
  const nameOf = useSideName();
  const shown = visibleRows(rows, filter, {
    text: (row) => `${row.place} ${row.key} ${row.values.join(' ')}`,
    differs: (row) => !row.same,
  });
  const columns = useMemo(
    (): GrowingColumn<ManyRow>[] => [
      {
        id: 'key',
        header: t(
          tab === 'metrics' ? 'column.metric' : tab === 'params' ? 'column.param' : 'column.name',
        ),
        width: 200,
        grow: 1,
        value: (row) => row.key,
        cell: (row) => (
          <span title={row.place === '' ? undefined : `${row.place}: ${row.key}`}>
            <MiddleEllipsis text={row.key} max={40} mono={tab === 'params'} />
          </span>
        ),
      },
      ...sides.map(
        (side, at): GrowingColumn<ManyRow> => ({
          id: `side ${at}`,
          header: `${at + 1}  ${nameOf(side)}`,
          hint: nameOf(side),
          width: 150,
          grow: 1,
          ...(tab === 'metrics' ? { align: 'end' as const } : {}),
          value: (row) => sortable(row.values[at] ?? null),
          cell: (row) => <Cell row={row} at={at} />,
        }),
      ),
    ],
    [t, tab, sides, nameOf],
  );
  return (
    <TableFrame
      label={t(`tab.${tab}`)}
      rows={shown}
      total={rows.length}
      columns={columns}
      rowKey={(row) => row.id}
      rowTone={(row) => (row.same ? 'dim' : undefined)}
      filtered={filter.text !== ''}
      words={{ none: t(`none.${tab}`), same: t(`same.${tab}`), unmatched: t('unmatched') }}
      tools={numbered(sides.map((side) => side.reference))
        .slice(1)
        .map(({ id, at }) => (
          <Button key={id} size="compact-xs" variant="subtle" onClick={() => onPair(at)}>
            {`1 ↔ ${at + 1}`}
          </Button>
        ))}
      copy={() =>
        tabSeparated([
          [t('column.name'), ...sides.map((side) => side.title)],
          ...shown.map((row) => [row.key, ...row.values]),
        ])
      }
    />
  );
}

function Cell({ row, at }: { row: ManyRow; at: number }) {
  const { t } = useTranslation('compare');
  const value = row.values[at] ?? null;
  const differs = value !== (row.values[0] ?? null);
  if (typeof value === 'number') {
    const std = row.spread[at]?.std ?? null;
    return (
      <span className={css.manyCell} data-differs={differs || undefined}>
        {row.best === at && (
          <span className={css.verdict} data-tone="good" title={t('best')}>
            ✓{' '}
          </span>
        )}
        <NumberText value={value} />
        {std !== null && <span className={css.dim}> ± {formatNumber(std)}</span>}
      </span>
    );
  }
  return (
    <span className={css.manyCell} data-differs={differs || undefined}>
      <Value text={value} />
    </span>
  );
}

function sortable(value: string | number | null): string | number | null {
  if (typeof value !== 'string' || value.trim() === '') return value;
  const number = Number(value);
  return Number.isNaN(number) ? value : number;
}

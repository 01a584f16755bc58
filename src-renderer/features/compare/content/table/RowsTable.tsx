import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RowChange, TableDiff } from '../../../../client/index.ts';
import type { GrowingColumn } from '../../../../ui/index.ts';
import { ChangeMark } from '../../../../ui/index.ts';
import { ValuePair } from '../../cells.tsx';
import { matching, tabSeparated } from '../../rows.ts';
import { TableFrame } from '../../TableFrame.tsx';
import css from '../content.module.css';
import { shortPair, shortValue } from './cell-text.ts';

export interface RowsTableProps {
  readonly diff: TableDiff;
  readonly search: string;
  readonly only: RowChange['change'] | null;
}

/** Rows that differ, with both values where a value does. */
export function RowsTable({ diff, search, only }: RowsTableProps) {
  const { t } = useTranslation('contents');
  const { t: compare } = useTranslation('compare');
  const { shown, shownColumns, rows: counts } = diff;
  const numbers = useMemo(
    () => new Set(diff.columns.filter((one) => one.kind === 'number').map((one) => one.name)),
    [diff.columns],
  );
  const rows = useMemo(
    () => (search === '' ? shown : shown.filter((row) => matching(textOf(row), search))),
    [shown, search],
  );
  const columns = useMemo(
    (): GrowingColumn<RowChange>[] => [
      {
        id: 'change',
        header: compare('column.change'),
        width: 110,
        value: (row) => row.change,
        cell: (row) => <ChangeMark change={row.change} />,
      },
      {
        id: 'row',
        header: t('row'),
        width: 110,
        align: 'end',
        value: (row) => row.rightRow ?? row.leftRow,
        cell: (row) => <span className={css.dim}>{placeOf(row)}</span>,
      },
      ...shownColumns.map(
        (name, at): GrowingColumn<RowChange> => ({
          id: `column ${at}`,
          header: name,
          hint: name,
          width: 140,
          grow: shownColumns.length < 8 ? 1 : 0,
          ...(numbers.has(name) && { align: 'end' as const }),
          value: (row) => asSortable((row.right ?? row.left)?.[at] ?? null),
          cell: (row) => <Cell row={row} at={at} />,
        }),
      ),
    ],
    [t, compare, shownColumns, numbers],
  );
  const total = only === null ? counts.added + counts.removed + counts.modified : counts[only];
  return (
    <TableFrame
      label={t('rows')}
      rows={rows}
      total={total}
      columns={columns}
      rowKey={keyOf}
      filtered={search !== ''}
      words={{ none: t('sameRows'), same: t('sameRows'), unmatched: compare('unmatched') }}
      copy={() =>
        tabSeparated([
          [compare('column.change'), ...shownColumns],
          ...rows.flatMap((row) =>
            [row.left, row.right].flatMap((side) => (side === null ? [] : [[row.change, ...side]])),
          ),
        ])
      }
      detail={(row) => <RowDetail row={row} names={shownColumns} />}
    />
  );
}

function Cell({ row, at }: { row: RowChange; at: number }) {
  const { t } = useTranslation('contents');
  const show = (value: string | null | undefined, short: (text: string) => string) =>
    value == null ? <span className={css.missing}>{t('missing')}</span> : short(value);
  if (!row.changed.includes(at)) {
    const value = (row.right ?? row.left)?.[at];
    return (
      <span className={css.cellValue} title={value ?? undefined}>
        {show(value, shortValue)}
      </span>
    );
  }
  const [left, right] = [row.left?.[at], row.right?.[at]];
  const [before, after] = shortPair(left ?? '', right ?? '');
  return (
    <span className={css.cellPair} title={`${left ?? ''} → ${right ?? ''}`}>
      <del>{show(left, () => before)}</del> <ins>{show(right, () => after)}</ins>
    </span>
  );
}

/** Values of one row that differ, in full. */
function RowDetail({ row, names }: { row: RowChange; names: readonly string[] }) {
  const { t } = useTranslation('contents');
  const at = row.changed.length > 0 ? row.changed : names.map((_, index) => index).slice(0, 40);
  const lines = (side: RowChange['left']): string | null =>
    side === null
      ? null
      : at.map((index) => `${names[index]}: ${side[index] ?? t('missing')}`).join('\n');
  return (
    <ValuePair
      name={t('rowNumber', { row: placeOf(row) })}
      left={lines(row.left)}
      right={lines(row.right)}
    />
  );
}

function placeOf({ leftRow, rightRow }: RowChange): string {
  if (leftRow === null || rightRow === null || leftRow === rightRow) {
    return String(rightRow ?? leftRow);
  }
  return `${leftRow} → ${rightRow}`;
}

function keyOf({ leftRow, rightRow }: RowChange): string {
  return `${leftRow ?? '-'}:${rightRow ?? '-'}`;
}

function textOf({ left, right }: RowChange): string {
  return [...(left ?? []), ...(right ?? [])].join(' ');
}

function asSortable(value: string | null): string | number | null {
  if (value === null || value.trim() === '') return value;
  const number = Number(value);
  return Number.isNaN(number) ? value : number;
}

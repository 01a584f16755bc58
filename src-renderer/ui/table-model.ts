import {
  type ColumnDef,
  createSortedRowModel,
  type RowData,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { type ReactNode, useMemo } from 'react';
import { compareValues, type SortValue } from './sort.ts';

/** One column. `value` is what is sorted; `cell` is what is shown (the value when left out). */
export interface AppColumn<Row> {
  readonly id: string;
  readonly header: string;
  /** Shown on hover of the header, when the header is short for something. */
  readonly hint?: string;
  readonly width: number;
  readonly align?: 'end';
  readonly value?: (row: Row) => SortValue;
  readonly cell?: (row: Row) => ReactNode;
}

/** Width of the ticks before the first column, where rows can be ticked. */
export const tickWidth = 36;

/** Columns that are sorted by, the most important first. */
export type Sort = SortingState;

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });

/** Sorted rows, and the means to sort them by a column. Sorting is kept inside unless given. */
export function useTableModel<Row extends RowData>(
  rows: readonly Row[],
  columns: readonly AppColumn<Row>[],
  rowKey: (row: Row) => string,
  sort: Sort | undefined,
  onSort: ((sort: Sort) => void) | undefined,
) {
  const definitions = useMemo(() => columns.map((column) => definition(column)), [columns]);
  const controlled =
    sort === undefined
      ? {}
      : {
          state: { sorting: sort },
          onSortingChange: (change: Sort | ((before: Sort) => Sort)) =>
            onSort?.(typeof change === 'function' ? change(sort) : change),
        };
  const table = useTable({
    features,
    data: rows,
    columns: definitions,
    getRowId: rowKey,
    ...controlled,
  });
  const sorted = table.getRowModel().rows;
  const keys = useMemo(() => sorted.map((row) => row.id), [sorted]);
  return { table, sorted, keys };
}

function definition<Row extends RowData>(column: AppColumn<Row>): ColumnDef<typeof features, Row> {
  return {
    id: column.id,
    accessorFn: (row: Row) => column.value?.(row) ?? undefined,
    enableSorting: column.value !== undefined,
    sortUndefined: 'last',
    sortFn: (a, b, id) => compareValues(a.getValue<SortValue>(id), b.getValue<SortValue>(id)),
  };
}

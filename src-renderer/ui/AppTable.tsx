import type { RowData } from '@tanstack/react-table';
import { useCallback } from 'react';
import { Grid, type GridProps } from './Grid.tsx';
import { type Sort, useTableModel } from './table-model.ts';

type Passed =
  | 'label'
  | 'columns'
  | 'activeKey'
  | 'onActive'
  | 'onOpen'
  | 'onPoint'
  | 'selected'
  | 'onSelect'
  | 'onKey'
  | 'empty'
  | 'rowTone'
  | 'filterKey';

export interface AppTableProps<Row extends RowData> extends Pick<GridProps<Row>, Passed> {
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Given together, sorting is kept outside. */
  readonly sort?: Sort;
  readonly onSort?: (sort: Sort) => void;
}

/** A table of rows that are all at hand, sorted here by any of its columns. */
export function AppTable<Row extends RowData>(props: AppTableProps<Row>) {
  const { rows, columns, rowKey, sort, onSort, ...grid } = props;
  const { table, sorted, keys } = useTableModel(rows, columns, rowKey, sort, onSort);
  const rowAt = useCallback(
    (index: number): Row => (sorted[index] as { original: Row }).original,
    [sorted],
  );
  return (
    <Grid
      {...grid}
      keys={keys}
      rowAt={rowAt}
      columns={columns}
      directionOf={(column) => table.getColumn(column)?.getIsSorted() ?? false}
      onSort={(column, multi) => table.getColumn(column)?.toggleSorting(undefined, multi)}
    />
  );
}

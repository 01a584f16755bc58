import { useElementSize } from '@mantine/hooks';
import type { RowData } from '@tanstack/react-table';
import { type RefCallback, useMemo } from 'react';
import { type AppColumn, tickWidth } from './table-model.ts';
import { useTextScale } from './use-row-height.ts';

/** A column that takes a share of the width that is left over. */
export interface GrowingColumn<Row extends RowData> extends AppColumn<Row> {
  /** Its share; 0 or left out keeps to `width`. */
  readonly grow?: number;
}

/** The columns with what is left of `available` pixels shared out; never narrower than asked. */
export function fillColumns<Row extends RowData>(
  columns: readonly GrowingColumn<Row>[],
  available: number,
): AppColumn<Row>[] {
  const asked = columns.reduce((sum, column) => sum + column.width, 0);
  const shares = columns.reduce((sum, column) => sum + (column.grow ?? 0), 0);
  const spare = Math.max(0, available - asked);
  if (spare === 0 || shares === 0) return [...columns];
  return columns.map((column) => ({
    ...column,
    width: column.width + Math.floor((spare * (column.grow ?? 0)) / shares),
  }));
}

const scrollbar = 14;

/** Columns that fill the element `ref` is put on, beside those for ticks where there are some. */
export function useFilledColumns<Row extends RowData>(
  columns: readonly GrowingColumn<Row>[],
  ticked = false,
): { readonly ref: RefCallback<HTMLDivElement>; readonly columns: readonly AppColumn<Row>[] } {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const scale = useTextScale();
  const filled = useMemo(() => {
    const room = Math.floor(width) - scrollbar - (ticked ? tickWidth : 0);
    // The table makes them wider or narrower with the text.
    return fillColumns(columns, Math.floor(room / scale));
  }, [columns, width, ticked, scale]);
  return { ref, columns: filled };
}

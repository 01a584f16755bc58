import type { VirtualItem } from '@tanstack/react-virtual';
import type { AppColumn } from './table-model.ts';

/** A column that is in sight, and where it stands. */
export interface AcrossItem<Row> {
  readonly index: number;
  readonly column: AppColumn<Row>;
  readonly style: { width: number; left?: number; transform?: string };
}

/** The columns in sight, with the first always among them, and where each stands. */
export function withFirst<Row>(
  items: readonly VirtualItem[],
  columns: readonly AppColumn<Row>[],
  lead: number,
): AcrossItem<Row>[] {
  const first = columns[0];
  if (first === undefined) return [];
  const rest = items.flatMap(({ index, start, size }) => {
    const column = columns[index];
    if (index === 0 || column === undefined) return [];
    return [{ index, column, style: { width: size, transform: `translateX(${start}px)` } }];
  });
  return [{ index: 0, column: first, style: { width: first.width, left: lead } }, ...rest];
}

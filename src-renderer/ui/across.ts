import type { AppColumn } from './table-model.ts';

/** A column that is in sight, and where it stands. */
export interface AcrossItem<Row> {
  readonly index: number;
  readonly column: AppColumn<Row>;
  /** Whether it stays where it is while the others move. */
  readonly pinned: boolean;
  readonly style: { readonly width: number; readonly left: number };
}

/** Where every column of a table begins, in pixels from its left edge. */
export interface ColumnLayout {
  /** One more than there are columns: the last is where the table ends. */
  readonly starts: Float64Array;
  /** How many columns at the beginning are pinned, and where those end. */
  readonly pinned: number;
  readonly pinnedEnd: number;
}

/** From the first to the last, both included; the last is before the first when there are none. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/**
 * @param pinned how many columns are asked to stay; those that would leave less than half of
 * `available` for the others do not, but the first always does
 * @param lead pixels before the first column
 */
export function layOutColumns<Row>(
  columns: readonly AppColumn<Row>[],
  pinned: number,
  lead: number,
  available: number,
): ColumnLayout {
  const starts = new Float64Array(columns.length + 1);
  starts[0] = lead;
  columns.forEach((column, index) => {
    starts[index + 1] = (starts[index] ?? 0) + column.width;
  });
  let kept = Math.min(pinned, columns.length);
  while (kept > 1 && (starts[kept] ?? 0) > available / 2) kept -= 1;
  return { starts, pinned: kept, pinnedEnd: starts[kept] ?? lead };
}

/** The columns beside the pinned ones that can be seen, and `more` on either side. */
export function columnsInSight(
  { starts, pinned, pinnedEnd }: ColumnLayout,
  scrollLeft: number,
  width: number,
  more: number,
): Span {
  const count = starts.length - 1;
  const first = columnAt(starts, scrollLeft + pinnedEnd);
  const last = columnAt(starts, scrollLeft + width);
  return { first: Math.max(pinned, first - more), last: Math.min(count - 1, last + more) };
}

/** The last column that begins at or before `x`. */
function columnAt(starts: Float64Array, x: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= x) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Columns that were in sight of a layout, by their place: the same object whenever they are again. */
const seen = new WeakMap<ColumnLayout, AcrossItem<never>[]>();

/**
 * The pinned columns and those of a span, and where each stands.
 * @param columns those that the layout is of
 */
export function acrossItems<Row>(
  columns: readonly AppColumn<Row>[],
  layout: ColumnLayout,
  { first, last }: Span,
): AcrossItem<Row>[] {
  const { starts, pinned } = layout;
  const known: AcrossItem<Row>[] = (seen.get(layout) as AcrossItem<Row>[] | undefined) ?? [];
  seen.set(layout, known as AcrossItem<never>[]);
  const items: AcrossItem<Row>[] = [];
  const add = (index: number, isPinned: boolean): void => {
    const column = columns[index];
    if (column === undefined) return;
    const start = starts[index] ?? 0;
    // Not moved there: the browser would draw each cell apart.
    const style = { width: column.width, left: start };
    known[index] ??= { index, column, pinned: isPinned, style };
    items.push(known[index]);
  };
  for (let index = 0; index < pinned; index++) add(index, true);
  for (let index = Math.max(first, pinned); index <= last; index++) add(index, false);
  return items;
}

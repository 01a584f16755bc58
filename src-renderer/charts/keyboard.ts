/** Walking along curves and zooming without a pointer. x is in the caller's terms, as in `XRange`. */
import { xColumn } from './columns.ts';
import type { Series, XAxis, XColumns, XRange } from './types.ts';

/**
 * The x to stand at after `move` points from `cursor` (from the left end of what is visible when
 * there is no cursor yet), along the series with the most points; null when there is none.
 */
export function moveCursor(
  series: readonly Series[],
  axis: XAxis,
  range: XRange | null,
  cursor: number | null,
  move: number,
): number | null {
  const columns = series.map((one) => visible(xColumn(one, axis), range));
  const longest = columns.reduce<number[]>((a, b) => (b.length > a.length ? b : a), []);
  if (longest.length === 0) return null;
  if (cursor === null) return (move > 0 ? longest[0] : longest.at(-1)) as number;
  const here = nearestIndex(longest, cursor);
  const next = Math.min(Math.max(here + move, 0), longest.length - 1);
  return longest[next] as number;
}

function visible(column: Float64Array, range: XRange | null): number[] {
  return [...column].filter(
    (x) => Number.isFinite(x) && (range === null || (x >= range.from && x <= range.to)),
  );
}

/** Index of the value nearest to `x`; −1 in an empty column. */
export function nearestIndex(column: ArrayLike<number>, x: number): number {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < column.length; i += 1) {
    const distance = Math.abs((column[i] as number) - x);
    if (distance < least) {
      least = distance;
      best = i;
    }
  }
  return best;
}

/** Each series' value nearest to `x`, with the index of its point; of those that reach so far. */
export function nearestValues(
  series: readonly Series[],
  axis: XAxis,
  x: number,
): {
  readonly runId: string;
  readonly label: string;
  readonly value: number;
  readonly index: number;
}[] {
  return series.flatMap((one) => {
    const column = xColumn(one, axis);
    const index = nearestIndex(column, x);
    if (index < 0 || !reaches(column, x)) return [];
    return [{ runId: one.runId, label: one.label, value: one.values[index] as number, index }];
  });
}

function reaches(column: Float64Array, x: number): boolean {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const at of column) {
    if (at < low) low = at;
    if (at > high) high = at;
  }
  return x >= low && x <= high;
}

/**
 * The run to go to from `runId` (null: from none): the one whose value is next above (−1) or below (1)
 * at the same place, and the last one stays. Runs without a number there come last. Null without runs.
 */
export function nextRun(
  values: readonly { readonly runId: string; readonly value: number }[],
  runId: string | null,
  direction: -1 | 1,
): string | null {
  const rank = (value: number): number => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value);
  const sorted = [...values].sort((a, b) => {
    const [first, second] = [rank(a.value), rank(b.value)];
    return first === second ? 0 : second - first;
  });
  const now = sorted.findIndex((one) => one.runId === runId);
  const next = now < 0 ? (direction > 0 ? 0 : sorted.length - 1) : now + direction;
  return sorted[Math.min(Math.max(next, 0), sorted.length - 1)]?.runId ?? null;
}

/**
 * What is visible made `factor` times as wide around the cursor (or the middle), within the data;
 * null when that is all of it.
 */
export function zoomRange(
  series: readonly Series[],
  axis: XAxis,
  range: XRange | null,
  cursor: number | null,
  factor: number,
): XRange | null {
  const all = extent(series, axis);
  if (all === null) return null;
  const now = range ?? all;
  const width = (now.to - now.from) * factor;
  if (!(width > 0) || width >= all.to - all.from) return null;
  const inside = cursor !== null && cursor >= now.from && cursor <= now.to;
  const middle = inside ? cursor : (now.from + now.to) / 2;
  const from = Math.min(Math.max(middle - width / 2, all.from), all.to - width);
  return { from, to: from + width };
}

/** Least and greatest x of all series; null when there is none. */
export function extent(series: readonly XColumns[], axis: XAxis): XRange | null {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const one of series) {
    for (const x of xColumn(one, axis)) {
      if (!Number.isFinite(x)) continue;
      if (x < from) from = x;
      if (x > to) to = x;
    }
  }
  return from <= to ? { from, to } : null;
}

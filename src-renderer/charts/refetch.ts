/** How many points to ask for, so that what is visible has about as many as it has pixels. */
import { extent } from './keyboard.ts';
import type { XAxis, XColumns, XRange } from './types.ts';

const base = 1000;
const most = 200_000;

/**
 * `maxPoints` for `runs.metrics`, which thins a whole series: the narrower the visible range, the
 * more points the whole needs. In powers of two, so that a small pan asks for nothing new.
 */
export function pointsFor(range: XRange | null, series: readonly XColumns[], axis: XAxis): number {
  const all = extent(series, axis);
  if (range === null || all === null) return base;
  const share = (range.to - range.from) / (all.to - all.from);
  if (!(share > 0)) return most;
  return Math.min(most, base * 2 ** Math.ceil(Math.log2(Math.max(1, 1 / share))));
}

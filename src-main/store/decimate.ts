/** Fewer points to draw, without losing a spike. */
import { type Points, pick } from './points.ts';

/**
 * Keeps the first and the last point and, of every bucket between them, the lowest, the highest and
 * the first NaN, in their order. The result has at most `maxPoints` points unless NaNs add some.
 * @param maxPoints at least 2
 */
export function decimate(points: Points, maxPoints: number): Points {
  const total = points.values.length;
  if (total <= maxPoints) return points;
  const keep: number[] = [0];
  const buckets = Math.max(1, Math.floor((maxPoints - 2) / 2));
  const inner = total - 2;
  for (let bucket = 0; bucket < buckets && maxPoints > 3; bucket++) {
    const from = 1 + Math.floor((bucket * inner) / buckets);
    const to = 1 + Math.floor(((bucket + 1) * inner) / buckets);
    keep.push(...extremes(points.values, from, to));
  }
  keep.push(total - 1);
  return pick(points, keep);
}

function extremes(values: Float64Array, from: number, to: number): number[] {
  let low = -1;
  let high = -1;
  let gap = -1;
  for (let index = from; index < to; index++) {
    const value = values[index] as number;
    if (Number.isNaN(value)) {
      if (gap === -1) gap = index;
      continue;
    }
    if (low === -1 || value < (values[low] as number)) low = index;
    if (high === -1 || value > (values[high] as number)) high = index;
  }
  return [...new Set([low, high, gap])].filter((index) => index !== -1).sort((a, b) => a - b);
}

/** Fewer points to draw, without losing a spike. */
import { type Points, pick } from './points.ts';

/**
 * Keeps the first and the last point and, of every bucket between them, the lowest, the highest and
 * the first NaN, in their order. The result has at most `maxPoints` points unless NaNs add some.
 * @param maxPoints at least 2
 */
export function decimate(points: Points, maxPoints: number): Points {
  if (points.values.length <= maxPoints) return points;
  return pick(points, kept(points.values, maxPoints).indices);
}

/**
 * As {@link decimate}, with the mean of the finite values of each kept point's bucket beside it: the
 * lowest and the highest of a bucket say nothing of where most of it lies, and a smoothed line has
 * to.
 */
export function decimateWithMeans(
  points: Points,
  maxPoints: number,
): Points & { means: Float64Array<ArrayBuffer> } {
  const { values } = points;
  if (values.length <= maxPoints) return { ...points, means: values.slice() };
  const { indices, ends } = kept(values, maxPoints);
  const means = new Float64Array(indices.length);
  let [bucket, mean] = [-1, Number.NaN];
  indices.forEach((index, place) => {
    if (index >= (ends[bucket] ?? 0)) {
      while (index >= (ends[bucket] ?? 0)) bucket += 1;
      mean = meanOf(values, ends[bucket - 1] ?? 0, ends[bucket] as number);
    }
    const value = values[index] as number;
    means[place] = Number.isFinite(value) ? mean : value;
  });
  return { ...pick(points, indices), means };
}

/** The indices that stay, and where each bucket ends (the first and the last point are buckets too). */
function kept(
  values: Float64Array,
  maxPoints: number,
): { readonly indices: number[]; readonly ends: number[] } {
  const total = values.length;
  const indices: number[] = [0];
  const ends: number[] = [1];
  const buckets = Math.max(1, Math.floor((maxPoints - 2) / 2));
  const inner = total - 2;
  for (let bucket = 0; bucket < buckets && maxPoints > 3; bucket++) {
    const from = 1 + Math.floor((bucket * inner) / buckets);
    const to = 1 + Math.floor(((bucket + 1) * inner) / buckets);
    addExtremes(values, from, to, indices);
    ends.push(to);
  }
  indices.push(total - 1);
  ends.push(total);
  return { indices, ends };
}

function meanOf(values: Float64Array, from: number, to: number): number {
  let [sum, count] = [0, 0];
  for (let index = from; index < to; index++) {
    const value = values[index] as number;
    if (!Number.isFinite(value)) continue;
    sum += value;
    count += 1;
  }
  return sum / count;
}

/** Adds the indices of the lowest, the highest and the first NaN of a bucket, in their order. */
function addExtremes(values: Float64Array, from: number, to: number, into: number[]): void {
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
  const first = Math.min(low, high);
  const second = Math.max(low, high);
  if (gap !== -1 && (gap < first || first === -1)) into.push(gap);
  if (first !== -1) into.push(first);
  if (gap > first && gap < second) into.push(gap);
  if (second !== first) into.push(second);
  if (first !== -1 && gap > second) into.push(gap);
}

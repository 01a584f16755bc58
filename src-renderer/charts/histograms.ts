/** Histograms of any buckets made alike, to be drawn over each other. Pure. */

export interface StepHistogram {
  readonly step: number;
  /** One more than `counts`; the outermost may be infinite. */
  readonly edges: Float64Array;
  readonly counts: Float64Array;
}

/** Tools write the largest number there is for buckets that reach to infinity. */
const endless = 1e300;

/** A bucket with something in it; one that reaches to infinity ends where it begins. */
interface Bucket {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

function* buckets({ edges, counts }: StepHistogram): Generator<Bucket> {
  for (let at = 0; at < counts.length; at += 1) {
    const count = counts[at] as number;
    let [from, to] = [edges[at] as number, edges[at + 1] as number];
    if (!(count > 0) || Number.isNaN(from) || Number.isNaN(to)) continue;
    if (Math.abs(from) >= endless) from = to;
    if (Math.abs(to) >= endless) to = from;
    if (Math.abs(from) < endless) yield { from, to: Math.max(from, to), count };
  }
}

/** From the lowest to the highest value of all; null where nothing was counted. */
export function valueRange(
  histograms: readonly StepHistogram[],
): { readonly from: number; readonly to: number } | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const histogram of histograms) {
    for (const { from, to } of buckets(histogram)) {
      low = Math.min(low, from);
      high = Math.max(high, to);
    }
  }
  return low <= high ? { from: low, to: high } : null;
}

/**
 * The counts over `bins` of equal width within a range. A bucket is spread evenly over what it covers,
 * as TensorBoard does.
 */
export function rebinned(
  histogram: StepHistogram,
  range: { readonly from: number; readonly to: number },
  bins: number,
): Float64Array {
  const width = (range.to - range.from) / bins;
  const counts = new Float64Array(bins);
  const binOf = (value: number): number =>
    width > 0 ? Math.min(bins - 1, Math.max(0, Math.floor((value - range.from) / width))) : 0;
  for (const { from, to, count } of buckets(histogram)) {
    const [first, last] = [binOf(from), binOf(to)];
    if (first === last || to <= from) {
      counts[first] = (counts[first] as number) + count;
      continue;
    }
    for (let bin = first; bin <= last; bin += 1) {
      const start = Math.max(from, range.from + bin * width);
      const end = Math.min(to, range.from + (bin + 1) * width);
      counts[bin] = (counts[bin] as number) + (count * Math.max(0, end - start)) / (to - from);
    }
  }
  return counts;
}

/**
 * The values below which given shares of all lie, interpolated within buckets; NaN where nothing was
 * counted.
 * @param shares rising, from 0 to 1
 */
export function quantiles(histogram: StepHistogram, shares: readonly number[]): number[] {
  const all = [...buckets(histogram)];
  const total = all.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return shares.map(() => Number.NaN);
  let [at, below] = [0, 0];
  return shares.map((share) => {
    const wanted = share * total;
    while (at < all.length - 1 && below + (all[at] as Bucket).count < wanted) {
      below += (all[at] as Bucket).count;
      at += 1;
    }
    const { from, to, count } = all[at] as Bucket;
    return from + (to - from) * Math.min(1, Math.max(0, (wanted - below) / count));
  });
}

/**
 * Smoothing that depends on x, not on how many points happen to be there, so that a
 * decimated series, a zoomed one and the whole one give the same line.
 */
import { xColumn } from './columns.ts';
import type { Series, Smoothing, XAxis } from './types.ts';

/** TensorBoard draws (and smooths) at most so many points of a series, however many were logged. */
const samples = 1000;

/** Widest Gaussian kernel, as a standard deviation in samples. */
const widestKernel = 100;

/**
 * The smoothed values of a series: of the means where it was thinned. Its points are taken to be at
 * most a thousand, so that a weight means the same for short and for long series.
 */
export function smoothSeries(series: Series, axis: XAxis, smoothing: Smoothing): Float64Array {
  const x = xColumn(series, axis);
  const values = series.means ?? series.values;
  return smoothColumn(x, values, axis, smoothing, series.total ?? x.length);
}

/** As {@link smoothSeries}, of one column (the edge of a band) of a series with `total` points. */
export function smoothColumn(
  x: Float64Array,
  values: Float64Array,
  axis: XAxis,
  smoothing: Smoothing,
  total: number,
): Float64Array {
  // Another metric may come back to where it was: there only the order of the points counts.
  const spacing = axis === 'metric' ? 0 : typicalSpacing(x, Math.min(total, samples));
  const { kind, amount } = smoothing;
  if (kind === 'average') return smooth(x, values, amount, spacing);
  const places = spacing > 0 ? x : Float64Array.from(x.keys());
  return gaussian(places, values, amount ** 2 * widestKernel * (spacing > 0 ? spacing : 1));
}

/**
 * Mean of the neighbours to both sides, weighted by a Gaussian of their distance in x.
 *
 * @param x in order; where it is not, distances count all the same, from neighbour to neighbour
 * @param sigma standard deviation in x; 0 or less gives the raw line
 * @returns one value per point; NaN and ±Infinity stay where they were and do not leak into others
 */
export function gaussian(
  x: ArrayLike<number>,
  values: ArrayLike<number>,
  sigma: number,
): Float64Array {
  const result = Float64Array.from(values);
  if (!(sigma > 0)) return result;
  const reach = 3 * sigma;
  for (let i = 0; i < result.length; i += 1) {
    if (!Number.isFinite(values[i] as number)) continue;
    let [sum, mass] = [values[i] as number, 1];
    for (const direction of [-1, 1]) {
      for (let j = i + direction; j >= 0 && j < result.length; j += direction) {
        const distance = Math.abs((x[j] as number) - (x[i] as number));
        if (!(distance <= reach)) break;
        const value = values[j] as number;
        if (!Number.isFinite(value)) continue;
        const weight = Math.exp(-(distance ** 2) / (2 * sigma ** 2));
        sum += weight * value;
        mass += weight;
      }
    }
    result[i] = sum / mass;
  }
  return result;
}

/**
 * Debiased exponential moving average (the correction of Adam, Kingma & Ba 2015, and of
 * TensorBoard's slider) with the decay taken per `spacing` of x instead of per point: for evenly
 * spaced points it is TensorBoard's smoothing.
 *
 * @param weight 0 (the raw line) up to, but not reaching, 1
 * @param spacing distance in x over which the past fades by `weight`; 0 or less counts points
 * @returns one value per point; NaN and ±Infinity stay where they were and do not leak into others
 */
export function smooth(
  x: ArrayLike<number>,
  values: ArrayLike<number>,
  weight: number,
  spacing: number,
): Float64Array {
  const result = new Float64Array(values.length);
  const kept = Math.min(Math.max(weight, 0), 0.999);
  let sum = 0;
  let mass = 0;
  let previous = Number.NaN;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) {
      result[i] = value;
      continue;
    }
    const at = x[i] as number;
    const distance = spacing > 0 && Number.isFinite(at - previous) ? (at - previous) / spacing : 1;
    const decay = kept ** Math.max(0, distance);
    const share = kept === 0 ? 1 : 1 - kept;
    sum = sum * decay + share * value;
    mass = mass * decay + share;
    result[i] = sum / mass;
    previous = at;
  }
  return result;
}

/** Mean distance between neighbours of a series of `total` points that spans `x`. */
export function typicalSpacing(x: ArrayLike<number>, total = x.length): number {
  if (x.length < 2 || total < 2) return 0;
  const span = (x[x.length - 1] as number) - (x[0] as number);
  return Number.isFinite(span) && span > 0 ? span / (total - 1) : 0;
}

/**
 * Exponential smoothing that depends on x, not on how many points happen to be there, so that a
 * decimated series, a zoomed one and the whole one give the same line.
 */

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

/** Every step that any of the runs has, once, rising. */
export function allSteps(steps: readonly (readonly number[])[]): number[] {
  return [...new Set(steps.flat())].sort((a, b) => a - b);
}

/** The last of the rising steps that is not beyond one; null when all are. */
export function stepAt(steps: readonly number[], step: number): number | null {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] ?? 0) <= step) low = middle + 1;
    else high = middle;
  }
  return steps[low - 1] ?? null;
}

const bars = 60;

/** The lowest and the highest value. */
export type Range = readonly [number, number];

/** Between which values the buckets of a histogram lie; null without any. What reaches to infinity is left out. */
export function histogramRange(edges: Float64Array): Range | null {
  const finite = edges.filter((edge) => Number.isFinite(edge) && Math.abs(edge) < 1e300);
  return finite.length === 0 ? null : [finite[0] ?? 0, finite.at(-1) ?? 0];
}

/** The range that holds all of some; null without any. */
export function rangeOfAll(ranges: readonly (Range | null)[]): Range | null {
  const known = ranges.filter((range) => range !== null);
  if (known.length === 0) return null;
  return [Math.min(...known.map(([low]) => low)), Math.max(...known.map(([, high]) => high))];
}

/**
 * The outline of a histogram in a box of 100 × 40. Tools write buckets of very different widths, around
 * zero down to 1e-12: they are spread over bars of one width, as TensorBoard does, or the narrowest
 * would be all that one sees. What reaches to infinity is left out.
 * @param scale the values at both ends of the box; those of the histogram itself when null
 */
export function histogramPath(
  edges: Float64Array,
  counts: Float64Array,
  scale: Range | null = null,
): string {
  const own = histogramRange(edges);
  if (own === null) return 'M0 40Z';
  const [least, most] = own;
  const width = (most - least) / bars;
  const heights = new Float64Array(bars);
  for (const [at, count] of counts.entries()) {
    const [from, to] = [edges[at] ?? 0, edges[at + 1] ?? 0];
    if (!(count > 0) || !(from >= least) || !(to <= most)) continue;
    if (to <= from || width === 0) {
      const bar = width === 0 ? bars / 2 : Math.floor((from - least) / width);
      heights[Math.min(bars - 1, bar)] = (heights[Math.min(bars - 1, bar)] ?? 0) + count;
      continue;
    }
    const last = Math.min(bars - 1, Math.floor((to - least) / width));
    for (let bar = Math.floor((from - least) / width); bar <= last; bar += 1) {
      const start = Math.max(from, least + bar * width);
      const end = Math.min(to, least + (bar + 1) * width);
      const share = Math.max(0, end - start) / (to - from);
      heights[bar] = (heights[bar] ?? 0) + count * share;
    }
  }
  const top = heights.reduce((a, b) => Math.max(a, b), 0);
  const [low, high] = scale ?? own;
  const place = (bar: number): number => {
    if (high <= low) return bar / bars;
    // A single value is a bar of the usual width.
    if (width === 0) return (least - low) / (high - low) + (bar - bars / 2) / bars;
    return (least + bar * width - low) / (high - low);
  };
  const x = (bar: number) => (100 * place(bar)).toFixed(2);
  let path = 'M0 40';
  for (const [bar, height] of heights.entries()) {
    if (height === 0) continue;
    const y = (40 - (38 * height) / top).toFixed(2);
    path += `H${x(bar)}V${y}H${x(bar + 1)}V40`;
  }
  return `${path}Z`;
}

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

/** The outline of a histogram in a box of 100 × 40; bars that reach to infinity end at the others. */
export function histogramPath(edges: Float64Array, counts: Float64Array): string {
  const finite = edges.filter((edge) => Number.isFinite(edge) && Math.abs(edge) < 1e300);
  const [least, most] = [finite[0] ?? 0, finite.at(-1) ?? 1];
  const width = most - least || 1;
  const x = (edge: number): number =>
    Math.min(100, Math.max(0, (100 * (edge - least)) / width)) || 0;
  // Buckets are of different widths: what is drawn is how dense they are.
  const density = counts.map((count, at) => {
    const span = (edges[at + 1] ?? 0) - (edges[at] ?? 0);
    return span > 0 && Number.isFinite(span) ? count / span : 0;
  });
  const top = density.reduce((a, b) => Math.max(a, b), 0) || 1;
  let path = 'M0 40';
  for (const [at, value] of density.entries()) {
    const y = (40 - (38 * value) / top).toFixed(2);
    path += `H${x(edges[at] ?? 0).toFixed(2)}V${y}H${x(edges[at + 1] ?? 0).toFixed(2)}V40`;
  }
  return `${path}Z`;
}

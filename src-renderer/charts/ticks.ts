/** Scales and ticks for axes that Plotly does not draw, and for choosing what it does. */

/** Whether values spread over so many powers of ten that they are told apart by their logarithms. */
export function isSpread(values: readonly number[]): boolean {
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value <= 0) return false;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return most / least >= 20;
}

/** Round values from `from` to `to`, both reached or nearly so: about `count` of 1, 2 or 5 times a power of ten. */
export function niceTicks(from: number, to: number, count: number): number[] {
  if (!(to > from)) return Number.isFinite(from) ? [from] : [];
  const rough = (to - from) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  // Multiplied out rather than added up: 0.1 + 0.2 is not 0.3.
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  return Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toFixed(Math.min(digits, 20))),
  );
}

/** Powers of ten from `from` to `to` (both above 0), with 2 and 5 between where there are few. */
export function logTicks(from: number, to: number): number[] {
  const [low, high] = [Math.floor(Math.log10(from)), Math.ceil(Math.log10(to))];
  const factors = high - low <= 2 ? [1, 2, 5] : [1];
  const all: number[] = [];
  for (let power = low; power <= high; power += 1) {
    for (const factor of factors) all.push(Number(`${factor}e${power}`));
  }
  const inside = all.filter((tick) => tick >= from * 0.999 && tick <= to * 1.001);
  return inside.length > 0 ? inside : [from, to];
}

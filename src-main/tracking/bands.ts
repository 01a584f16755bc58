/** The mean of several runs and how far they lie apart. Pure: columns in, columns out. */

/** One run's points, x in order and without repeats (see {@link ordered}). */
export interface Line {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Columns of equal length. Where no run has a finite value all but x and counts are NaN. */
export interface Band {
  readonly x: Float64Array<ArrayBuffer>;
  readonly mean: Float64Array<ArrayBuffer>;
  readonly low: Float64Array<ArrayBuffer>;
  readonly high: Float64Array<ArrayBuffer>;
  /** Runs that have a finite value at x. */
  readonly counts: Float64Array<ArrayBuffer>;
}

/** From the lowest to the highest run, or one sample standard deviation around the mean. */
export type Spread = 'range' | 'deviation';

/** Values looked up for one band, at most; beyond that x is taken at even distances. */
const mostLookups = 20_000_000;

/** Points by x, the last of those that share one: what a restarted run logged again counts. */
export function ordered(x: Float64Array, y: Float64Array): Line {
  let rising = true;
  for (let i = 1; i < x.length && rising; i++) rising = (x[i] as number) > (x[i - 1] as number);
  if (rising) return { x, y };
  const last = new Map<number, number>();
  for (let i = 0; i < x.length; i++) last.set(x[i] as number, y[i] as number);
  const sorted = Float64Array.from(last.keys()).sort();
  return { x: sorted, y: sorted.map((at) => last.get(at) as number) };
}

/**
 * Every x of any line (within `from` to `to`), at which each line counts that reaches so far: with
 * its own value, or one interpolated between its neighbours. Values that are not finite are left
 * out, and nothing is interpolated across them.
 */
export function band(
  lines: readonly Line[],
  spread: Spread,
  [from, to]: readonly [number, number] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
): Band {
  const x = grid(lines, from, to);
  const { length } = x;
  const mean = new Float64Array(length);
  const squares = new Float64Array(length);
  const low = new Float64Array(length).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(length).fill(Number.NEGATIVE_INFINITY);
  const counts = new Float64Array(length);
  for (const line of lines) {
    lookUp(line, x, (i, value) => {
      // Welford's: the sum of squares of large values would lose the deviation.
      const count = (counts[i] as number) + 1;
      const away = value - (mean[i] as number);
      counts[i] = count;
      mean[i] = (mean[i] as number) + away / count;
      squares[i] = (squares[i] as number) + away * (value - (mean[i] as number));
      if (value < (low[i] as number)) low[i] = value;
      if (value > (high[i] as number)) high[i] = value;
    });
  }
  for (let i = 0; i < length; i++) {
    const count = counts[i] as number;
    if (count === 0) {
      mean[i] = low[i] = high[i] = Number.NaN;
    } else if (spread === 'deviation') {
      const deviation = count > 1 ? Math.sqrt((squares[i] as number) / (count - 1)) : 0;
      low[i] = (mean[i] as number) - deviation;
      high[i] = (mean[i] as number) + deviation;
    }
  }
  return { x, mean, low, high, counts };
}

/**
 * At most about `maxPoints` points: of every bucket those with the lowest and the highest mean, with
 * the band as wide as it is anywhere in the bucket.
 */
export function thinBand(whole: Band, maxPoints: number): Band {
  const total = whole.x.length;
  if (total <= maxPoints) return whole;
  const buckets = Math.max(1, Math.floor(maxPoints / 2));
  const keep: number[] = [];
  const [low, high]: [number[], number[]] = [[], []];
  for (let bucket = 0; bucket < buckets; bucket++) {
    const start = Math.floor((bucket * total) / buckets);
    const end = Math.floor(((bucket + 1) * total) / buckets);
    let [least, most] = [start, start];
    let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = start; i < end; i++) {
      const value = whole.mean[i] as number;
      if (Number.isNaN(value)) continue;
      if (!(value >= (whole.mean[least] as number))) least = i;
      if (!(value <= (whole.mean[most] as number))) most = i;
      lowest = Math.min(lowest, whole.low[i] as number);
      highest = Math.max(highest, whole.high[i] as number);
    }
    for (const index of least === most ? [least] : [least, most].sort((a, b) => a - b)) {
      keep.push(index);
      low.push(lowest <= highest ? lowest : Number.NaN);
      high.push(lowest <= highest ? highest : Number.NaN);
    }
  }
  const at = (column: Float64Array): Float64Array<ArrayBuffer> =>
    Float64Array.from(keep, (index) => column[index] as number);
  return {
    x: at(whole.x),
    mean: at(whole.mean),
    low: Float64Array.from(low),
    high: Float64Array.from(high),
    counts: at(whole.counts),
  };
}

/** The x of all lines, in order; even distances where there would be too many. */
function grid(lines: readonly Line[], from: number, to: number): Float64Array<ArrayBuffer> {
  let all: Float64Array<ArrayBuffer> = new Float64Array(0);
  const most = Math.floor(mostLookups / Math.max(1, lines.length));
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { x } of lines) {
    const inside = x.filter((at) => at >= from && at <= to);
    if (inside.length === 0) continue;
    least = Math.min(least, inside[0] as number);
    greatest = Math.max(greatest, inside.at(-1) as number);
    if (all.length <= most) all = union(all, inside);
  }
  if (all.length <= most) return all;
  const step = (greatest - least) / (most - 1);
  return Float64Array.from({ length: most }, (_, i) => least + i * step);
}

function union(
  a: Float64Array<ArrayBuffer>,
  b: Float64Array<ArrayBuffer>,
): Float64Array<ArrayBuffer> {
  if (a.length === b.length && a.every((value, i) => value === b[i])) return a;
  const both = new Float64Array(a.length + b.length);
  let [i, j, at] = [0, 0, 0];
  while (i < a.length || j < b.length) {
    const next = Math.min(a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY);
    if (a[i] === next) i += 1;
    if (b[j] === next) j += 1;
    both[at++] = next;
  }
  return both.slice(0, at);
}

/** Calls back with each index of `grid` at which the line has a finite value. */
function lookUp(
  { x, y }: Line,
  grid: Float64Array,
  found: (index: number, value: number) => void,
): void {
  let at = 0;
  for (let i = 0; i < grid.length; i++) {
    const here = grid[i] as number;
    while (at < x.length && (x[at] as number) < here) at += 1;
    if (at === x.length) return;
    const right = x[at] as number;
    let value = y[at] as number;
    if (right !== here) {
      if (at === 0) continue;
      const left = x[at - 1] as number;
      const before = y[at - 1] as number;
      value = before + ((value - before) * (here - left)) / (right - left);
    }
    if (Number.isFinite(value)) found(i, value);
  }
}

/** The line's values at some x, in any order; NaN beyond its ends. */
export function valuesAt(line: Line, places: Float64Array): Float64Array<ArrayBuffer> {
  const result = new Float64Array(places.length).fill(Number.NaN);
  const order = Array.from(places.keys()).sort(
    (a, b) => (places[a] as number) - (places[b] as number),
  );
  lookUp(
    line,
    Float64Array.from(order, (index) => places[index] as number),
    (i, value) => {
      result[order[i] as number] = value;
    },
  );
  return result;
}

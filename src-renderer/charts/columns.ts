/** From the columns of a series to what is drawn: x values, units, and the points that are gaps. */
import type { XAxis, XColumns } from './types.ts';

export type DurationUnit = 'ms' | 's' | 'min' | 'h' | 'd';

const unitSizes: Readonly<Record<DurationUnit, number>> = {
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Milliseconds in one unit. */
export function unitSize(unit: DurationUnit): number {
  return unitSizes[unit];
}

/** The largest unit in which the longest of the spans still is two or more. */
export function durationUnit(longestMs: number): DurationUnit {
  for (const unit of ['d', 'h', 'min', 's'] as const) {
    if (longestMs >= 2 * unitSizes[unit]) return unit;
  }
  return 'ms';
}

/**
 * The x column of a series: its own, or steps, epoch milliseconds, milliseconds since the first point.
 * A relative axis starts at the earliest time, so that points logged out of order do not run left
 * of zero.
 */
export function xColumn(series: XColumns, axis: XAxis): Float64Array {
  if (series.x !== undefined) return series.x;
  if (axis === 'time') return series.times;
  if (axis !== 'relative') return series.steps;
  const known = durations.get(series.times);
  if (known !== undefined && known.given === series.start) return known.column;
  let start = series.start ?? Number.POSITIVE_INFINITY;
  for (const time of series.times) if (time < start) start = time;
  const column = series.times.map((time) => time - start);
  durations.set(series.times, { given: series.start, column });
  return column;
}

/** Asked for several times in each drawing. */
const durations = new WeakMap<
  Float64Array,
  { readonly given: number | null | undefined; readonly column: Float64Array }
>();

/** Longest x of all columns that is a number; 0 when there is none. */
export function longest(columns: readonly Float64Array[]): number {
  let result = 0;
  for (const column of columns) {
    for (const x of column) if (x > result && Number.isFinite(x)) result = x;
  }
  return result;
}

/**
 * Plotly shows a date axis in UTC; moved by the zone's offset, the digits are the user's local time.
 * The offset is taken per point, so that a series across a change of clocks stays right.
 */
export function toLocalClock(times: Float64Array): Float64Array {
  return times.map((time) =>
    Number.isFinite(time) ? time - new Date(time).getTimezoneOffset() * 60_000 : time,
  );
}

/** The reverse of `toLocalClock` for one moment, as a zoomed axis gives it back. */
export function fromLocalClock(shifted: number): number {
  const guess = shifted + new Date(shifted).getTimezoneOffset() * 60_000;
  return shifted + new Date(guess).getTimezoneOffset() * 60_000;
}

/** Points that a line cannot show. */
export interface OddPoints {
  /** Indices of finite points without a finite neighbour: a line through them has no length. */
  readonly alone: number[];
  /** Indices of NaN, +Infinity and −Infinity. */
  readonly nan: number[];
  readonly up: number[];
  readonly down: number[];
  /** Of finite values that a logarithmic axis has no place for; empty on any other. */
  readonly below: number[];
}

/** Sorts out what needs a mark of its own. On a `log` axis, what is not above 0 is a gap. */
export function oddPoints(values: Float64Array, log = false): OddPoints {
  const found: OddPoints = { alone: [], nan: [], up: [], down: [], below: [] };
  const drawable = (i: number): boolean => {
    const value = values[i];
    return value !== undefined && Number.isFinite(value) && (!log || value > 0);
  };
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    if (Number.isNaN(value)) found.nan.push(i);
    else if (value === Number.POSITIVE_INFINITY) found.up.push(i);
    else if (value === Number.NEGATIVE_INFINITY) found.down.push(i);
    else if (!drawable(i)) found.below.push(i);
    else if (!drawable(i - 1) && !drawable(i + 1)) found.alone.push(i);
  }
  return found;
}

/** Index of the last finite value, or −1. */
export function lastFinite(values: Float64Array): number {
  return values.findLastIndex((value) => Number.isFinite(value));
}

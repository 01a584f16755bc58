/** Round places along an axis with what stands beside them. Pure. */
import { logTicks, niceTicks } from './ticks.ts';

export interface Tick {
  /** On a logarithmic axis the value itself; on one of dates, milliseconds with local digits as UTC. */
  readonly at: number;
  /** A second line, where there is one, stands behind a line break. */
  readonly text: string;
}

export type AxisType = 'linear' | 'log' | 'date';

/**
 * @param range as the axis has it: powers of ten on a logarithmic one, milliseconds on one of dates
 * @param count how many there is room for
 */
export function axisTicks(
  type: AxisType,
  [from, to]: readonly [number, number],
  count: number,
): Tick[] {
  if (!(to > from)) return [];
  if (type === 'date') return dateTicks(from, to, count);
  if (type === 'linear') return labelled(niceTicks(from, to, count));
  const [low, high] = [10 ** from, 10 ** to];
  if (!(low > 0) || !Number.isFinite(high)) return [];
  // Within less than one power of ten, round values say more than powers do.
  if (to - from < 0.7) return labelled(niceTicks(low, high, count));
  const all = logTicks(low, high);
  const powers = all.filter((tick) => Number.isInteger(Number(Math.log10(tick).toFixed(9))));
  const few = all.length <= count * 1.5 || powers.length < 2 ? all : powers;
  const every = Math.ceil(few.length / Math.max(2, count));
  return few
    .filter((_, index) => index % every === 0)
    .map((at) => ({ at, text: shortNumber(at, 3) }));
}

/** All with as many decimals as tell the closest two apart. */
function labelled(values: readonly number[]): Tick[] {
  const step = values.length > 1 ? (values[1] as number) - (values[0] as number) : 0;
  const most = Math.max(...values.map(Math.abs), 0);
  const digits = step > 0 ? Math.floor(Math.log10(most / step) + 1e-9) + 2 : 6;
  return values.map((at) => ({ at, text: shortNumber(at, Math.min(15, Math.max(1, digits))) }));
}

const sizes = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/** `12.5k`, `0.002`, `−3e−7`: as short as an axis needs it. */
export function shortNumber(value: number, digits: number): string {
  const magnitude = Math.abs(value);
  const sign = value < 0 ? '−' : '';
  if (magnitude === 0) return '0';
  if (magnitude < 1e-4 || magnitude >= 1e15) {
    const [mantissa = '', power = ''] = magnitude.toExponential(Math.min(digits - 1, 6)).split('e');
    return `${sign}${trimmed(mantissa)}e${power.replace('+', '').replace('-', '−')}`;
  }
  const [size, letter] =
    magnitude < 1e4 ? [1, ''] : (sizes.find(([one]) => magnitude >= one) ?? [1, '']);
  const scaled = magnitude / size;
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(scaled)));
  return `${sign}${trimmed(scaled.toFixed(Math.min(decimals, 15)))}${letter}`;
}

function trimmed(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}

const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];
const spans = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...[1, 2, 7, 14].map((n) => n * day),
];
const monthSpans = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200];

/** Moments on round times of day, days, months or years; the digits are those of UTC. */
function dateTicks(from: number, to: number, count: number): Tick[] {
  const rough = (to - from) / Math.max(1, count);
  const span = spans.find((one) => one >= rough);
  if (span === undefined) return monthTicks(from, to, rough);
  // Weeks begin on a Monday; the first day of the epoch was a Thursday.
  const origin = span >= 7 * day ? -3 * day : 0;
  const ticks: Tick[] = [];
  let before = '';
  for (let at = origin + Math.ceil((from - origin) / span) * span; at <= to; at += span) {
    const digits = new Date(at).toISOString();
    const date = span >= day ? digits.slice(0, 4) : digits.slice(0, 10);
    const text =
      span >= day
        ? digits.slice(5, 10)
        : digits.slice(11, span < second ? 23 : span < minute ? 19 : 16);
    // The date is said once, and again where it changes.
    ticks.push({ at, text: date === before ? text : `${text}\n${date}` });
    before = date;
  }
  return ticks;
}

function monthTicks(from: number, to: number, rough: number): Tick[] {
  const months = monthSpans.find((one) => one * 30 * day >= rough) ?? 1200;
  const first = new Date(from);
  const start = first.getUTCFullYear() * 12 + first.getUTCMonth();
  const ticks: Tick[] = [];
  for (let month = Math.ceil(start / months) * months; ; month += months) {
    const at = Date.UTC(Math.floor(month / 12), month % 12);
    if (!(at <= to)) return ticks;
    if (at < from) continue;
    const digits = new Date(at).toISOString();
    ticks.push({ at, text: months >= 12 ? digits.slice(0, 4) : digits.slice(0, 7) });
  }
}

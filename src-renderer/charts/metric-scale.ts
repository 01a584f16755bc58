/** The two axes of a metric chart: what is visible, and the reverse, what a zoomed axis stands for. */

import { type AxisType, axisTicks, type Tick } from './axis-ticks.ts';
import {
  type DurationUnit,
  durationUnit,
  fromLocalClock,
  longest,
  toLocalClock,
  unitSize,
  xColumn,
} from './columns.ts';
import type { MetricFigureInput } from './metric-figure.ts';
import type { Series, XAxis, XRange } from './types.ts';

/** Room beside the curves where all of x is shown, as a share of it. */
const room = 0.02;

/** Values from the lowest to the highest so many of a hundred count when outliers do not. */
const usual = [0.05, 0.95] as const;

/** The unit of a relative axis over these series; any for other axes, which have none. */
export function relativeUnit(series: readonly Series[], xAxis: XAxis): DurationUnit {
  if (xAxis !== 'relative') return 'ms';
  return durationUnit(longest(series.map((one) => xColumn(one, 'relative'))));
}

/** What one axis shows. */
export interface AxisPlan {
  readonly type: AxisType;
  /** As the axis has it: powers of ten on a logarithmic one, shifted milliseconds on one of dates. */
  readonly range: readonly [number, number];
  readonly ticks: readonly Tick[];
  /** Those and others beside them, for whoever moves the axis. */
  readonly around: readonly Tick[];
}

export interface Axes {
  readonly x: AxisPlan;
  readonly y: AxisPlan;
}

/** Pixels from one tick to the next, about. */
const [betweenX, betweenDates, betweenY] = [60, 96, 30];

/** Stretches of both axes, as they have them. */
export interface AxisRanges {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** What the axes of a chart show: what somebody zoomed to, or everything. */
export function axisRanges(input: MetricFigureInput): AxisRanges {
  return { x: xRange(input, relativeUnit(input.series, input.xAxis)), y: yRange(input) };
}

/** Both axes of a chart of this size, in pixels. */
export function metricAxes(
  input: MetricFigureInput,
  size: { readonly width: number; readonly height: number },
  { x, y }: AxisRanges = axisRanges(input),
): Axes {
  const xType = input.xAxis === 'time' ? 'date' : input.logX ? 'log' : 'linear';
  const yType = input.logY ? 'log' : 'linear';
  const across = (size.width - 60) / (xType === 'date' ? betweenDates : betweenX);
  const down = (size.height - 45) / betweenY;
  return {
    x: planAxis(xType, x, Math.max(1, across)),
    y: planAxis(yType, y, Math.max(2, down)),
  };
}

function planAxis(type: AxisType, range: readonly [number, number], count: number): AxisPlan {
  const ticks = axisTicks(type, range, count);
  const [from, to] = range;
  const wide = [from - (to - from), to + (to - from)] as const;
  return {
    type,
    range,
    ticks,
    around: type === 'linear' ? axisTicks(type, wide, 3 * count) : ticks,
  };
}

/** An axis as Plotly takes it. */
export function plotlyAxis({ type, range, around }: AxisPlan): Record<string, unknown> {
  return {
    type,
    range: [...range],
    autorange: false,
    // Where the window stands is Cairn's to say: Plotly is not to keep what was there before.
    uirevision: String(range),
    tickmode: 'array',
    tickvals: around.map(({ at }) => at),
    ticktext: around.map(({ text }) => text.replace('\n', '<br>')),
  };
}

/** The visible stretch of x. Moments and durations without any points get a stretch of their own. */
function xRange(input: MetricFigureInput, unit: DurationUnit): readonly [number, number] {
  const shown = input.range ?? (input.logX ? positive(input) : widened(input.extent ?? all(input)));
  return ordered(toAxisRange(shown ?? { from: 0, to: 1 }, input, unit));
}

function ordered([from = 0, to = 1]: readonly number[]): readonly [number, number] {
  return to > from ? [from, to] : [from - 0.5, from + 0.5];
}

function all(input: MetricFigureInput): XRange | null {
  return reach(input, () => true);
}

/** What a logarithmic axis can show of x, with a little room. */
function positive(input: MetricFigureInput): XRange | null {
  const found = reach(input, (x) => x > 0);
  if (found === null) return null;
  const margin = (found.to / found.from) ** room;
  return { from: found.from / margin, to: found.to * margin };
}

function reach(input: MetricFigureInput, counts: (x: number) => boolean): XRange | null {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const series of input.series) {
    for (const x of xColumn(series, input.xAxis)) {
      if (!Number.isFinite(x) || !counts(x)) continue;
      if (x < from) from = x;
      if (x > to) to = x;
    }
  }
  return from <= to ? { from, to } : null;
}

function widened(extent: XRange | null): XRange | null {
  if (extent === null) return null;
  const margin = (extent.to - extent.from || 1) * room;
  return { from: extent.from - margin, to: extent.to + margin };
}

/** The visible stretch of y, fitted to what is in sight of x. */
function yRange(input: MetricFigureInput): readonly [number, number] {
  if (input.yRange !== null) return ordered(input.yRange);
  const [low, high] = visibleValues(input, input.range) ?? [0, 1];
  const fromZero = input.fromZero === true && !input.logY;
  return ordered([fromZero && low > 0 ? 0 : low, fromZero && high < 0 ? 0 : high]);
}

/** Least and greatest value within `range` with a little room, in the axis' own scale. */
function visibleValues(input: MetricFigureInput, range: XRange | null): [number, number] | null {
  const found: number[] = [];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const series of input.series) {
    const x = range === null ? null : xColumn(series, input.xAxis);
    const columns =
      series.band === undefined ? [series.values] : [series.band.low, series.band.high];
    for (const column of columns) {
      for (let i = 0; i < column.length; i += 1) {
        const at = x?.[i];
        if (range !== null && at !== undefined && (at < range.from || at > range.to)) continue;
        const value = column[i] as number;
        if (!Number.isFinite(value) || (input.logY && value <= 0)) continue;
        if (input.ignoreOutliers) found.push(value);
        if (value < low) low = value;
        if (value > high) high = value;
      }
    }
  }
  if (low > high) return null;
  if (input.ignoreOutliers) {
    const sorted = Float64Array.from(found).sort();
    low = quantile(sorted, usual[0]);
    high = quantile(sorted, usual[1]);
  }
  if (input.logY) [low, high] = [Math.log10(low), Math.log10(high)];
  const margin = (high - low || (input.logY ? 1 : Math.abs(high) || 1)) * 0.06;
  return [low - margin, high + margin];
}

/** Linear interpolation between the neighbours, as NumPy's default. `sorted` is not empty. */
export function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] as number;
  const above = sorted[Math.ceil(place)] as number;
  return below + (above - below) * (place - Math.floor(place));
}

/** The y range in an update of Plotly: null when it fits itself again, undefined without one. */
export function verticalRange(
  update: Readonly<Record<string, unknown>>,
): readonly [number, number] | null | undefined {
  if (update['yaxis.autorange'] === true) return null;
  const [low, high] = [update['yaxis.range[0]'], update['yaxis.range[1]']];
  return typeof low === 'number' && typeof high === 'number' ? [low, high] : undefined;
}

function toAxisRange(range: XRange, input: MetricFigureInput, unit: DurationUnit): number[] {
  const ends = [range.from, range.to];
  if (input.xAxis === 'time') return [...toLocalClock(Float64Array.from(ends))];
  const scaled = input.xAxis === 'relative' ? ends.map((end) => end / unitSize(unit)) : ends;
  return input.logX ? scaled.map((end) => Math.log10(Math.max(end, Number.MIN_VALUE))) : scaled;
}

/**
 * The range in the caller's terms that a zoomed axis stands for; null when the axis shows all.
 * `update` is what Plotly hands to `plotly_relayout`; undefined when it was not about x.
 */
export function fromRelayout(
  update: Readonly<Record<string, unknown>>,
  o: { readonly xAxis: XAxis; readonly logX: boolean; readonly unit: DurationUnit },
): XRange | null | undefined {
  if (update['xaxis.autorange'] === true) return null;
  const whole = update['xaxis.range'];
  const [from, to] = Array.isArray(whole)
    ? whole
    : [update['xaxis.range[0]'], update['xaxis.range[1]']];
  if (from === undefined || to === undefined) return undefined;
  const value = (end: unknown): number => {
    if (o.xAxis === 'time') {
      const shifted =
        typeof end === 'number' ? end : Date.parse(`${String(end).replace(' ', 'T')}Z`);
      return fromLocalClock(shifted);
    }
    const plain = o.logX ? 10 ** Number(end) : Number(end);
    return o.xAxis === 'relative' ? plain * unitSize(o.unit) : plain;
  };
  const ends = [value(from), value(to)] as const;
  if (!ends.every(Number.isFinite)) return undefined;
  return { from: Math.min(...ends), to: Math.max(...ends) };
}

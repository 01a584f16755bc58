/** The two axes of a metric chart: what is visible, and the reverse, what a zoomed axis stands for. */
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

/** The unit of a relative axis over these series. */
export function relativeUnit(series: readonly Series[]): DurationUnit {
  return durationUnit(longest(series.map((one) => xColumn(one, 'relative'))));
}

export function xScale(input: MetricFigureInput, unit: DurationUnit): Record<string, unknown> {
  const shown = input.range ?? (input.logX ? null : widened(input.extent ?? null));
  const range = shown === null ? null : toAxisRange(shown, input, unit);
  const placed = range === null ? { autorange: true } : { range, autorange: false };
  // Where the window stands is Cairn's to say: Plotly is not to keep what was there before.
  const scale = { ...placed, uirevision: String(range) };
  if (input.xAxis === 'time') {
    return {
      ...scale,
      type: 'date',
      hoverformat: '%Y-%m-%d %H:%M:%S',
      tickformatstops: [
        { dtickrange: [null, 1000], value: '%H:%M:%S.%L' },
        { dtickrange: [1000, 60_000], value: '%H:%M:%S' },
        { dtickrange: [60_000, 86_400_000], value: '%H:%M\n%Y-%m-%d' },
        { dtickrange: [86_400_000, 'M1'], value: '%m-%d\n%Y' },
        { dtickrange: ['M1', null], value: '%Y-%m' },
      ],
    };
  }
  const type = input.logX ? 'log' : 'linear';
  return { ...scale, type, hoverformat: input.xAxis === 'step' ? ',~r' : '.4~r' };
}

function widened(extent: XRange | null): XRange | null {
  if (extent === null) return null;
  const margin = (extent.to - extent.from || 1) * room;
  return { from: extent.from - margin, to: extent.to + margin };
}

/** Plotly fits y to all points; with x zoomed, only those in sight should count. */
export function yScale(input: MetricFigureInput): Record<string, unknown> {
  if (input.yRange !== null) return { range: [...input.yRange], autorange: false };
  const fitted =
    input.range === null && !input.ignoreOutliers ? null : visibleValues(input, input.range);
  return fitted === null ? { autorange: true } : { range: fitted, autorange: false };
}

/** Least and greatest value within `range` with a little room, in the axis' own scale. */
function visibleValues(input: MetricFigureInput, range: XRange | null): [number, number] | null {
  const found: number[] = [];
  for (const series of input.series) {
    const x = xColumn(series, input.xAxis);
    const columns =
      series.band === undefined ? [series.values] : [series.band.low, series.band.high];
    for (let i = 0; i < x.length; i += 1) {
      const at = x[i] as number;
      if (range !== null && (at < range.from || at > range.to)) continue;
      for (const column of columns) {
        const value = column[i] as number;
        if (!Number.isFinite(value) || (input.logY && value <= 0)) continue;
        found.push(input.logY ? Math.log10(value) : value);
      }
    }
  }
  if (found.length === 0) return null;
  const sorted = Float64Array.from(found).sort();
  const [low, high] = input.ignoreOutliers
    ? usual.map((share) => quantile(sorted, share))
    : [0, 1].map((end) => quantile(sorted, end));
  const margin = ((high as number) - (low as number) || Math.abs(high as number) || 1) * 0.06;
  return [(low as number) - margin, (high as number) + margin];
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

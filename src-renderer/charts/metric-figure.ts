/** Curves of metrics as a Plotly figure. Pure: the same input gives the same figure. */
import {
  type DurationUnit,
  durationUnit,
  fromLocalClock,
  longest,
  oddPoints,
  toLocalClock,
  unitSize,
  xColumn,
} from './columns.ts';
import { axis, baseLayout, escapeMarkup, type Figure } from './layout.ts';
import type { PlotlyTrace } from './plotly.ts';
import { smooth, typicalSpacing } from './smoothing.ts';
import { type ChartTokens, fade } from './theme.ts';
import type { Series, XAxis, XRange } from './types.ts';

export interface MetricFigureInput {
  /** The series to draw, colours already resolved. */
  readonly series: readonly Series[];
  readonly xAxis: XAxis;
  /** 0 draws the raw line only. */
  readonly smoothing: number;
  readonly logX: boolean;
  readonly logY: boolean;
  readonly range: XRange | null;
  /** What a person zoomed y to, as the axis has it; null fits y to what is visible. */
  readonly yRange: readonly [number, number] | null;
  readonly xTitle: string;
  /** Said beside a smoothed value in the hover: `raw`. */
  readonly rawWord: string;
  readonly tokens: ChartTokens;
}

/** More curves than this and the hover names only the nearest. */
export const unifiedHoverLimit = 12;

/** The unit of a relative axis over these series. */
export function relativeUnit(series: readonly Series[]): DurationUnit {
  return durationUnit(longest(series.map((one) => xColumn(one, 'relative'))));
}

export function metricFigure(input: MetricFigureInput): Figure {
  const { tokens } = input;
  const unit = relativeUnit(input.series);
  const data = input.series.flatMap((one) => curve(one, input, unit));
  const unified = input.series.length <= unifiedHoverLimit;
  const hoverTitle =
    input.xAxis === 'time' ? '%{x|%Y-%m-%d %H:%M:%S}' : `${escapeMarkup(input.xTitle)} %{x}`;
  return {
    data,
    layout: {
      ...baseLayout(tokens, `${input.xAxis}|${input.logX}|${input.logY}`),
      hovermode: unified ? 'x unified' : 'closest',
      xaxis: {
        ...axis(tokens, input.xTitle),
        ...xScale(input, unit),
        showspikes: unified,
        spikemode: 'across',
        // Any positive thickness also draws a wide halo around the line.
        spikethickness: -2,
        spikedash: 'solid',
        spikecolor: tokens.border,
        spikesnap: 'data',
        unifiedhovertitle: { text: hoverTitle },
      },
      yaxis: { ...axis(tokens, ''), type: input.logY ? 'log' : 'linear', ...yScale(input) },
      // A second scale from bottom to top carries the marks of what has no place on the first.
      yaxis2: { overlaying: 'y', range: [0, 1], visible: false, fixedrange: true },
    },
  };
}

function xScale(input: MetricFigureInput, unit: DurationUnit): Record<string, unknown> {
  const range = input.range === null ? null : toAxisRange(input.range, input, unit);
  const placed = range === null ? { autorange: true } : { range, autorange: false };
  if (input.xAxis === 'time') {
    return {
      ...placed,
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
  const scale = { ...placed, type: input.logX ? 'log' : 'linear' };
  return input.xAxis === 'step'
    ? { ...scale, hoverformat: ',~r' }
    : { ...scale, hoverformat: '.4~r' };
}

/** Plotly fits y to all points; with x zoomed, only those in sight should count. */
function yScale(input: MetricFigureInput): Record<string, unknown> {
  if (input.yRange !== null) return { range: [...input.yRange], autorange: false };
  const visible = input.range === null ? null : visibleValues(input, input.range);
  return visible === null ? { autorange: true } : { range: visible, autorange: false };
}

/** Least and greatest value within `range` with a little room, in the axis' own scale. */
function visibleValues(input: MetricFigureInput, range: XRange): [number, number] | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const series of input.series) {
    const x = xColumn(series, input.xAxis);
    for (let i = 0; i < x.length; i += 1) {
      const [at, value] = [x[i] as number, series.values[i] as number];
      const drawn = Number.isFinite(value) && (!input.logY || value > 0);
      if (!drawn || at < range.from || at > range.to) continue;
      const shown = input.logY ? Math.log10(value) : value;
      low = Math.min(low, shown);
      high = Math.max(high, shown);
    }
  }
  if (low > high) return null;
  const room = (high - low || Math.abs(high) || 1) * 0.06;
  return [low - room, high + room];
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

function curve(series: Series, input: MetricFigureInput, unit: DurationUnit): PlotlyTrace[] {
  const raw = xColumn(series, input.xAxis);
  const x =
    input.xAxis === 'time'
      ? toLocalClock(raw)
      : input.xAxis === 'relative'
        ? raw.map((ms) => ms / unitSize(unit))
        : raw;
  const smoothed = input.smoothing > 0 && series.values.length > 2;
  const name = escapeMarkup(series.label);
  const { color } = series;
  const line = { color, dash: series.dash ?? 'solid', width: 1.75 };
  const common = {
    type: 'scatter',
    mode: 'lines',
    x,
    name,
    connectgaps: false,
    showlegend: true,
    meta: { runId: series.runId, line: true },
  };
  const value = '%{y:.6~g}';
  const traces: PlotlyTrace[] = [];
  if (smoothed) {
    const spacing = typicalSpacing(raw, series.total ?? raw.length);
    const faint = fade(color, input.tokens.dark ? 0.4 : 0.3);
    traces.push(
      {
        ...common,
        y: series.values,
        line: { ...line, color: faint, width: 1 },
        hoverinfo: 'skip',
        showlegend: false,
        meta: { runId: series.runId, line: false },
      },
      {
        ...common,
        y: smooth(raw, series.values, input.smoothing, spacing),
        line,
        customdata: series.values,
        hovertemplate: `${value} (${escapeMarkup(input.rawWord)} %{customdata:.6~g})<extra>${name}</extra>`,
      },
    );
  } else {
    traces.push({
      ...common,
      y: series.values,
      line,
      hovertemplate: `${value}<extra>${name}</extra>`,
    });
  }
  traces.push(...marks(series, x, input));
  return traces;
}

/** Dots for points that stand alone; at the edges ✕ for NaN, ▲ and ▼ for the infinities. */
function marks(series: Series, x: Float64Array, input: MetricFigureInput): PlotlyTrace[] {
  const odd = oddPoints(series.values, input.logY);
  const { color } = series;
  const shared = {
    type: 'scatter',
    mode: 'markers',
    name: escapeMarkup(series.label),
    showlegend: false,
    meta: { runId: series.runId, line: false },
  };
  const at = (indices: number[]): number[] => indices.map((i) => x[i] as number);
  const traces: PlotlyTrace[] = [];
  if (odd.alone.length > 0) {
    const y = odd.alone.map((i) => series.values[i] as number);
    traces.push({ ...shared, x: at(odd.alone), y, marker: { color, size: 7 }, hoverinfo: 'skip' });
  }
  const edges = [
    { indices: odd.nan, symbol: 'x', y: 0.02, word: 'NaN' },
    { indices: odd.up, symbol: 'triangle-up', y: 0.98, word: '+∞' },
    { indices: odd.down, symbol: 'triangle-down', y: 0.02, word: '−∞' },
  ];
  for (const edge of edges) {
    if (edge.indices.length === 0) continue;
    traces.push({
      ...shared,
      yaxis: 'y2',
      x: at(edge.indices),
      y: edge.indices.map(() => edge.y),
      marker: { color, size: 7, symbol: edge.symbol },
      hovertemplate: `${edge.word}<extra>${shared.name}</extra>`,
    });
  }
  return traces;
}

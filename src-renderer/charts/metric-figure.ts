/** Curves of metrics as a Plotly figure. Pure: the same input gives the same figure. */
import { type DurationUnit, oddPoints, toLocalClock, unitSize, xColumn } from './columns.ts';
import { axis, baseLayout, escapeMarkup, type Figure } from './layout.ts';
import { relativeUnit, xScale, yScale } from './metric-scale.ts';
import type { PlotlyTrace } from './plotly.ts';
import { smoothColumn, smoothSeries } from './smoothing.ts';
import { type ChartTokens, fade } from './theme.ts';
import { thinned } from './thin.ts';
import type { Series, Smoothing, XAxis, XRange } from './types.ts';

export interface MetricFigureInput {
  /** The series to draw, colours already resolved. */
  readonly series: readonly Series[];
  readonly xAxis: XAxis;
  readonly smoothing: Smoothing;
  readonly logX: boolean;
  readonly logY: boolean;
  /** Fits y to most of the values: the lowest and the highest twentieth may lie outside. */
  readonly ignoreOutliers: boolean;
  /** Whether a linear y begins at zero, as it has to where amounts are compared. */
  readonly fromZero?: boolean;
  /** What a person zoomed x to; null shows all. */
  readonly range: XRange | null;
  /** All of x over this chart and those beside it. */
  readonly extent?: XRange | null;
  /** What a person zoomed y to, as the axis has it; null fits y to what is visible. */
  readonly yRange: readonly [number, number] | null;
  readonly xTitle: string;
  readonly words: {
    /** Said beside a smoothed value in the hover: `raw`. */
    readonly raw: string;
    /** Said beside the mean of a group: `mean of 5`. */
    readonly meanOf: (count: number) => string;
  };
  readonly tokens: ChartTokens;
}

/** More curves than this and the hover names only the nearest. */
export const unifiedHoverLimit = 12;

export function metricFigure(input: MetricFigureInput): Figure {
  const { tokens } = input;
  const unit = relativeUnit(input.series);
  const bands = input.series.flatMap((one) => area(one, input, unit));
  const data = [...bands, ...input.series.flatMap((one) => curve(one, input, unit))];
  const unified = input.series.length <= unifiedHoverLimit && input.xAxis !== 'metric';
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
      yaxis: {
        ...axis(tokens, ''),
        type: input.logY ? 'log' : 'linear',
        ...(input.fromZero === true ? { rangemode: 'tozero' } : {}),
        ...yScale(input),
      },
      // A second scale from bottom to top carries the marks of what has no place on the first.
      yaxis2: { overlaying: 'y', range: [0, 1], visible: false, fixedrange: true },
    },
  };
}

function drawnX(series: Series, input: MetricFigureInput, unit: DurationUnit): Float64Array {
  const raw = xColumn(series, input.xAxis);
  if (input.xAxis === 'time') return toLocalClock(raw);
  return input.xAxis === 'relative' ? raw.map((ms) => ms / unitSize(unit)) : raw;
}

function isSmoothed(series: Series, input: MetricFigureInput): boolean {
  return input.smoothing.amount > 0 && series.values.length > 2;
}

/** The band around a mean, as one outline per stretch without a gap. */
function area(series: Series, input: MetricFigureInput, unit: DurationUnit): PlotlyTrace[] {
  if (series.band === undefined) return [];
  const x = drawnX(series, input, unit);
  const edge = (column: Float64Array): Float64Array =>
    isSmoothed(series, input)
      ? smoothColumn(
          xColumn(series, input.xAxis),
          column,
          input.xAxis,
          input.smoothing,
          series.total ?? column.length,
        )
      : column;
  const [low, high] = [edge(series.band.low), edge(series.band.high)];
  const outline: { x: number[]; y: number[] } = { x: [], y: [] };
  let start = 0;
  const shown = (i: number): boolean =>
    Number.isFinite(low[i] as number) && (!input.logY || (low[i] as number) > 0);
  const close = (end: number): void => {
    if (end <= start) return;
    for (let i = start; i < end; i += 1) {
      outline.x.push(x[i] as number);
      outline.y.push(low[i] as number);
    }
    for (let i = end - 1; i >= start; i -= 1) {
      outline.x.push(x[i] as number);
      outline.y.push(high[i] as number);
    }
    outline.x.push(Number.NaN);
    outline.y.push(Number.NaN);
  };
  for (let i = 0; i <= x.length; i += 1) {
    if (i < x.length && shown(i)) continue;
    close(i);
    start = i + 1;
  }
  return [
    {
      type: 'scatter',
      mode: 'none',
      ...outline,
      fill: 'toself',
      fillcolor: fade(series.color, input.tokens.dark ? 0.26 : 0.18),
      hoverinfo: 'skip',
      showlegend: false,
      meta: { runId: series.runId, line: false },
    },
  ];
}

function curve(series: Series, input: MetricFigureInput, unit: DurationUnit): PlotlyTrace[] {
  const x = drawnX(series, input, unit);
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
  if (isSmoothed(series, input)) {
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
        y: smoothSeries(series, input.xAxis, input.smoothing),
        line,
        customdata:
          series.band === undefined ? series.values : rawTexts(series, series.band, input),
        hovertemplate:
          series.band === undefined
            ? `${value} (${escapeMarkup(input.words.raw)} %{customdata:.6~g})<extra>${name}</extra>`
            : `${value} %{customdata}<extra>${name}</extra>`,
      },
    );
  } else if (series.band !== undefined) {
    traces.push({
      ...common,
      y: series.values,
      line,
      customdata: bandTexts(series.band, input.words.meanOf),
      hovertemplate: `${value} %{customdata}<extra>${name}</extra>`,
    });
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

/** `0.93 … 0.96 (mean of 5)`, per point. */
function bandTexts(
  { low, high, counts }: NonNullable<Series['band']>,
  meanOf: (count: number) => string,
): string[] {
  const short = (value: number | undefined): string =>
    Number((value ?? 0).toPrecision(4)).toString();
  return Array.from(counts, (count, i) =>
    escapeMarkup(`[${short(low[i])} … ${short(high[i])}] ${meanOf(count)}`),
  );
}

/** `(raw 0.94) [0.93 … 0.96] mean of 5`, per point. */
function rawTexts(
  series: Series,
  band: NonNullable<Series['band']>,
  { words }: MetricFigureInput,
): string[] {
  return bandTexts(band, words.meanOf).map((text, i) => {
    const raw = Number((series.values[i] as number).toPrecision(6));
    return `(${escapeMarkup(words.raw)} ${raw}) ${text}`;
  });
}

/** Marks beyond these cover each other. */
const mostMarks = 60;

/**
 * Dots for points that stand alone; at the edges ✕ for NaN, ▲ and ▼ for the infinities, and ▽ for what
 * has no place on a logarithmic axis.
 */
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
  const at = (indices: readonly number[]): number[] => indices.map((i) => x[i] as number);
  const traces: PlotlyTrace[] = [];
  if (odd.alone.length > 0) {
    const y = odd.alone.map((i) => series.values[i] as number);
    traces.push({ ...shared, x: at(odd.alone), y, marker: { color, size: 7 }, hoverinfo: 'skip' });
  }
  // The mean of a band is missing where no run has a value: nothing was logged as NaN there.
  if (series.band !== undefined) return traces;
  const edges = [
    { indices: odd.nan, symbol: 'x', y: 0.02, word: 'NaN' },
    { indices: odd.up, symbol: 'triangle-up', y: 0.98, word: '+∞' },
    { indices: odd.down, symbol: 'triangle-down', y: 0.02, word: '−∞' },
    { indices: odd.below, symbol: 'triangle-down-open', y: 0.02, word: '%{customdata:.6~g} ≤ 0' },
  ];
  for (const edge of edges) {
    if (edge.indices.length === 0) continue;
    const indices = thinned(edge.indices, mostMarks);
    traces.push({
      ...shared,
      yaxis: 'y2',
      x: at(indices),
      y: indices.map(() => edge.y),
      customdata: indices.map((i) => series.values[i]),
      marker: { color, size: 7, symbol: edge.symbol },
      hovertemplate: `${edge.word}<extra>${shared.name}</extra>`,
    });
  }
  return traces;
}

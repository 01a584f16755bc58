/**
 * Curves of metrics as a Plotly figure, for pictures to take along: on the page they are painted
 * (`painted/`), to the same scales. Pure: the same input gives the same figure.
 */
import { type DurationUnit, oddPoints } from './columns.ts';
import { drawnBand, drawnX, drawnY, isSmoothed } from './drawn.ts';
import { axis, baseLayout, escapeMarkup, type Figure } from './layout.ts';
import { markerPlaces } from './marker-places.ts';
import { metricAxes, plotlyAxis, relativeUnit } from './metric-scale.ts';
import type { PlotlyTrace } from './plotly.ts';
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
  readonly tokens: ChartTokens;
  /** Of the picture in pixels: how many ticks there is room for. */
  readonly size?: { readonly width: number; readonly height: number };
}

/** Pixels of a line among so many: where they lie close, thin ones are told apart better, and drawn sooner. */
export const lineWidth = (curves: number): number => (curves > 12 ? 1 : 1.75);
export const markerSize = 7;

/** How strong the logged line behind a smoothed one is, and the area of a band. */
export const faintness = ({ dark }: ChartTokens): number => (dark ? 0.4 : 0.3);
export const bandStrength = ({ dark }: ChartTokens): number => (dark ? 0.26 : 0.18);

const usualSize = { width: 460, height: 300 };

export function metricFigure(input: MetricFigureInput): Figure {
  const { tokens } = input;
  const unit = relativeUnit(input.series, input.xAxis);
  const bands = input.series.flatMap((one) => area(one, input, unit));
  const data = [...bands, ...input.series.flatMap((one) => curve(one, input, unit))];
  const { x, y } = metricAxes(input, input.size ?? usualSize);
  return {
    data,
    layout: {
      ...baseLayout(tokens, `${input.xAxis}|${input.logX}|${input.logY}`),
      hovermode: false,
      xaxis: { ...axis(tokens, input.xTitle), ...plotlyAxis(x) },
      yaxis: { ...axis(tokens, ''), ...plotlyAxis(y) },
      // A second scale from bottom to top carries the marks of what has no place on the first.
      yaxis2: { overlaying: 'y', range: [0, 1], visible: false, fixedrange: true },
    },
  };
}

/** The band around a mean, as one outline per stretch without a gap. */
function area(series: Series, input: MetricFigureInput, unit: DurationUnit): PlotlyTrace[] {
  const edges = drawnBand(series, input);
  if (edges === null) return [];
  const x = drawnX(series, input.xAxis, unit);
  const { low, high } = edges;
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
      fillcolor: fade(series.color, bandStrength(input.tokens)),
      showlegend: false,
    },
  ];
}

function curve(series: Series, input: MetricFigureInput, unit: DurationUnit): PlotlyTrace[] {
  const x = drawnX(series, input.xAxis, unit);
  const { color } = series;
  const line = { color, dash: series.dash ?? 'solid', width: lineWidth(input.series.length) };
  const common = { type: 'scatter', mode: 'lines', x, connectgaps: false };
  const traces: PlotlyTrace[] = [];
  if (isSmoothed(series, input.smoothing)) {
    const faint = { ...line, color: fade(color, faintness(input.tokens)), width: 1 };
    traces.push({ ...common, y: series.values, line: faint, showlegend: false });
  }
  const y = drawnY(series, input);
  const name = escapeMarkup(series.label);
  const places = series.marker === undefined ? null : markerPlaces(y, series.marker);
  traces.push({
    ...common,
    y,
    name,
    line,
    showlegend: true,
    ...(places === null || series.marker === undefined
      ? {}
      : {
          mode: 'lines+markers',
          marker: {
            color,
            symbol: series.marker === 'triangle' ? 'triangle-up' : series.marker,
            size: Array.from(y, (_, i) => (places.has(i) ? markerSize : 0)),
            opacity: 1,
            line: { width: 0 },
          },
        }),
  });
  traces.push(...marks(series, x, input));
  return traces;
}

/** Marks beyond these cover each other. */
export const mostMarks = 60;

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
  };
  const at = (indices: readonly number[]): number[] => indices.map((i) => x[i] as number);
  const traces: PlotlyTrace[] = [];
  if (odd.alone.length > 0) {
    const y = odd.alone.map((i) => series.values[i] as number);
    traces.push({ ...shared, x: at(odd.alone), y, marker: { color, size: 7 } });
  }
  // The mean of a band is missing where no run has a value: nothing was logged as NaN there.
  if (series.band !== undefined) return traces;
  const edges = [
    { indices: odd.nan, symbol: 'x', y: 0.02 },
    { indices: odd.up, symbol: 'triangle-up', y: 0.98 },
    { indices: odd.down, symbol: 'triangle-down', y: 0.02 },
    { indices: odd.below, symbol: 'triangle-down-open', y: 0.02 },
  ];
  for (const edge of edges) {
    if (edge.indices.length === 0) continue;
    const indices = thinned(edge.indices, mostMarks);
    traces.push({
      ...shared,
      yaxis: 'y2',
      x: at(indices),
      y: indices.map(() => edge.y),
      marker: { color, size: 7, symbol: edge.symbol },
    });
  }
  return traces;
}

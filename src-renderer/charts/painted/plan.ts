/** Where everything of a chart of curves stands, in pixels. Pure: the same input gives the same plan. */

import type { Tick } from '../axis-ticks.ts';
import { type OddPoints, oddPoints } from '../columns.ts';
import { drawnBand, drawnX, drawnY, isSmoothed } from '../drawn.ts';
import type { MetricFigureInput } from '../metric-figure.ts';
import { type Axes, type AxisRanges, metricAxes, relativeUnit } from '../metric-scale.ts';
import type { Series } from '../types.ts';

/** The area between the axes. */
export interface PlotBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** From values as the axis has them (powers of ten on a logarithmic one) to pixels. */
export interface Scale {
  readonly from: number;
  readonly perUnit: number;
  readonly start: number;
  readonly log: boolean;
}

export interface PlannedCurve {
  readonly series: Series;
  /** Pixels of the line that stands out; NaN where it has a gap. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Of the logged line behind a smoothed one. */
  readonly raw: Float64Array | null;
  readonly band: { readonly low: Float64Array; readonly high: Float64Array } | null;
  /** In the unit of the line: what is said where it is pointed at. */
  readonly values: Float64Array;
  readonly odd: OddPoints;
  /** Whether x never goes back, so that a place is found by halving. */
  readonly inOrder: boolean;
}

export interface CurvePlan {
  readonly width: number;
  readonly height: number;
  readonly box: PlotBox;
  readonly axes: Axes;
  readonly x: Scale;
  readonly y: Scale;
  readonly curves: readonly PlannedCurve[];
}

/** Pixels that a tick stands out of the plot, with the line of the axis. */
export const tickLength = 6;

/** Room for the title below an axis, and beside labels, in sizes of the font. */
const lineHeight = 1.3;

/**
 * @param measure width of a text in pixels, in the font of the labels
 * @param moving where somebody is moving the axes to just now: the area between them stays
 */
export function planCurves(
  input: MetricFigureInput,
  size: { readonly width: number; readonly height: number },
  measure: (text: string) => number,
  moving: AxisRanges | null = null,
): CurvePlan {
  const { width, height } = size;
  const { fontSize } = input.tokens;
  const unit = relativeUnit(input.series, input.xAxis);
  const standing = metricAxes(input, size);
  const axes = moving === null ? standing : metricAxes(input, size, moving);
  const lines = standing.x.ticks.some(({ text }) => text.includes('\n')) ? 2 : 1;
  const left = Math.ceil(widest(standing.y.ticks, measure) + fontSize * 0.2) + tickLength + 3;
  // Half of the last label stands beyond the end of the axis.
  const right = 12;
  const titled = input.xTitle === '' ? 0 : fontSize * lineHeight + 2;
  const bottom = Math.ceil(fontSize * (0.4 + lines * lineHeight) + titled) + tickLength;
  const box = {
    left,
    top: 8,
    width: Math.max(1, width - left - right),
    height: Math.max(1, height - 8 - bottom),
  };
  const x = scaleOf(axes.x.range, axes.x.type === 'log', box.left, box.width);
  const y = scaleOf(axes.y.range, axes.y.type === 'log', box.top + box.height, -box.height);
  const curves = input.series.map((series): PlannedCurve => {
    const across = placed(drawnX(series, input.xAxis, unit), x);
    const values = drawnY(series, input);
    const band = drawnBand(series, input);
    return {
      series,
      x: across,
      y: placed(values, y),
      raw: isSmoothed(series, input.smoothing) ? placed(series.values, y) : null,
      band: band === null ? null : { low: placed(band.low, y), high: placed(band.high, y) },
      values,
      odd: oddPoints(series.values, input.logY),
      inOrder: isInOrder(across),
    };
  });
  return { width, height, box, axes, x, y, curves };
}

function widest(ticks: readonly Tick[], measure: (text: string) => number): number {
  return ticks.reduce((most, { text }) => Math.max(most, measure(text)), 0);
}

function scaleOf(
  [from, to]: readonly [number, number],
  log: boolean,
  start: number,
  length: number,
): Scale {
  return { from, perUnit: length / (to - from || 1), start, log };
}

/** The pixel of one value. */
export function place(value: number, { from, perUnit, start, log }: Scale): number {
  const at = log ? (value > 0 ? Math.log10(value) : Number.NaN) : value;
  return start + (at - from) * perUnit;
}

/** The value at a pixel, as the axis has it. */
export function valueAt(pixel: number, { from, perUnit, start }: Scale): number {
  return from + (pixel - start) / perUnit;
}

/** Pixels of a column; NaN for what has no place on the axis. */
function placed(column: Float64Array, scale: Scale): Float64Array {
  const result = new Float64Array(column.length);
  for (let i = 0; i < column.length; i += 1) {
    const at = place(column[i] as number, scale);
    result[i] = Number.isFinite(at) ? at : Number.NaN;
  }
  return result;
}

function isInOrder(column: Float64Array): boolean {
  for (let i = 1; i < column.length; i += 1) {
    if (!((column[i] as number) >= (column[i - 1] as number))) return false;
  }
  return true;
}

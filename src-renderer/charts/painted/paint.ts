/** Paints planned curves onto a canvas, as Plotly draws the same figure. */

import { linePatterns, markerCorners } from '../dashes.ts';
import { markerPlaces } from '../marker-places.ts';
import { bandStrength, faintness, lineWidth, markerSize, mostMarks } from '../metric-figure.ts';
import { type ChartTokens, fade } from '../theme.ts';
import { thinned } from '../thin.ts';
import type { Marker } from '../types.ts';
import type { CurvePlan, PlannedCurve, PlotBox } from './plan.ts';

/** Where on the way from top to bottom the marks of what has no place stand. */
const [atTop, atBottom] = [0.02, 0.98];

/** What is drawn on: pixels as the page has them, whatever the screen's. */
export type Context = CanvasRenderingContext2D;

/** @param lit the only run whose curves are painted, to stand out; without it, all of them are */
export function paintCurves(
  context: Context,
  plan: CurvePlan,
  tokens: ChartTokens,
  lit: string | null = null,
): void {
  const { box } = plan;
  const curves = plan.curves.filter(({ series }) => lit === null || series.runId === lit);
  const width = lineWidth(curves.length);
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.width, box.height);
  context.clip();
  context.lineJoin = 'miter';
  context.miterLimit = 2;
  for (const curve of curves) paintBand(context, curve, tokens);
  for (const curve of curves) paintLines(context, curve, box, width, tokens);
  context.restore();
  // What lies on the edge is not cut in half.
  for (const curve of curves) paintMarks(context, curve, plan);
}

function paintBand(context: Context, curve: PlannedCurve, tokens: ChartTokens): void {
  const { band, x, series } = curve;
  if (band === null) return;
  context.fillStyle = fade(series.color, bandStrength(tokens));
  context.beginPath();
  let start = 0;
  for (let i = 0; i <= x.length; i += 1) {
    const isShown = i < x.length && isPlaced(x, band.low, i) && isPlaced(x, band.high, i);
    if (isShown) continue;
    if (i > start) {
      context.moveTo(x[start] as number, band.low[start] as number);
      for (let j = start + 1; j < i; j += 1) context.lineTo(x[j] as number, band.low[j] as number);
      for (let j = i - 1; j >= start; j -= 1)
        context.lineTo(x[j] as number, band.high[j] as number);
      context.closePath();
    }
    start = i + 1;
  }
  context.fill();
}

function isPlaced(x: Float64Array, y: Float64Array, i: number): boolean {
  return !Number.isNaN(x[i] as number) && !Number.isNaN(y[i] as number);
}

function paintLines(
  context: Context,
  curve: PlannedCurve,
  box: PlotBox,
  width: number,
  tokens: ChartTokens,
): void {
  const { series, x, y, raw } = curve;
  const visible = inSight(curve, box);
  context.setLineDash([...linePatterns[series.dash ?? 'solid']]);
  if (raw !== null) {
    context.strokeStyle = fade(series.color, faintness(tokens));
    context.lineWidth = 1;
    strokeLine(context, x, raw, visible, false);
  }
  context.strokeStyle = series.color;
  context.lineWidth = width;
  strokeLine(context, x, y, visible, width > 1);
  context.setLineDash([]);
  if (series.marker === undefined) return;
  context.fillStyle = series.color;
  for (const i of markerPlaces(y, series.marker)) {
    if (isPlaced(x, y, i)) {
      paintShape(context, series.marker, x[i] as number, y[i] as number, markerSize / 2);
    }
  }
}

/** The points in sight with one to each side, as indices: from the first up to, not reaching, the last. */
function inSight({ x, inOrder }: PlannedCurve, box: PlotBox): readonly [number, number] {
  if (!inOrder) return [0, x.length];
  return [
    Math.max(0, firstFrom(x, box.left) - 1),
    Math.min(x.length, firstFrom(x, box.left + box.width) + 2),
  ];
}

/** Index of the first value that is not below `limit`; the length when there is none. `column` is in order. */
export function firstFrom(column: Float64Array, limit: number): number {
  let [low, high] = [0, column.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((column[middle] as number) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Far outside of the plot, numbers are of no use to a canvas. */
const farthest = 1e6;
const within = (pixel: number): number => Math.min(Math.max(pixel, -farthest), farthest);
/** Points of one piece. */
const pieceLength = 24;

/**
 * @param inPieces strokes a few points at a time, which takes half as long for a wide line that goes to
 * and fro. Pieces overlap by one stretch, so that no corner shows it: not for what shines through
 */
function strokeLine(
  context: Context,
  x: Float64Array,
  y: Float64Array,
  [from, to]: readonly [number, number],
  inPieces: boolean,
): void {
  // How long the line is so far, for its pattern, and the last stretch of it.
  let length = 0;
  let stretch = 0;
  let points = 0;
  context.beginPath();
  for (let i = from; i < to; i += 1) {
    const [at, height] = [x[i] as number, y[i] as number];
    if (Number.isNaN(at) || Number.isNaN(height)) {
      if (points > 0) {
        context.stroke();
        context.beginPath();
        context.lineDashOffset = 0;
      }
      [points, length] = [0, 0];
      continue;
    }
    const [left, top] = [within(at), within(height)];
    if (points === 0) {
      context.moveTo(left, top);
      points = 1;
      continue;
    }
    const [before, above] = [within(x[i - 1] as number), within(y[i - 1] as number)];
    if (inPieces && points >= pieceLength) {
      context.stroke();
      context.beginPath();
      context.lineDashOffset = length - stretch;
      context.moveTo(within(x[i - 2] as number), within(y[i - 2] as number));
      context.lineTo(before, above);
      points = 2;
    }
    context.lineTo(left, top);
    points += 1;
    if (inPieces) {
      stretch = Math.hypot(left - before, top - above);
      length += stretch;
    }
  }
  context.stroke();
  context.lineDashOffset = 0;
}

/**
 * Dots for points that stand alone; at the edges ✕ for NaN, ▲ and ▼ for the infinities, and ▽ for
 * what has no place on a logarithmic axis.
 */
function paintMarks(context: Context, { series, x, y, odd }: PlannedCurve, plan: CurvePlan): void {
  const { box } = plan;
  const isInside = (i: number): boolean =>
    (x[i] as number) >= box.left - 0.5 && (x[i] as number) <= box.left + box.width + 0.5;
  context.fillStyle = series.color;
  context.strokeStyle = series.color;
  context.lineWidth = 1;
  for (const i of odd.alone) {
    const at = y[i] as number;
    if (isInside(i) && at >= box.top && at <= box.top + box.height) {
      paintShape(context, 'circle', x[i] as number, at, markerSize / 2);
    }
  }
  // The mean of a band is missing where no run has a value: nothing was logged as NaN there.
  if (series.band !== undefined) return;
  const edges = [
    [odd.nan, 'x', atBottom],
    [odd.up, 'up', atTop],
    [odd.down, 'down', atBottom],
    [odd.below, 'open', atBottom],
  ] as const;
  for (const [indices, shape, share] of edges) {
    for (const i of thinned(indices, mostMarks)) {
      if (isInside(i)) {
        paintMark(context, shape, x[i] as number, box.top + share * box.height, markerSize / 2);
      }
    }
  }
}

function paintMark(
  context: Context,
  shape: 'x' | 'up' | 'down' | 'open',
  x: number,
  y: number,
  r: number,
): void {
  context.beginPath();
  if (shape === 'x') {
    context.save();
    context.lineWidth = 2.4;
    context.moveTo(x - r * 0.8, y - r * 0.8);
    context.lineTo(x + r * 0.8, y + r * 0.8);
    context.moveTo(x - r * 0.8, y + r * 0.8);
    context.lineTo(x + r * 0.8, y - r * 0.8);
    context.stroke();
    context.restore();
    return;
  }
  const tip = shape === 'up' ? -r : r;
  context.moveTo(x, y + tip);
  context.lineTo(x - r * 1.1, y - tip * 0.7);
  context.lineTo(x + r * 1.1, y - tip * 0.7);
  context.closePath();
  if (shape === 'open') context.stroke();
  else context.fill();
}

/** A filled shape around a point. */
export function paintShape(context: Context, shape: Marker, x: number, y: number, r: number): void {
  context.beginPath();
  if (shape === 'circle') context.arc(x, y, r, 0, 2 * Math.PI);
  else for (const [dx, dy] of markerCorners[shape]) context.lineTo(x + dx * r, y + dy * r);
  context.closePath();
  context.fill();
}

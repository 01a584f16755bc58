/** The columns of a curve as they are drawn: in the axis' unit, smoothed, with the edges of a band. Pure. */
import { type DurationUnit, toLocalClock, unitSize, xColumn } from './columns.ts';
import { smoothColumn, smoothSeries } from './smoothing.ts';
import type { Series, Smoothing, XAxis } from './types.ts';

interface Drawn {
  readonly xAxis: XAxis;
  readonly smoothing: Smoothing;
}

/** x in the unit of the axis; moments moved so that their digits as UTC are the local time. */
export function drawnX(series: Series, xAxis: XAxis, unit: DurationUnit): Float64Array {
  const raw = xColumn(series, xAxis);
  if (xAxis === 'time') return toLocalClock(raw);
  return xAxis === 'relative' ? raw.map((ms) => ms / unitSize(unit)) : raw;
}

/** Whether the line that stands out is another than the logged one. */
export function isSmoothed(series: Series, smoothing: Smoothing): boolean {
  return smoothing.amount > 0 && series.values.length > 2;
}

/** y of the line that stands out. */
export function drawnY(series: Series, { xAxis, smoothing }: Drawn): Float64Array {
  return isSmoothed(series, smoothing) ? smoothSeries(series, xAxis, smoothing) : series.values;
}

/** The edges of the band around the line; null where there is none. */
export function drawnBand(
  series: Series,
  { xAxis, smoothing }: Drawn,
): { readonly low: Float64Array; readonly high: Float64Array } | null {
  const { band } = series;
  if (band === undefined) return null;
  if (!isSmoothed(series, smoothing)) return band;
  const x = xColumn(series, xAxis);
  const edge = (column: Float64Array): Float64Array =>
    smoothColumn(x, column, xAxis, smoothing, series.total ?? column.length);
  return { low: edge(band.low), high: edge(band.high) };
}

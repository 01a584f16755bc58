/** Metric series, ready to draw. */
import type { Output } from '../contract/index.ts';
import { decimateWithMeans } from '../store/decimate.ts';
import {
  firstTime,
  readDrawable,
  readPoints,
  readSeries,
  readStretch,
  type SeriesRecord,
} from '../store/metrics.ts';
import type { Points } from '../store/points.ts';
import type { Store } from '../store/store.ts';

/** A part of the series only, and what is told of its points. */
export interface CurveStretch {
  /** What `from` and `to` are: steps, epoch ms, or ms since the series' own first point. */
  readonly axis: 'step' | 'time' | 'relative';
  readonly from: number | null;
  readonly to: number | null;
  /** Whether thinned points come with the means of what they stand for. */
  readonly means: boolean;
}

const everything: CurveStretch = { axis: 'step', from: null, to: null, means: false };

/** Points read to take means of, at most: longer stretches are taken from their previews. */
const meanPoints = 1_000_000;

/**
 * The series of some runs, each with at most about `maxPoints` points.
 * @param keys which metrics, or null for all
 */
export function readCurves(
  store: Store,
  ids: readonly string[],
  keys: readonly string[] | null,
  maxPoints: number,
  stretch: CurveStretch = everything,
): Output<'runs.metrics'> {
  return {
    series: readSeries(store, ids, keys).map((series) => {
      const start = stretch.axis === 'relative' ? firstTime(store, series.id) : undefined;
      return {
        runId: series.run_id,
        key: series.key,
        total: series.count,
        ...(start === undefined ? {} : { start }),
        ...points(store, series, maxPoints, stretch, start ?? 0),
      };
    }),
  };
}

function points(
  store: Store,
  series: SeriesRecord,
  maxPoints: number,
  { axis, from, to, means }: CurveStretch,
  start: number,
): Points & { means?: Float64Array<ArrayBuffer> } {
  const whole = from === null && to === null;
  if (whole && !means) return readDrawable(store, series, maxPoints);
  const most = means ? Math.max(maxPoints, meanPoints) : maxPoints;
  const shift = axis === 'relative' ? start : 0;
  const found = whole
    ? series.count <= most
      ? readPoints(store, series.id)
      : readDrawable(store, series, most)
    : readStretch(store, series, most, {
        column: axis === 'step' ? 'steps' : 'times',
        from: (from ?? Number.NEGATIVE_INFINITY) + shift,
        to: (to ?? Number.POSITIVE_INFINITY) + shift,
      });
  return means ? decimateWithMeans(found, maxPoints) : found;
}

/** Metric series, ready to draw. */
import type { Output } from '../contract/index.ts';
import { readDrawable, readSeries } from '../store/metrics.ts';
import type { Store } from '../store/store.ts';

/**
 * The series of some runs, each with at most about `maxPoints` points.
 * @param keys which metrics, or null for all
 */
export function readCurves(
  store: Store,
  ids: readonly string[],
  keys: readonly string[] | null,
  maxPoints: number,
): Output<'runs.metrics'> {
  const wanted = readSeries(store, ids).filter(
    (series) => keys === null || keys.includes(series.key),
  );
  return {
    series: wanted.map((series) => ({
      runId: series.run_id,
      key: series.key,
      total: series.count,
      ...readDrawable(store, series, maxPoints),
    })),
  };
}

/** Metrics of several runs put together for a chart: over another metric, or as bands. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Output, ParsedInput } from '../contract/index.ts';
import { readPoints, readSeries, type SeriesRecord } from '../store/metrics.ts';
import { type Points, pick } from '../store/points.ts';
import type { Store } from '../store/store.ts';
import { band, type Line, ordered, thinBand, valuesAt } from './bands.ts';

type Against = Output<'charts.against'>['series'][number];

/**
 * Curves over another metric of the same run. Between its steps that metric is interpolated; points
 * beyond its first and last step are left out.
 * @param signal ends the work between two series
 */
export async function readAgainst(
  store: Store,
  request: ParsedInput<'charts.against'>,
  signal: AbortSignal,
): Promise<Output<'charts.against'>> {
  const { ids, keys, xKey, maxPoints } = request;
  const from = request.from ?? Number.NEGATIVE_INFINITY;
  const to = request.to ?? Number.POSITIVE_INFINITY;
  const across = new Map<string, Line>();
  for (const series of readSeries(store, ids, [xKey])) {
    const { steps, values } = readPoints(store, series.id);
    across.set(series.run_id, ordered(steps, values));
  }
  const found: Against[] = [];
  for (const series of readSeries(store, ids, keys)) {
    const line = across.get(series.run_id);
    if (line === undefined) continue;
    await nextTurn();
    signal.throwIfAborted();
    const points = readPoints(store, series.id);
    const x = valuesAt(line, points.steps);
    const both = [...x.keys()].filter((index) => Number.isFinite(x[index] as number));
    const inside = both.filter((index) => {
      const at = x[index] as number;
      return at >= from && at <= to;
    });
    const shown = thinAlong(points, x, inside, maxPoints);
    found.push({ runId: series.run_id, key: series.key, total: both.length, ...shown });
  }
  return { series: found };
}

/** Keeps the lowest, the highest, the leftmost and the rightmost point of each stretch of the log. */
function thinAlong(
  points: Points,
  x: Float64Array,
  indices: readonly number[],
  maxPoints: number,
): Points & { x: Float64Array<ArrayBuffer> } {
  let keep = indices;
  if (indices.length > maxPoints) {
    const size = Math.ceil((indices.length * 4) / maxPoints);
    const kept = new Set<number>();
    for (let start = 0; start < indices.length; start += size) {
      for (const column of [points.values, x]) {
        let [low, high] = [indices[start] as number, indices[start] as number];
        for (const index of indices.slice(start, start + size)) {
          if ((column[index] as number) < (column[low] as number)) low = index;
          if ((column[index] as number) > (column[high] as number)) high = index;
        }
        kept.add(low).add(high);
      }
    }
    keep = [...kept].sort((a, b) => a - b);
  }
  return { ...pick(points, keep), x: Float64Array.from(keep, (index) => x[index] as number) };
}

/** The band of each group for each metric that any of its runs has. */
export async function readBands(
  store: Store,
  request: ParsedInput<'charts.bands'>,
  signal: AbortSignal,
): Promise<Output<'charts.bands'>> {
  const { groups, keys, axis, spread, maxPoints } = request;
  const range = [
    request.from ?? Number.NEGATIVE_INFINITY,
    request.to ?? Number.POSITIVE_INFINITY,
  ] as const;
  const bands: Output<'charts.bands'>['bands'] = [];
  for (const group of groups) {
    const byKey = Map.groupBy(readSeries(store, group.runIds, keys), (series) => series.key);
    for (const [key, series] of byKey) {
      const lines: Line[] = [];
      for (const one of series) {
        await nextTurn();
        signal.throwIfAborted();
        lines.push(readLine(store, one, axis));
      }
      const whole = band(lines, spread, range);
      const thin = thinBand(whole, maxPoints);
      bands.push({ group: group.id, key, runs: lines.length, total: whole.x.length, ...thin });
    }
  }
  return { bands };
}

function readLine(store: Store, series: SeriesRecord, axis: 'step' | 'relative'): Line {
  const { steps, times, values } = readPoints(store, series.id);
  if (axis === 'step') return ordered(steps, values);
  let start = Number.POSITIVE_INFINITY;
  for (const time of times) if (time < start) start = time;
  return ordered(
    times.map((time) => time - start),
    values,
  );
}

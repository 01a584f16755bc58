/**
 * Reading metric series: a summary beside chunks of columns, and a tail of what has just come.
 * `metric-writing.ts` writes them.
 */
import { decimate } from './decimate.ts';
import { decodePoints } from './metric-codec.ts';
import { concatenate, emptyPoints, type Points, pick } from './points.ts';
import type { Store } from './store.ts';

/** A tail becomes a chunk at this length. */
export const chunkPoints = 1024;
/** Points of a chunk's preview: lowest and highest of every 32. */
export const previewPoints = 64;

export interface SeriesRecord {
  id: number;
  run_id: string;
  key: string;
  count: number;
  sealed: number;
  max_time: number | null;
  last: number | null;
  last_step: number | null;
  last_time: number | null;
  min: number | null;
  max: number | null;
}

/** Stretches of series with all their points: `wholePoints` of each. */
export const chunksWithPoints = 'metric_chunks c LEFT JOIN metric_points p USING (series_id, seq)';
export const wholePoints = 'coalesce(p.data, c.preview)';

const withNames = `SELECT s.id, r.id AS run_id, n.name AS key, s.count, s.sealed, s.max_time,
    s.last, s.last_step, s.last_time, s.min, s.max
  FROM metric_series s JOIN runs r ON r.seq = s.run JOIN names n ON n.id = s.name`;

/**
 * The series of some runs, by run and key.
 * @param keys which metrics, or null for all
 */
export function readSeries(
  store: Store,
  ids: readonly string[],
  keys: readonly string[] | null = null,
): SeriesRecord[] {
  const ofRuns = 's.run IN (SELECT seq FROM runs WHERE id IN (SELECT value FROM json_each(?)))';
  if (keys === null) {
    return store
      .prepare<[string], SeriesRecord>(`${withNames} WHERE ${ofRuns} ORDER BY r.id, n.name`)
      .all(JSON.stringify(ids));
  }
  return store
    .prepare<[string, string], SeriesRecord>(
      `${withNames} WHERE ${ofRuns}
         AND s.name IN (SELECT id FROM names WHERE name IN (SELECT value FROM json_each(?)))
       ORDER BY r.id, n.name`,
    )
    .all(JSON.stringify(ids), JSON.stringify(keys));
}

/** Times of the latest point of each run, whole epoch ms; none for runs without metrics. */
export function readLastPoints(store: Store, runIds: readonly string[]): Map<string, number> {
  const rows = store
    .prepare<[string], { id: string; at: number | null }>(
      `SELECT r.id, max(s.max_time) AS at FROM json_each(?) j
       CROSS JOIN runs r ON r.id = j.value JOIN metric_series s ON s.run = r.seq GROUP BY r.id`,
    )
    .all(JSON.stringify(runIds));
  return new Map(rows.flatMap(({ id, at }) => (at === null ? [] : [[id, Math.floor(at)]])));
}

export function readOneSeries(store: Store, runId: string, key: string): SeriesRecord | undefined {
  return store
    .prepare<[string, string], SeriesRecord>(`${withNames} WHERE r.id = ? AND n.name = ?`)
    .get(runId, key);
}

/** All points of one series, in the order they were logged. */
export function readPoints(store: Store, seriesId: number): Points {
  const chunks = store
    .prepare<[number], { data: Uint8Array }>(
      `SELECT ${wholePoints} AS data FROM ${chunksWithPoints} WHERE c.series_id = ? ORDER BY c.seq`,
    )
    .all(seriesId);
  return concatenate([
    ...chunks.map((chunk) => decodePoints(chunk.data)),
    readTail(store, seriesId),
  ]);
}

/**
 * Points to draw: at most about `maxPoints`, with no spike lost. Long series are drawn from the
 * previews of their chunks, so that the points themselves stay on the disk.
 */
export function readDrawable(store: Store, series: SeriesRecord, maxPoints: number): Points {
  const previews = (series.sealed / chunkPoints) * previewPoints;
  if (previews < maxPoints) return decimate(readPoints(store, series.id), maxPoints);
  const chunks = store
    .prepare<[number], { preview: Uint8Array }>(
      'SELECT preview FROM metric_chunks WHERE series_id = ? ORDER BY seq',
    )
    .all(series.id);
  const points = concatenate([
    ...chunks.map((chunk) => decodePoints(chunk.preview)),
    readTail(store, series.id),
  ]);
  return decimate(points, maxPoints);
}

/** Up to so many chunks a stretch of a series is drawn from its points, else from the previews. */
const wholeChunks = 512;

/** The points whose step or time lies from `from` to `to`, inclusive, thinned as {@link readDrawable} does. */
export function readStretch(
  store: Store,
  series: SeriesRecord,
  maxPoints: number,
  range: { readonly column: 'steps' | 'times'; readonly from: number; readonly to: number },
): Points {
  const [least, most] =
    range.column === 'steps' ? ['min_step', 'max_step'] : ['min_time', 'max_time'];
  const where = `c.series_id = ? AND ${most} >= ? AND ${least} <= ?`;
  const span = [series.id, range.from, range.to] as const;
  const { chunks } = store
    .prepare<[number, number, number], { chunks: number }>(
      `SELECT count(*) AS chunks FROM metric_chunks c WHERE ${where}`,
    )
    .get(...span) ?? { chunks: 0 };
  const columns =
    chunks <= wholeChunks
      ? `${wholePoints} AS bytes FROM ${chunksWithPoints}`
      : 'preview AS bytes FROM metric_chunks c';
  const found = store
    .prepare<[number, number, number], { bytes: Uint8Array }>(
      `SELECT ${columns} WHERE ${where} ORDER BY c.seq`,
    )
    .all(...span);
  const points = concatenate([
    ...found.map((chunk) => decodePoints(chunk.bytes)),
    readTail(store, series.id),
  ]);
  const x = points[range.column];
  const inside: number[] = [];
  for (let index = 0; index < x.length; index++) {
    const at = x[index] as number;
    if (at >= range.from && at <= range.to) inside.push(index);
  }
  return decimate(inside.length === x.length ? points : pick(points, inside), maxPoints);
}

/** When the earliest point of a series was logged; null without points. */
export function firstTime(store: Store, seriesId: number): number | null {
  return (
    store
      .prepare<[number, number], { at: number | null }>(
        `SELECT min(at) AS at FROM (
           SELECT min(min_time) AS at FROM metric_chunks WHERE series_id = ?
           UNION ALL SELECT min(time) FROM metric_tail WHERE series_id = ?)`,
      )
      .get(seriesId, seriesId)?.at ?? null
  );
}

/** The points that are no chunk yet, of a span of times. */
export function readTail(
  store: Store,
  seriesId: number,
  [from, to]: readonly [number, number] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
): Points {
  const rows = store
    .prepare<[number, number, number], [number, number, number | null]>(
      'SELECT step, time, value FROM metric_tail WHERE series_id = ? AND time >= ? AND time <= ? ORDER BY position',
    )
    .raw()
    .all(seriesId, from, to);
  const points = emptyPoints(rows.length);
  rows.forEach(([step, time, value], index) => {
    points.steps[index] = step;
    points.times[index] = time;
    points.values[index] = value ?? Number.NaN;
  });
  return points;
}

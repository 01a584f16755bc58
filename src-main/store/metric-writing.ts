/** Writing metric series: points go to the tail, and by the thousand into chunks of columns. */
import { decimate } from './decimate.ts';
import { decodePoints, encodePoints } from './metric-codec.ts';
import {
  chunkPoints,
  chunksWithPoints,
  previewPoints,
  readTail,
  type SeriesRecord,
  wholePoints,
} from './metrics.ts';
import { nameId } from './names.ts';
import { concatenate, type Points, pick, slice } from './points.ts';
import type { Store } from './store.ts';

/** A batch of at least this many points becomes a chunk at once. */
const bulkPoints = 256;
/** As {@link bulkPoints}, of a series that nothing more is expected of. */
const bulkPointsOfWhole = 16;

/**
 * Appends to one series, creating it when it is new. Call inside a transaction.
 * @param options.ignoreRepeated leaves out points that are there already with the same step, time
 *   and value: a client that retries must not double them
 * @param options.whole nothing more is expected of the series
 */
export function appendPoints(
  store: Store,
  run: number,
  key: string,
  points: Points,
  options: { readonly ignoreRepeated?: boolean; readonly whole?: boolean } = {},
): void {
  const series = findOrCreateSeries(store, run, key);
  const added = options.ignoreRepeated === true ? withoutRepeated(store, series, points) : points;
  if (added.values.length === 0) return;
  const tailLength = series.count - series.sealed;
  const enough = options.whole === true ? bulkPointsOfWhole : bulkPoints;
  const bulk = added.values.length >= enough || tailLength + added.values.length >= chunkPoints;
  if (bulk) writeChunks(store, series.id, concatenate([readTail(store, series.id), added]));
  else writeTail(store, series.id, series.count, added);
  const count = series.count + added.values.length;
  store
    .prepare(
      `UPDATE metric_series SET count = @count, sealed = @sealed, max_time = @max_time, last = @last,
         last_step = @last_step, last_time = @last_time, min = @min, max = @max WHERE id = @id`,
    )
    .run({
      ...summarise(series, added),
      id: series.id,
      count,
      sealed: bulk ? count : series.sealed,
    });
}

/**
 * Writes a series of a run that has none of this name yet and that nothing more is expected of.
 * Call inside a transaction.
 */
export function writeWholeSeries(store: Store, run: number, key: string, points: Points): void {
  const count = points.values.length;
  const id = Number(
    store
      .prepare(
        `INSERT INTO metric_series
           (run, name, count, sealed, max_time, last, last_step, last_time, min, max)
         VALUES (@run, @name, @count, @sealed, @max_time, @last, @last_step, @last_time, @min, @max)`,
      )
      .run({
        ...summarise(unread, points),
        run,
        name: nameId(store, key),
        count,
        sealed: count < bulkPointsOfWhole ? 0 : count,
      }).lastInsertRowid,
  );
  if (count < bulkPointsOfWhole) writeTail(store, id, 0, points);
  else insertChunks(store, id, 0, points);
}

/** Turns the tails of a run into chunks, when nothing more is expected. Call inside a transaction. */
export function sealRun(store: Store, run: number): void {
  const open = store
    .prepare<[number], { id: number; count: number }>(
      'SELECT id, count FROM metric_series WHERE run = ? AND sealed < count',
    )
    .all(run);
  for (const series of open) {
    writeChunks(store, series.id, readTail(store, series.id));
    store.prepare('UPDATE metric_series SET sealed = count WHERE id = ?').run(series.id);
  }
}

/** Forgets one series, for a metrics file that was written anew. */
export function deleteSeries(store: Store, run: number, key: string): void {
  store
    .prepare(
      'DELETE FROM metric_series WHERE run = ? AND name = (SELECT id FROM names WHERE name = ?)',
    )
    .run(run, key);
}

type OpenSeries = Omit<SeriesRecord, 'run_id' | 'key'>;
type Summary = Pick<SeriesRecord, 'max_time' | 'last' | 'last_step' | 'last_time' | 'min' | 'max'>;

const unread = {
  max_time: null,
  last: null,
  last_step: null,
  last_time: null,
  min: null,
  max: null,
} as const;

function findOrCreateSeries(store: Store, run: number, key: string): OpenSeries {
  const name = nameId(store, key);
  const found =
    store
      .prepare<[number, number], OpenSeries>(
        'SELECT * FROM metric_series WHERE run = ? AND name = ?',
      )
      .get(run, name) ??
    store
      .prepare<[number, number], OpenSeries>(
        'INSERT INTO metric_series (run, name) VALUES (?, ?) RETURNING *',
      )
      .get(run, name);
  if (found === undefined) throw new Error(`no series for ${key}`);
  return found;
}

/** @param times only points of that time, from the first to the second */
function writeTail(store: Store, seriesId: number, position: number, added: Points): void {
  const insert = store.prepare('INSERT INTO metric_tail VALUES (?, ?, ?, ?, ?)');
  for (let index = 0; index < added.values.length; index++) {
    insert.run(
      seriesId,
      position + index,
      added.steps[index],
      added.times[index],
      orNull(added.values[index] as number),
    );
  }
}

/** Writes points as chunks behind the others, and empties the tail, which is among them. */
function writeChunks(store: Store, seriesId: number, points: Points): void {
  const next =
    store
      .prepare<[number], { next: number }>(
        'SELECT coalesce(max(seq), -1) + 1 AS next FROM metric_chunks WHERE series_id = ?',
      )
      .get(seriesId)?.next ?? 0;
  insertChunks(store, seriesId, next, points);
  store.prepare('DELETE FROM metric_tail WHERE series_id = ?').run(seriesId);
}

function insertChunks(store: Store, seriesId: number, firstSeq: number, points: Points): void {
  const insert = store.prepare('INSERT INTO metric_chunks VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const insertPoints = store.prepare('INSERT INTO metric_points VALUES (?, ?, ?)');
  const total = points.values.length;
  for (let from = 0, seq = firstSeq; from < total; from += chunkPoints, seq += 1) {
    const chunk = total <= chunkPoints ? points : slice(points, from, from + chunkPoints);
    const { length } = chunk.values;
    const preview = encodePoints(decimate(chunk, previewPoints));
    insert.run(seriesId, seq, length, ...range(chunk.steps), ...range(chunk.times), preview);
    if (length > previewPoints) insertPoints.run(seriesId, seq, encodePoints(chunk));
  }
}

function withoutRepeated(store: Store, series: OpenSeries, points: Points): Points {
  const seen = new Set<string>();
  const keep: number[] = [];
  const newest = series.max_time ?? Number.NEGATIVE_INFINITY;
  const old = points.times.some((time) => time <= newest)
    ? existing(store, series, points)
    : new Set<string>();
  for (let index = 0; index < points.values.length; index++) {
    const identity = identityOf(points, index);
    if (seen.has(identity) || old.has(identity)) continue;
    seen.add(identity);
    keep.push(index);
  }
  return keep.length === points.values.length ? points : pick(points, keep);
}

/** Identities of the points of the series that lie where the new ones do. */
function existing(store: Store, series: OpenSeries, points: Points): Set<string> {
  const [lowStep, highStep] = range(points.steps);
  const [lowTime, highTime] = range(points.times);
  const chunks = store
    .prepare<number[], { data: Uint8Array }>(
      `SELECT ${wholePoints} AS data FROM ${chunksWithPoints}
       WHERE c.series_id = ? AND max_step >= ? AND min_step <= ? AND max_time >= ? AND min_time <= ?`,
    )
    .all(series.id, lowStep, highStep, lowTime, highTime);
  const found = new Set<string>();
  for (const part of [
    ...chunks.map((chunk) => decodePoints(chunk.data)),
    readTail(store, series.id, [lowTime, highTime]),
  ]) {
    for (let index = 0; index < part.values.length; index++) {
      const time = part.times[index] as number;
      if (time >= lowTime && time <= highTime) found.add(identityOf(part, index));
    }
  }
  return found;
}

function identityOf(points: Points, index: number): string {
  return `${points.steps[index]} ${points.times[index]} ${points.values[index]}`;
}

/** NaN takes no part in min and max; the last value is that of the highest (step, time, value). */
function summarise(before: Summary, added: Points): Summary {
  let {
    last,
    last_step: lastStep,
    last_time: lastTime,
    min,
    max,
    max_time: maxTime,
  }: Summary = before;
  for (let index = 0; index < added.values.length; index++) {
    const step = added.steps[index] as number;
    const time = added.times[index] as number;
    const value = added.values[index] as number;
    if (maxTime === null || time > maxTime) maxTime = time;
    if (isLater([step, time, value], lastStep, lastTime, last)) {
      [last, lastStep, lastTime] = [orNull(value), step, time];
    }
    if (Number.isNaN(value)) continue;
    if (min === null || value < min) min = value;
    if (max === null || value > max) max = value;
  }
  return { max_time: maxTime, last, last_step: lastStep, last_time: lastTime, min, max };
}

function isLater(
  [step, time, value]: readonly [number, number, number],
  lastStep: number | null,
  lastTime: number | null,
  last: number | null,
): boolean {
  if (lastStep === null || lastTime === null) return true;
  if (step !== lastStep) return step > lastStep;
  if (time !== lastTime) return time > lastTime;
  return last === null || !(value < last);
}

function range(column: Float64Array): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of column) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** SQLite has no NaN. */
function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

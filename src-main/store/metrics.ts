/** Metric series in columns: chunks of steps, times and values, with a summary beside them. */
import type { Store } from './store.ts';

/** Points per chunk: small enough to rewrite on append, large enough to keep rows few. */
const chunkPoints = 1024;

export interface SeriesRecord {
  id: number;
  run_id: string;
  key: string;
  count: number;
  last: number | null;
  last_step: number | null;
  min: number | null;
  max: number | null;
}

/** Columns of equal length. Steps are numbers (epochs may be fractions), times epoch ms. */
export interface Points {
  steps: Float64Array<ArrayBuffer>;
  times: Float64Array<ArrayBuffer>;
  values: Float64Array<ArrayBuffer>;
}

interface ChunkRecord {
  seq: number;
  count: number;
  steps: Uint8Array;
  times: Uint8Array;
  points: Uint8Array;
}

export function readSeries(store: Store, ids: readonly string[]): SeriesRecord[] {
  return store
    .prepare<[string], SeriesRecord>(
      'SELECT * FROM metric_series WHERE run_id IN (SELECT value FROM json_each(?)) ORDER BY run_id, key',
    )
    .all(JSON.stringify(ids));
}

/** All points of one series, in the order they were logged. */
export function readPoints(store: Store, seriesId: number): Points {
  const chunks = store
    .prepare<[number], ChunkRecord>('SELECT * FROM metric_chunks WHERE series_id = ? ORDER BY seq')
    .all(seriesId);
  return concatenate(
    chunks.map((chunk) => ({
      steps: toFloats(chunk.steps),
      times: toFloats(chunk.times),
      values: toFloats(chunk.points),
    })),
  );
}

/** Appends to one series, creating it when it is new. Call inside a transaction. */
export function appendPoints(store: Store, runId: string, key: string, added: Points): void {
  if (added.values.length === 0) return;
  const series =
    store
      .prepare<[string, string], SeriesRecord>(
        'SELECT * FROM metric_series WHERE run_id = ? AND key = ?',
      )
      .get(runId, key) ??
    store
      .prepare<[string, string], SeriesRecord>(
        'INSERT INTO metric_series (run_id, key) VALUES (?, ?) RETURNING *',
      )
      .get(runId, key);
  if (series === undefined) throw new Error(`no series for ${key}`);
  writeChunks(store, series.id, added);
  store
    .prepare(
      `UPDATE metric_series SET count = @count, last = @last, last_step = @last_step,
         min = @min, max = @max WHERE id = @id`,
    )
    .run({ ...summarise(series, added), id: series.id });
}

/** Forgets one series, for a metrics file that was written anew. */
export function deleteSeries(store: Store, runId: string, key: string): void {
  store.prepare('DELETE FROM metric_series WHERE run_id = ? AND key = ?').run(runId, key);
}

function writeChunks(store: Store, seriesId: number, added: Points): void {
  const open = store
    .prepare<[number], ChunkRecord>(
      'SELECT * FROM metric_chunks WHERE series_id = ? ORDER BY seq DESC LIMIT 1',
    )
    .get(seriesId);
  const room = open !== undefined && open.count < chunkPoints;
  let points = added;
  if (room) {
    points = concatenate([
      { steps: toFloats(open.steps), times: toFloats(open.times), values: toFloats(open.points) },
      added,
    ]);
  }
  let seq = room ? open.seq : (open?.seq ?? -1) + 1;
  const insert = store.prepare(
    'INSERT OR REPLACE INTO metric_chunks (series_id, seq, count, steps, times, points) VALUES (?, ?, ?, ?, ?, ?)',
  );
  for (let from = 0; from < points.values.length; from += chunkPoints) {
    const to = Math.min(points.values.length, from + chunkPoints);
    insert.run(
      seriesId,
      seq,
      to - from,
      toBytes(points.steps.subarray(from, to)),
      toBytes(points.times.subarray(from, to)),
      toBytes(points.values.subarray(from, to)),
    );
    seq += 1;
  }
}

/** NaN takes no part in min and max; the last value is that of the highest step. */
function summarise(
  before: SeriesRecord,
  added: Points,
): Pick<SeriesRecord, 'count' | 'last' | 'last_step' | 'min' | 'max'> {
  let { last, last_step: lastStep, min, max } = before;
  added.values.forEach((value, index) => {
    const step = added.steps[index] as number;
    if (lastStep === null || !(step < lastStep)) {
      last = Number.isNaN(value) ? null : value;
      lastStep = step;
    }
    if (Number.isNaN(value)) return;
    if (min === null || value < min) min = value;
    if (max === null || value > max) max = value;
  });
  return { count: before.count + added.values.length, last, last_step: lastStep, min, max };
}

function concatenate(parts: readonly Points[]): Points {
  const length = parts.reduce((sum, part) => sum + part.values.length, 0);
  const all = {
    steps: new Float64Array(length),
    times: new Float64Array(length),
    values: new Float64Array(length),
  };
  let at = 0;
  for (const part of parts) {
    all.steps.set(part.steps, at);
    all.times.set(part.times, at);
    all.values.set(part.values, at);
    at += part.values.length;
  }
  return all;
}

/** Every machine that Node runs on is little-endian, as the format is. */
function toBytes(column: Float64Array): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
}

function toFloats(bytes: Uint8Array): Float64Array<ArrayBuffer> {
  // SQLite's blobs need not be aligned to 8 bytes.
  return new Float64Array(bytes.slice().buffer);
}

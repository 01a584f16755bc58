/** Queries over what clients logged: one run's params and tags, many runs' at once. */
import { findNameId } from './names.ts';
import type { RunRecord } from './runs.ts';
import type { Store } from './store.ts';

export function readRunRecord(store: Store, id: string): RunRecord | undefined {
  return store.prepare<[string], RunRecord>('SELECT * FROM runs WHERE id = ?').get(id);
}

/** Runs by `seq`, in that order; those that are gone are left out. */
export function readRunsBySeq(store: Store, seqs: readonly number[]): RunRecord[] {
  return store
    .prepare<[string], RunRecord>(
      'SELECT r.* FROM json_each(?) j JOIN runs r ON r.seq = j.value ORDER BY j.key',
    )
    .all(JSON.stringify(seqs));
}

/** A row of a run's params, tags or metrics, with the run it belongs to. */
export interface OwnedPair {
  run: number;
  key: string;
  value: string;
}

/** Params of some runs. A key of a file other than the main one is `file:key`; what was logged wins. */
export function readParamsOf(store: Store, seqs: readonly number[]): OwnedPair[] {
  return store
    .prepare<[string], OwnedPair>(
      `SELECT p.run, CASE WHEN p.file IN ('', 'params.yaml') THEN n.name ELSE p.file || ':' || n.name END AS key, p.value
       FROM params p JOIN names n ON n.id = p.name
       WHERE p.run IN (SELECT value FROM json_each(?)) ORDER BY p.run, p.file DESC, n.name`,
    )
    .all(JSON.stringify(seqs));
}

export function readTagsOf(store: Store, seqs: readonly number[]): OwnedPair[] {
  return store
    .prepare<[string], OwnedPair>(
      `SELECT t.run, n.name AS key, t.value FROM tags t JOIN names n ON n.id = t.name
       WHERE t.run IN (SELECT value FROM json_each(?)) ORDER BY t.run, n.name`,
    )
    .all(JSON.stringify(seqs));
}

export interface LatestMetric {
  run: number;
  key: string;
  /** NULL is NaN. */
  value: number | null;
  time: number;
  step: number;
}

/** The latest value of every series of some runs. */
export function readLatestOf(store: Store, seqs: readonly number[]): LatestMetric[] {
  return store
    .prepare<[string], LatestMetric>(
      `SELECT s.run, n.name AS key, s.last AS value, s.last_time AS time, s.last_step AS step
       FROM metric_series s JOIN names n ON n.id = s.name
       WHERE s.run IN (SELECT value FROM json_each(?)) AND s.count > 0 ORDER BY s.run, n.name`,
    )
    .all(JSON.stringify(seqs));
}

/** A param that a client logged, as opposed to one from a file of the workspace. */
export function readLoggedParam(store: Store, run: number, key: string): string | undefined {
  const name = findNameId(store, key);
  if (name === null) return undefined;
  return store
    .prepare<[number, number], { value: string }>(
      `SELECT value FROM params WHERE run = ? AND name = ? AND file = ''`,
    )
    .get(run, name)?.value;
}

export function readTag(store: Store, run: number, key: string): string | undefined {
  const name = findNameId(store, key);
  if (name === null) return undefined;
  return store
    .prepare<[number, number], { value: string }>(
      'SELECT value FROM tags WHERE run = ? AND name = ?',
    )
    .get(run, name)?.value;
}

/** @returns whether it was there */
export function deleteTag(store: Store, run: number, key: string): boolean {
  const name = findNameId(store, key);
  if (name === null) return false;
  return store.prepare('DELETE FROM tags WHERE run = ? AND name = ?').run(run, name).changes > 0;
}

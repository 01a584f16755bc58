/** Queries over what clients logged: one run's params and tags, many runs' at once. */
import { findNameId, nameReader } from './names.ts';
import { noteReworded } from './run-text.ts';
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
  const name = nameReader(store);
  // In the order of the primary key a param that was logged comes right before its namesakes.
  const rows = store
    .prepare<[string], [number, number, string, string]>(
      `SELECT run, name, file, value FROM params
       WHERE run IN (SELECT value FROM json_each(?)) ORDER BY run, name, file`,
    )
    .raw()
    .all(JSON.stringify(seqs));
  const pairs: OwnedPair[] = [];
  let [loggedRun, loggedName] = [-1, -1];
  for (const [run, id, file, value] of rows) {
    if (file === '') [loggedRun, loggedName] = [run, id];
    else if (file === 'params.yaml' && run === loggedRun && id === loggedName) continue;
    const isMain = file === '' || file === 'params.yaml';
    pairs.push({ run, key: isMain ? name(id) : `${file}:${name(id)}`, value });
  }
  return pairs;
}

export function readTagsOf(store: Store, seqs: readonly number[]): OwnedPair[] {
  const name = nameReader(store);
  return store
    .prepare<[string], [number, number, string]>(
      'SELECT run, name, value FROM tags WHERE run IN (SELECT value FROM json_each(?)) ORDER BY run, name',
    )
    .raw()
    .all(JSON.stringify(seqs))
    .map(([run, id, value]) => ({ run, key: name(id), value }));
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
  const name = nameReader(store);
  return store
    .prepare<[string], [number, number, number | null, number, number]>(
      `SELECT run, name, last, last_time, last_step FROM metric_series
       WHERE run IN (SELECT value FROM json_each(?)) AND count > 0 ORDER BY run, name`,
    )
    .raw()
    .all(JSON.stringify(seqs))
    .map(([run, id, value, time, step]) => ({ run, key: name(id), value, time, step }));
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
  noteReworded(store, run);
  return store.prepare('DELETE FROM tags WHERE run = ? AND name = ?').run(run, name).changes > 0;
}

/** Queries that read a few keys of many runs: what a table shows, and what it is grouped by. */
import { findNameId } from './names.ts';
import type { NumberedRunRecord } from './runs.ts';
import type { Store } from './store.ts';

export interface SummaryRecord {
  readonly run: number;
  readonly key: string;
  readonly count: number;
  readonly last: number | null;
  readonly last_step: number | null;
  readonly min: number | null;
  readonly max: number | null;
}

/** Numbers of the keys that exist, as JSON, and back. */
function namesOf(store: Store, keys: readonly string[]) {
  const keyOf = new Map<number, string>();
  for (const key of keys) {
    const id = findNameId(store, key);
    if (id !== null) keyOf.set(id, key);
  }
  return { keyOf, json: JSON.stringify([...keyOf.keys()]) };
}

const eachRun = 'json_each(?) j CROSS JOIN';

/** Summaries of some metrics of some runs; nothing for runs that lack one. */
export function* readSummaries(
  store: Store,
  seqs: readonly number[],
  keys: readonly string[],
): Generator<SummaryRecord> {
  const { keyOf, json } = namesOf(store, keys);
  if (keyOf.size === 0) return;
  type Row = [number, number, number, number | null, number | null, number | null, number | null];
  const rows = store
    .prepare<[string, string], Row>(
      `SELECT s.run, s.name, s.count, s.last, s.last_step, s.min, s.max
       FROM ${eachRun} metric_series s ON s.run = j.value
       WHERE s.name IN (SELECT value FROM json_each(?))`,
    )
    .raw()
    .all(JSON.stringify(seqs), json) as Row[];
  for (const [run, name, count, last, last_step, min, max] of rows) {
    yield { run, key: keyOf.get(name) as string, count, last, last_step, min, max };
  }
}

/** Values of some params of some runs; of one run and key by file, the logged one first. */
export function* readParamValues(
  store: Store,
  seqs: readonly number[],
  keys: readonly string[],
): Generator<{ run: number; key: string; file: string; value: string }> {
  const { keyOf, json } = namesOf(store, keys);
  if (keyOf.size === 0) return;
  type Row = [number, number, string, string];
  const rows = store
    .prepare<[string, string], Row>(
      `SELECT p.run, p.name, p.file, p.value FROM ${eachRun} params p ON p.run = j.value
       WHERE p.name IN (SELECT value FROM json_each(?))`,
    )
    .raw()
    .all(JSON.stringify(seqs), json) as Row[];
  for (const [run, name, file, value] of rows) {
    yield { run, key: keyOf.get(name) as string, file, value };
  }
}

/** Values of some tags of some runs. */
export function* readTagValues(
  store: Store,
  seqs: readonly number[],
  keys: readonly string[],
): Generator<{ run: number; key: string; value: string }> {
  const { keyOf, json } = namesOf(store, keys);
  if (keyOf.size === 0) return;
  type Row = [number, number, string];
  const rows = store
    .prepare<[string, string], Row>(
      `SELECT t.run, t.name, t.value FROM ${eachRun} tags t ON t.run = j.value
       WHERE t.name IN (SELECT value FROM json_each(?))`,
    )
    .raw()
    .all(JSON.stringify(seqs), json) as Row[];
  for (const [run, name, value] of rows) yield { run, key: keyOf.get(name) as string, value };
}

/** `seq` and the values of some expressions over `runs r JOIN experiments e`. */
export function readAttributes(
  store: Store,
  seqs: readonly number[],
  expressions: readonly string[],
): [number, ...(string | number | null)[]][] {
  type Row = [number, ...(string | number | null)[]];
  return store.db
    .prepare<[string], Row>(
      `SELECT r.seq, ${expressions.join(', ')} FROM ${eachRun} runs r ON r.seq = j.value
       JOIN experiments e ON e.id = r.experiment_id`,
    )
    .raw()
    .all(JSON.stringify(seqs)) as Row[];
}

/** What every row of a table says of its run. */
export type RunHead = Pick<
  NumberedRunRecord,
  | 'seq'
  | 'id'
  | 'experiment_id'
  | 'experiment_number'
  | 'experiment_name'
  | 'number'
  | 'name'
  | 'status'
  | 'kind'
  | 'created_at'
  | 'started_at'
  | 'ended_at'
  | 'heard_at'
  | 'starred'
>;

/** Runs by id, in that order; those that are gone are left out. */
export function readHeads(store: Store, ids: readonly string[]): RunHead[] {
  return store
    .prepare<[string], RunHead>(
      `SELECT r.seq, r.id, r.experiment_id, e.number AS experiment_number, e.name AS experiment_name,
         r.number, r.name, r.status, r.kind, r.created_at, r.started_at, r.ended_at, r.heard_at,
         r.starred
       FROM ${eachRun} runs r ON r.id = j.value JOIN experiments e ON e.id = r.experiment_id
       ORDER BY j.key`,
    )
    .all(JSON.stringify(ids));
}

/** `seq` of runs by id, in that order; those that are gone are left out. */
export function readSeqs(store: Store, ids: readonly string[]): { id: string; seq: number }[] {
  return store
    .prepare<[string], { id: string; seq: number }>(
      `SELECT r.id, r.seq FROM ${eachRun} runs r ON r.id = j.value ORDER BY j.key`,
    )
    .all(JSON.stringify(ids));
}

/** Of some runs those that are nested in another, with that one's id. */
export function readParents(store: Store, seqs: readonly number[]): Map<number, string> {
  const rows = store
    .prepare<[string], [number, string]>(
      `SELECT r.seq, r.parent_id FROM runs r
       WHERE r.parent_id IS NOT NULL AND r.seq IN (SELECT value FROM json_each(?))`,
    )
    .raw()
    .all(JSON.stringify(seqs)) as [number, string][];
  return new Map(rows);
}

/**
 * All params of some runs but those of some keys, as one text for each run; runs without any are
 * left out. The text is the same for the same params, whatever was written first.
 */
export function readParamTexts(
  store: Store,
  seqs: readonly number[],
  without: readonly number[],
): Map<number, string> {
  const rows = store
    .prepare<[{ seqs: string; without: string }], [number, string | null]>(
      `SELECT j.value, (SELECT group_concat(text, char(30)) FROM (
         SELECT p.name || char(31) || p.file || char(31) || p.value AS text FROM params p
         WHERE p.run = j.value AND p.name NOT IN (SELECT value FROM json_each(@without))
         ORDER BY p.name, p.file))
       FROM json_each(@seqs) j`,
    )
    .raw()
    .all({ seqs: JSON.stringify(seqs), without: JSON.stringify(without) }) as [
    number,
    string | null,
  ][];
  return new Map(rows.flatMap(([seq, text]) => (text === null ? [] : [[seq, text] as const])));
}

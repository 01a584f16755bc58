/** Writing runs that other tools logged. Call everything here inside a transaction. */

import { noteReworded } from './run-text.ts';
import type { RunRecord } from './runs.ts';
import type { Store } from './store.ts';

/** The columns that another tool can say something about. */
export type ImportedRunRecord = Pick<
  RunRecord,
  | 'id'
  | 'experiment_id'
  | 'number'
  | 'name'
  | 'status'
  | 'command'
  | 'created_at'
  | 'started_at'
  | 'ended_at'
  | 'note'
  | 'deleted_at'
  | 'snapshot'
  | 'dirty_files'
  | 'base_commit'
  | 'user_name'
  | 'notebook'
  | 'artifact_root'
>;

/** @returns the run's seq */
export function insertImportedRun(store: Store, run: ImportedRunRecord): number {
  return Number(
    store
      .prepare(
        `INSERT INTO runs (id, experiment_id, number, name, status, kind, spec, command, created_at,
           started_at, ended_at, note, deleted_at, snapshot, dirty_files, base_commit, user_name,
           notebook, artifact_root)
         VALUES (@id, @experiment_id, @number, @name, @status, 'imported', '', @command, @created_at,
           @started_at, @ended_at, @note, @deleted_at, @snapshot, @dirty_files, @base_commit, @user_name,
           @notebook, @artifact_root)`,
      )
      .run(run).lastInsertRowid,
  );
}

/** An experiment of this name that is not in the trash; the one with the lowest number. */
export function findExperimentByName(store: Store, name: string): string | undefined {
  return store
    .prepare<[string], { id: string }>(
      'SELECT id FROM experiments WHERE name = ? AND deleted_at IS NULL ORDER BY number LIMIT 1',
    )
    .get(name)?.id;
}

/** Sets a param or tag that the run does not have yet. */
export function addParam(
  store: Store,
  run: number,
  name: number,
  file: string,
  value: string,
): void {
  noteReworded(store, run);
  store
    .prepare('INSERT OR IGNORE INTO params (run, name, file, value) VALUES (?, ?, ?, ?)')
    .run(run, name, file, value);
}

export function addTag(store: Store, run: number, name: number, value: string): void {
  noteReworded(store, run);
  store
    .prepare('INSERT OR IGNORE INTO tags (run, name, value) VALUES (?, ?, ?)')
    .run(run, name, value);
}

/** The id of a run's series of a name, if it has one. */
export function findSeries(store: Store, run: number, name: number): number | undefined {
  return store
    .prepare<[number, number], { id: number }>(
      'SELECT id FROM metric_series WHERE run = ? AND name = ?',
    )
    .get(run, name)?.id;
}

/** Whether more than one source has this run, or one that it was not made from. */
export function isShared(store: Store, runId: string): boolean {
  return (
    (store
      .prepare<[string], { n: number }>(
        'SELECT count(*) + max(secondary) AS n FROM run_sources WHERE run_id = ?',
      )
      .get(runId)?.n ?? 0) > 1
  );
}

/** Numbers of the given runs and experiments, with when each began. */
export function readOrder(
  store: Store,
  ids: readonly string[],
): { id: string; experiment_id: string; number: number; at: number }[] {
  return store
    .prepare<[string], { id: string; experiment_id: string; number: number; at: number }>(
      `SELECT id, experiment_id, number, coalesce(started_at, created_at) AS at FROM runs
       WHERE id IN (SELECT value FROM json_each(?)) ORDER BY at, id`,
    )
    .all(JSON.stringify(ids));
}

export function readExperimentOrder(
  store: Store,
  ids: readonly string[],
): { id: string; number: number }[] {
  return store
    .prepare<[string], { id: string; number: number }>(
      `SELECT e.id, e.number FROM experiments e LEFT JOIN runs r ON r.experiment_id = e.id
       WHERE e.id IN (SELECT value FROM json_each(?))
       GROUP BY e.id ORDER BY min(coalesce(r.started_at, r.created_at)) IS NULL,
         min(coalesce(r.started_at, r.created_at)), e.number`,
    )
    .all(JSON.stringify(ids));
}

/** Gives runs other numbers within their experiments; the numbers are unique at every moment. */
export function renumberRuns(
  store: Store,
  changes: readonly { id: string; number: number }[],
): void {
  const set = store.prepare('UPDATE runs SET number = ? WHERE id = ?');
  for (const { id, number } of changes) set.run(-number, id);
  for (const { id, number } of changes) set.run(number, id);
}

export function renumberExperiments(
  store: Store,
  changes: readonly { id: string; number: number }[],
): void {
  const set = store.prepare('UPDATE experiments SET number = ? WHERE id = ?');
  for (const { id, number } of changes) set.run(-number, id);
  for (const { id, number } of changes) set.run(number, id);
}

/** Notes where something to look at lies; `at` -1 is the whole file. The same again is ignored. */
export function addMedia(
  store: Store,
  run: number,
  media: {
    readonly name: number;
    readonly step: number;
    readonly path: string;
    readonly at: number;
    readonly length: number | null;
    readonly kind: string;
    readonly time: number;
  },
): void {
  store
    .prepare(
      `INSERT OR IGNORE INTO media (run, name, step, path, at, length, kind, time)
       VALUES (@run, @name, @step, @path, @at, @length, @kind, @time)`,
    )
    .run({ ...media, run });
}

/** Notes that a run read a dataset, which is written once per experiment. */
export function addDataset(
  store: Store,
  run: number,
  experimentId: string,
  dataset: {
    readonly name: string;
    readonly digest: string;
    readonly sourceType: string;
    readonly source: string;
    readonly schema?: string | null;
    readonly profile?: string | null;
    readonly tags?: Readonly<Record<string, string>>;
  },
): void {
  store
    .prepare(
      `INSERT OR IGNORE INTO datasets (experiment_id, name, digest, source_type, source, schema, profile)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      experimentId,
      dataset.name,
      dataset.digest,
      dataset.sourceType,
      dataset.source,
      dataset.schema ?? null,
      dataset.profile ?? null,
    );
  store
    .prepare(
      `INSERT OR IGNORE INTO run_datasets (run, dataset_id, tags)
       SELECT ?, id, ? FROM datasets WHERE experiment_id = ? AND name = ? AND digest = ?`,
    )
    .run(run, JSON.stringify(dataset.tags ?? {}), experimentId, dataset.name, dataset.digest);
}

/** Queries over runs, their params and tags. */
import { nameId } from './names.ts';
import { noteReworded } from './run-text.ts';
import type { Store } from './store.ts';

/** A row of `runs`; see the migration for what the columns mean. */
export interface RunRecord {
  /** What params, tags and metrics refer to. */
  seq: number;
  id: string;
  experiment_id: string;
  number: number;
  name: string;
  status: string;
  kind: string;
  parent_id: string | null;
  spec: string;
  command: string;
  cwd: string;
  created_at: number;
  started_at: number | null;
  ended_at: number | null;
  exit_code: number | null;
  error: string | null;
  note: string;
  starred: number;
  deleted_at: number | null;
  snapshot: string | null;
  base_commit: string | null;
  branch: string | null;
  dirty_files: string;
  large_files: string;
  environment_id: string | null;
  runner_pid: number | null;
  runner_started: string | null;
  stop_requested_at: number | null;
  peak_memory: number | null;
  cpu_seconds: number | null;
  user_name: string;
  notebook: string | null;
  logged_status: string | null;
  heard_at: number | null;
  artifact_root: string | null;
}

/** A run with its experiment's number and name. */
export interface NumberedRunRecord extends RunRecord {
  experiment_number: number;
  experiment_name: string;
}

export interface ParamRecord {
  file: string;
  key: string;
  value: string;
}

const numbered = `SELECT r.*, e.number AS experiment_number, e.name AS experiment_name
  FROM runs r JOIN experiments e ON e.id = r.experiment_id`;

export function readRun(store: Store, id: string): NumberedRunRecord | undefined {
  return store.prepare<[string], NumberedRunRecord>(`${numbered} WHERE r.id = ?`).get(id);
}

/** Runs not in the trash, the highest numbers first. */
export function readRuns(
  store: Store,
  filter: { experimentId: string | null; limit: number },
): NumberedRunRecord[] {
  return store
    .prepare<unknown[], NumberedRunRecord>(
      `${numbered} WHERE r.deleted_at IS NULL
         AND (@experiment IS NULL OR r.experiment_id = @experiment)
       ORDER BY e.number DESC, r.number DESC LIMIT @limit`,
    )
    .all({ experiment: filter.experimentId, limit: filter.limit });
}

/** Runs by id, in that order; those that are gone are left out. */
export function readRunsById(store: Store, ids: readonly string[]): NumberedRunRecord[] {
  return store
    .prepare<[string], NumberedRunRecord>(
      `SELECT r.*, e.number AS experiment_number, e.name AS experiment_name
       FROM json_each(?) j CROSS JOIN runs r ON r.id = j.value
         JOIN experiments e ON e.id = r.experiment_id
       ORDER BY j.key`,
    )
    .all(JSON.stringify(ids));
}

export function countRuns(store: Store): { runs: number; running: number } {
  return store
    .prepare<[], { runs: number; running: number }>(
      `SELECT count(*) AS runs, count(CASE WHEN status IN ('RUNNING','SCHEDULED') THEN 1 END) AS running
       FROM runs WHERE deleted_at IS NULL`,
    )
    .get() as { runs: number; running: number };
}

export function readRunByLabel(
  store: Store,
  experiment: number,
  number: number,
): NumberedRunRecord | undefined {
  return store
    .prepare<[number, number], NumberedRunRecord>(`${numbered} WHERE e.number = ? AND r.number = ?`)
    .get(experiment, number);
}

/** At most two ids that begin with `prefix`: enough to tell unique from ambiguous. */
export function readIdsByPrefix(store: Store, prefix: string): string[] {
  return store
    .prepare<[string, string], { id: string }>(
      'SELECT id FROM runs WHERE id >= ? AND id < ? ORDER BY id LIMIT 2',
    )
    .all(prefix, `${prefix}g`)
    .map((row) => row.id);
}

/** The run numbered next below in the same experiment. */
export function readPrevious(
  store: Store,
  experimentId: string,
  number: number,
): NumberedRunRecord | undefined {
  return store
    .prepare<[string, number], NumberedRunRecord>(
      `${numbered} WHERE r.experiment_id = ? AND r.number < ? AND r.deleted_at IS NULL
       ORDER BY r.number DESC LIMIT 1`,
    )
    .get(experimentId, number);
}

/** The run of a kind that was created last. */
export function readLatestRunId(store: Store, kind: string): string | undefined {
  return store
    .prepare<[string], { id: string }>(
      'SELECT id FROM runs WHERE kind = ? AND deleted_at IS NULL ORDER BY created_at DESC LIMIT 1',
    )
    .get(kind)?.id;
}

/** Runs that a runner should be seeing to; those that others log have none. */
export function readUnfinishedRuns(store: Store): RunRecord[] {
  return store
    .prepare<[], RunRecord>(
      `SELECT * FROM runs WHERE status IN ('RUNNING','SCHEDULED') AND kind NOT IN ('imported', 'logged')`,
    )
    .all();
}

export function insertRun(
  store: Store,
  run: Pick<
    RunRecord,
    | 'id'
    | 'experiment_id'
    | 'number'
    | 'name'
    | 'status'
    | 'kind'
    | 'parent_id'
    | 'spec'
    | 'command'
    | 'cwd'
    | 'created_at'
    | 'note'
  >,
): void {
  store
    .prepare(
      `INSERT INTO runs (id, experiment_id, number, name, status, kind, parent_id, spec, command, cwd, created_at, note)
       VALUES (@id, @experiment_id, @number, @name, @status, @kind, @parent_id, @spec, @command, @cwd, @created_at, @note)`,
    )
    .run(run);
}

/** Columns a writer may set one by one. */
export type RunChange = Partial<
  Omit<RunRecord, 'seq' | 'id' | 'experiment_id' | 'number' | 'created_at'>
>;

/** @returns whether the run exists. */
export function updateRun(store: Store, id: string, change: RunChange): boolean {
  const columns = Object.keys(change);
  if (columns.length === 0) return true;
  const assignments = columns.map((column) => `${column} = @${column}`).join(', ');
  return (
    store.prepare(`UPDATE runs SET ${assignments} WHERE id = @id`).run({ ...change, id }).changes >
    0
  );
}

/** The number that params, tags and metrics refer to a run by. */
export function readSeq(store: Store, id: string): number | undefined {
  return store.prepare<[string], { seq: number }>('SELECT seq FROM runs WHERE id = ?').get(id)?.seq;
}

/** Params of each run as objects; a key from a file other than the main one is `file:key`. */
export function readParamObjects(
  store: Store,
  ids: readonly string[],
): Map<string, Record<string, string>> {
  const rows = store
    .prepare<[string], { id: string; json: string }>(
      `SELECT r.id AS id,
         json_group_object(CASE WHEN p.file IN ('', 'params.yaml') THEN n.name ELSE p.file || ':' || n.name END, p.value) AS json
       FROM runs r JOIN params p ON p.run = r.seq JOIN names n ON n.id = p.name
       WHERE r.id IN (SELECT value FROM json_each(?)) GROUP BY r.seq`,
    )
    .all(JSON.stringify(ids));
  return new Map(rows.map((row) => [row.id, JSON.parse(row.json) as Record<string, string>]));
}

export function readParams(store: Store, id: string): ParamRecord[] {
  return store
    .prepare<[string], ParamRecord>(
      `SELECT p.file, n.name AS key, p.value FROM params p JOIN names n ON n.id = p.name
       WHERE p.run = (SELECT seq FROM runs WHERE id = ?) ORDER BY p.file, n.name`,
    )
    .all(id);
}

/** Call inside a transaction. */
export function upsertParam(store: Store, run: number, param: ParamRecord): void {
  noteReworded(store, run);
  store
    .prepare(
      `INSERT INTO params (run, name, file, value) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET value = excluded.value`,
    )
    .run(run, nameId(store, param.key), param.file, param.value);
}

export function readTags(store: Store, id: string): Record<string, string> {
  const rows = store
    .prepare<[string], { key: string; value: string }>(
      `SELECT n.name AS key, t.value FROM tags t JOIN names n ON n.id = t.name
       WHERE t.run = (SELECT seq FROM runs WHERE id = ?) ORDER BY n.name`,
    )
    .all(id);
  return Object.fromEntries(rows.map((row) => [row.key, row.value]));
}

/** Call inside a transaction. */
export function upsertTag(store: Store, run: number, key: string, value: string): void {
  noteReworded(store, run);
  store
    .prepare(
      `INSERT INTO tags (run, name, value) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET value = excluded.value`,
    )
    .run(run, nameId(store, key), value);
}

/** Stores an environment once, however many runs saw it. */
export function upsertEnvironment(store: Store, id: string, json: string): void {
  store.prepare('INSERT OR IGNORE INTO environments (id, json) VALUES (?, ?)').run(id, json);
}

export function readEnvironment(store: Store, id: string): string | undefined {
  return store
    .prepare<[string], { json: string }>('SELECT json FROM environments WHERE id = ?')
    .get(id)?.json;
}

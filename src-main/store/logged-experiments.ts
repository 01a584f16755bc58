/** Queries over experiments as MLflow's clients see them: with tags, deleted ones too. */
import type { Store } from './store.ts';

export interface LoggedExperimentRecord {
  id: string;
  number: number;
  name: string;
  note: string;
  created_at: number;
  /** 0 when it was never changed. */
  updated_at: number;
  deleted_at: number | null;
}

const columns = 'id, number, name, note, created_at, updated_at, deleted_at';

export function readLoggedExperiment(store: Store, id: string): LoggedExperimentRecord | undefined {
  return store
    .prepare<[string], LoggedExperimentRecord>(`SELECT ${columns} FROM experiments WHERE id = ?`)
    .get(id);
}

/** The experiment of a name; one that is not deleted before one that is. */
export function readExperimentByName(
  store: Store,
  name: string,
): LoggedExperimentRecord | undefined {
  return store
    .prepare<[string], LoggedExperimentRecord>(
      `SELECT ${columns} FROM experiments WHERE name = ?
       ORDER BY deleted_at IS NOT NULL, created_at LIMIT 1`,
    )
    .get(name);
}

export function readLoggedExperiments(store: Store): LoggedExperimentRecord[] {
  return store
    .prepare<[], LoggedExperimentRecord>(`SELECT ${columns} FROM experiments ORDER BY number`)
    .all();
}

export function changeExperiment(
  store: Store,
  id: string,
  change: Partial<Pick<LoggedExperimentRecord, 'name' | 'note' | 'updated_at' | 'deleted_at'>>,
): void {
  const assignments = Object.keys(change).map((column) => `${column} = @${column}`);
  store
    .prepare(`UPDATE experiments SET ${assignments.join(', ')} WHERE id = @id`)
    .run({ ...change, id });
}

/** Tags by experiment. */
export function readExperimentTags(
  store: Store,
  ids: readonly string[],
): Map<string, Record<string, string>> {
  const rows = store
    .prepare<[string], { id: string; key: string; value: string }>(
      `SELECT experiment_id AS id, key, value FROM experiment_tags
       WHERE experiment_id IN (SELECT value FROM json_each(?)) ORDER BY key`,
    )
    .all(JSON.stringify(ids));
  const found = new Map<string, Record<string, string>>();
  for (const { id, key, value } of rows) {
    const tags = found.get(id) ?? {};
    tags[key] = value;
    found.set(id, tags);
  }
  return found;
}

export function upsertExperimentTag(store: Store, id: string, key: string, value: string): void {
  store
    .prepare(
      `INSERT INTO experiment_tags (experiment_id, key, value) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET value = excluded.value`,
    )
    .run(id, key, value);
}

/** @returns whether it was there */
export function deleteExperimentTag(store: Store, id: string, key: string): boolean {
  return (
    store.prepare('DELETE FROM experiment_tags WHERE experiment_id = ? AND key = ?').run(id, key)
      .changes > 0
  );
}

/** Puts the runs of an experiment that are not in the trash there, all at the same moment. */
export function trashRunsOf(store: Store, experimentId: string, at: number): void {
  store
    .prepare('UPDATE runs SET deleted_at = ? WHERE experiment_id = ? AND deleted_at IS NULL')
    .run(at, experimentId);
}

/** Takes those back that went with their experiment at that moment. */
export function restoreRunsOf(store: Store, experimentId: string, at: number): void {
  store
    .prepare('UPDATE runs SET deleted_at = NULL WHERE experiment_id = ? AND deleted_at = ?')
    .run(experimentId, at);
}

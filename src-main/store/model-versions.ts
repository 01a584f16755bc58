/** Queries over the versions of registered models. */
import type { Store } from './store.ts';

export interface ModelVersionRecord {
  name: string;
  version: number;
  description: string;
  user_name: string;
  stage: string;
  source: string;
  storage_location: string | null;
  run_id: string | null;
  run_link: string | null;
  model_id: string | null;
  status: string;
  status_message: string;
  created_at: number;
  updated_at: number;
}

/** The number of the next version: no number is given twice, not even that of a deleted version. */
export function takeVersionNumber(store: Store, name: string): number {
  const row = store
    .prepare<[string], { last: number }>(
      `INSERT INTO model_version_counters (name, last) VALUES (?, 1)
       ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last`,
    )
    .get(name);
  return row?.last ?? 1;
}

export function insertModelVersion(store: Store, version: ModelVersionRecord): void {
  store
    .prepare(
      `INSERT INTO model_versions (name, version, description, user_name, stage, source,
         storage_location, run_id, run_link, model_id, status, status_message, created_at, updated_at)
       VALUES (@name, @version, @description, @user_name, @stage, @source,
         @storage_location, @run_id, @run_link, @model_id, @status, @status_message, @created_at, @updated_at)`,
    )
    .run(version);
}

export function readModelVersion(
  store: Store,
  name: string,
  version: number,
): ModelVersionRecord | undefined {
  return store
    .prepare<[string, number], ModelVersionRecord>(
      'SELECT * FROM model_versions WHERE name = ? AND version = ?',
    )
    .get(name, version);
}

/** Every version of every model. */
export function readModelVersions(store: Store): ModelVersionRecord[] {
  return store
    .prepare<[], ModelVersionRecord>('SELECT * FROM model_versions ORDER BY name, version DESC')
    .all();
}

/** Of each stage of some models the newest version. */
export function readLatestVersions(store: Store, names: readonly string[]): ModelVersionRecord[] {
  return store
    .prepare<[string], ModelVersionRecord>(
      `SELECT v.* FROM model_versions v
       JOIN (SELECT name, stage, max(version) AS version FROM model_versions
             WHERE name IN (SELECT value FROM json_each(?)) GROUP BY name, stage) latest
         ON latest.name = v.name AND latest.version = v.version
       ORDER BY v.name, v.version`,
    )
    .all(JSON.stringify(names));
}

export interface RegistrationRecord {
  name: string;
  version: number;
  run_id: string | null;
  model_id: string | null;
}

/** The versions that logged models became. */
export function readVersionsOfModels(
  store: Store,
  modelIds: readonly string[],
): RegistrationRecord[] {
  return store
    .prepare<[string], RegistrationRecord>(
      `SELECT name, version, run_id, model_id FROM model_versions
       WHERE model_id IN (SELECT value FROM json_each(?)) ORDER BY created_at, name, version`,
    )
    .all(JSON.stringify(modelIds));
}

/** The versions that were made from a run. */
export function readVersionsOfRun(store: Store, runId: string): ModelVersionRecord[] {
  return store
    .prepare<[string], ModelVersionRecord>(
      'SELECT * FROM model_versions WHERE run_id = ? ORDER BY name, version',
    )
    .all(runId);
}

export function changeModelVersion(
  store: Store,
  name: string,
  version: number,
  change: Partial<Pick<ModelVersionRecord, 'description' | 'stage' | 'updated_at'>>,
): void {
  const assignments = Object.keys(change).map((column) => `${column} = @${column}`);
  store
    .prepare(
      `UPDATE model_versions SET ${assignments.join(', ')} WHERE name = @name AND version = @version`,
    )
    .run({ ...change, name, version });
}

/** Moves every other version of a stage to another one. */
export function moveOthersOfStage(
  store: Store,
  move: { name: string; version: number; from: string; to: string; at: number },
): void {
  store
    .prepare(
      `UPDATE model_versions SET stage = @to, updated_at = @at
       WHERE name = @name AND version != @version AND stage = @from`,
    )
    .run(move);
}

/** With its tags and aliases. */
export function deleteModelVersion(store: Store, name: string, version: number): void {
  store.prepare('DELETE FROM model_versions WHERE name = ? AND version = ?').run(name, version);
}

export interface VersionPair {
  name: string;
  version: number;
  key: string;
  value: string;
}

/** Tags of every version of some models. */
export function readVersionTags(store: Store, names: readonly string[]): VersionPair[] {
  return store
    .prepare<[string], VersionPair>(
      `SELECT name, version, key, value FROM model_version_tags
       WHERE name IN (SELECT value FROM json_each(?)) ORDER BY name, version, key`,
    )
    .all(JSON.stringify(names));
}

export function upsertVersionTag(store: Store, tag: VersionPair): void {
  store
    .prepare(
      `INSERT INTO model_version_tags (name, version, key, value)
       VALUES (@name, @version, @key, @value)
       ON CONFLICT DO UPDATE SET value = excluded.value`,
    )
    .run(tag);
}

export function deleteVersionTag(store: Store, name: string, version: number, key: string): void {
  store
    .prepare('DELETE FROM model_version_tags WHERE name = ? AND version = ? AND key = ?')
    .run(name, version, key);
}

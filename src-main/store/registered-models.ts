/** Queries over registered models, their tags and aliases. */
import type { Store } from './store.ts';

export interface RegisteredModelRecord {
  name: string;
  description: string;
  created_at: number;
  updated_at: number;
}

export function insertRegisteredModel(store: Store, model: RegisteredModelRecord): void {
  store
    .prepare(
      `INSERT INTO registered_models (name, description, created_at, updated_at)
       VALUES (@name, @description, @created_at, @updated_at)`,
    )
    .run(model);
}

export function readRegisteredModel(store: Store, name: string): RegisteredModelRecord | undefined {
  return store
    .prepare<[string], RegisteredModelRecord>('SELECT * FROM registered_models WHERE name = ?')
    .get(name);
}

/** All of them, by name. */
export function readRegisteredModels(store: Store): RegisteredModelRecord[] {
  return store
    .prepare<[], RegisteredModelRecord>('SELECT * FROM registered_models ORDER BY name')
    .all();
}

/** A new name goes to versions, tags and aliases as well. */
export function changeRegisteredModel(
  store: Store,
  name: string,
  change: Partial<Pick<RegisteredModelRecord, 'name' | 'description' | 'updated_at'>>,
): void {
  const assignments = Object.keys(change).map((column) => `${column} = @${column}`);
  store
    .prepare(`UPDATE registered_models SET ${assignments.join(', ')} WHERE name = @old`)
    .run({ ...change, old: name });
}

/** With its versions, tags and aliases. */
export function deleteRegisteredModel(store: Store, name: string): void {
  store.prepare('DELETE FROM registered_models WHERE name = ?').run(name);
}

export interface NamedPair {
  name: string;
  key: string;
  value: string;
}

export function readRegisteredModelTags(store: Store, names: readonly string[]): NamedPair[] {
  return store
    .prepare<[string], NamedPair>(
      `SELECT name, key, value FROM registered_model_tags
       WHERE name IN (SELECT value FROM json_each(?)) ORDER BY name, key`,
    )
    .all(JSON.stringify(names));
}

export function upsertRegisteredModelTag(
  store: Store,
  name: string,
  key: string,
  value: string,
): void {
  store
    .prepare(
      `INSERT INTO registered_model_tags (name, key, value) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET value = excluded.value`,
    )
    .run(name, key, value);
}

export function deleteRegisteredModelTag(store: Store, name: string, key: string): void {
  store.prepare('DELETE FROM registered_model_tags WHERE name = ? AND key = ?').run(name, key);
}

export interface AliasRecord {
  name: string;
  alias: string;
  version: number;
}

export function readAliases(store: Store, names: readonly string[]): AliasRecord[] {
  return store
    .prepare<[string], AliasRecord>(
      `SELECT name, alias, version FROM model_aliases
       WHERE name IN (SELECT value FROM json_each(?)) ORDER BY name, alias`,
    )
    .all(JSON.stringify(names));
}

export function readAlias(store: Store, name: string, alias: string): AliasRecord | undefined {
  return store
    .prepare<[string, string], AliasRecord>(
      'SELECT name, alias, version FROM model_aliases WHERE name = ? AND alias = ?',
    )
    .get(name, alias);
}

/** An alias that was another version's becomes this one's. */
export function upsertAlias(store: Store, alias: AliasRecord): void {
  store
    .prepare(
      `INSERT INTO model_aliases (name, alias, version) VALUES (@name, @alias, @version)
       ON CONFLICT DO UPDATE SET version = excluded.version`,
    )
    .run(alias);
}

export function deleteAlias(store: Store, name: string, alias: string): void {
  store.prepare('DELETE FROM model_aliases WHERE name = ? AND alias = ?').run(name, alias);
}

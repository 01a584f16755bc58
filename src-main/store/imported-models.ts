/** Registered models that were read from another tool's source. Call everything here inside a transaction. */
import type { Store } from './store.ts';

export interface ModelOrigin {
  readonly name: string;
  readonly source_id: number | null;
  /** Of what was written of it; see the migration. */
  readonly source_stamp: string | null;
}

export function readModelOrigin(store: Store, name: string): ModelOrigin | undefined {
  return store
    .prepare<[string], ModelOrigin>(
      'SELECT name, source_id, source_stamp FROM registered_models WHERE name = ?',
    )
    .get(name);
}

export function readModelsOfSource(store: Store, sourceId: number): ModelOrigin[] {
  return store
    .prepare<[number], ModelOrigin>(
      'SELECT name, source_id, source_stamp FROM registered_models WHERE source_id = ?',
    )
    .all(sourceId);
}

export function setModelOrigin(store: Store, origin: ModelOrigin): void {
  store
    .prepare(
      'UPDATE registered_models SET source_id = @source_id, source_stamp = @source_stamp WHERE name = @name',
    )
    .run(origin);
}

/** Everything that is known of a model, as one JSON text: the same text for the same content. */
export function modelContent(store: Store, name: string): string {
  const all = (sql: string) => store.prepare<[string], unknown[]>(sql).raw().all(name);
  return JSON.stringify([
    all('SELECT description, created_at FROM registered_models WHERE name = ?'),
    all('SELECT key, value FROM registered_model_tags WHERE name = ? ORDER BY key'),
    all('SELECT alias, version FROM model_aliases WHERE name = ? ORDER BY alias'),
    all('SELECT * FROM model_versions WHERE name = ? ORDER BY version'),
    all('SELECT version, key, value FROM model_version_tags WHERE name = ? ORDER BY version, key'),
  ]);
}

/** Versions get numbers above this one from now on. */
export function setLastVersion(store: Store, name: string, last: number): void {
  store
    .prepare(
      `INSERT INTO model_version_counters (name, last) VALUES (?, ?)
       ON CONFLICT DO UPDATE SET last = max(last, excluded.last)`,
    )
    .run(name, last);
}

/** What the tool that some models were read from is called, by the name of the model. */
export function readModelKinds(store: Store, names: readonly string[]): Map<string, string> {
  const rows = store
    .prepare<[string], { name: string; kind: string }>(
      `SELECT m.name, s.kind FROM registered_models m JOIN sources s ON s.id = m.source_id
       WHERE m.name IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(names));
  return new Map(rows.map(({ name, kind }) => [name, kind]));
}

/** Queries over the sources of runs that other tools logged, and how far each was read. */
import type { Store } from './store.ts';

export interface SourceRecord {
  id: number;
  kind: string;
  path: string;
  state: string;
  generation: number;
  read_at: number | null;
  problem: string | null;
  gone_at: number | null;
}

export interface SourceListRecord extends Omit<SourceRecord, 'state'> {
  runs: number;
  gone_runs: number;
  kept_runs: number;
  skipped: number;
}

export interface SourceItemRecord {
  key: string;
  stamp: string;
  state: string;
  problem: string | null;
}

/** Where one run was found. */
export interface RunSourceRecord {
  source_id: number;
  native_id: string;
  run_id: string;
  secondary: number;
  seen: string;
  written_at: number | null;
  gone_at: number | null;
  kept_at: number | null;
}

/** The source of a kind at a path, made when it is new. Call inside a transaction. */
export function upsertSource(store: Store, kind: string, path: string): SourceRecord {
  const known = store
    .prepare<[string, string], SourceRecord>(
      'SELECT * FROM sources WHERE kind = ? AND path = ? AND gone_at IS NULL',
    )
    .get(kind, path);
  if (known !== undefined) return known;
  const record = store
    .prepare<[string, string], SourceRecord>(
      `INSERT INTO sources (kind, path) VALUES (?, ?)
       ON CONFLICT (kind, path) DO UPDATE SET gone_at = NULL RETURNING *`,
    )
    .get(kind, path);
  if (record === undefined) throw new Error(`no source ${kind} ${path}`);
  return record;
}

export function readSources(store: Store): SourceRecord[] {
  return store.prepare<[], SourceRecord>('SELECT * FROM sources ORDER BY path, kind').all();
}

/** With how many runs each has, and how much of it was skipped. */
export function listSources(store: Store): SourceListRecord[] {
  return store
    .prepare<[], SourceListRecord>(
      `SELECT s.id, s.kind, s.path, s.generation, s.read_at, s.problem, s.gone_at,
         (SELECT count(*) FROM run_sources r WHERE r.source_id = s.id) AS runs,
         (SELECT count(*) FROM run_sources r WHERE r.source_id = s.id AND r.gone_at IS NOT NULL) AS gone_runs,
         (SELECT count(*) FROM run_sources r WHERE r.source_id = s.id AND r.kept_at IS NOT NULL) AS kept_runs,
         (SELECT count(*) FROM source_items i WHERE i.source_id = s.id AND i.problem IS NOT NULL) AS skipped
       FROM sources s ORDER BY s.path, s.kind`,
    )
    .all();
}

export function updateSource(
  store: Store,
  id: number,
  change: Partial<Pick<SourceRecord, 'state' | 'read_at' | 'problem' | 'gone_at'>>,
): void {
  const columns = Object.keys(change);
  if (columns.length === 0) return;
  const assignments = columns.map((column) => `${column} = @${column}`).join(', ');
  store.prepare(`UPDATE sources SET ${assignments} WHERE id = @id`).run({ ...change, id });
}

/**
 * Moves the generation on. Call inside the transaction that writes what was read.
 * @returns false when another process has written since
 */
export function advanceSource(store: Store, id: number, generation: number): boolean {
  return (
    store
      .prepare('UPDATE sources SET generation = generation + 1 WHERE id = ? AND generation = ?')
      .run(id, generation).changes > 0
  );
}

export function readSourceItems(store: Store, sourceId: number): SourceItemRecord[] {
  return store
    .prepare<[number], SourceItemRecord>(
      'SELECT key, stamp, state, problem FROM source_items WHERE source_id = ?',
    )
    .all(sourceId);
}

/** What of a source was skipped, and why; at most `limit`. */
export function readSkipped(
  store: Store,
  sourceId: number,
  limit: number,
): Pick<SourceItemRecord, 'key' | 'problem'>[] {
  return store
    .prepare<[number, number], Pick<SourceItemRecord, 'key' | 'problem'>>(
      `SELECT key, problem FROM source_items WHERE source_id = ? AND problem IS NOT NULL
       ORDER BY key LIMIT ?`,
    )
    .all(sourceId, limit);
}

export function upsertSourceItem(
  store: Store,
  sourceId: number,
  item: Pick<SourceItemRecord, 'key' | 'stamp' | 'state'>,
): void {
  store
    .prepare(
      `INSERT INTO source_items (source_id, key, stamp, state) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET stamp = excluded.stamp, state = excluded.state, problem = NULL`,
    )
    .run(sourceId, item.key, item.stamp, item.state);
}

/** Notes why an item was skipped; one that was never read has an empty stamp. */
export function setItemProblem(
  store: Store,
  sourceId: number,
  key: string,
  problem: string | null,
): void {
  store
    .prepare(
      `INSERT INTO source_items (source_id, key, stamp, problem) VALUES (?, ?, '', ?)
       ON CONFLICT DO UPDATE SET problem = excluded.problem`,
    )
    .run(sourceId, key, problem);
}

/** Forgets what was skipped of items whose keys begin with `prefix`, and that were never read. */
export function clearItemProblems(store: Store, sourceId: number, prefix: string): void {
  store
    .prepare(
      "DELETE FROM source_items WHERE source_id = ? AND stamp = '' AND substr(key, 1, ?) = ?",
    )
    .run(sourceId, prefix.length, prefix);
}

export function deleteSourceItem(store: Store, sourceId: number, key: string): void {
  store.prepare('DELETE FROM source_items WHERE source_id = ? AND key = ?').run(sourceId, key);
}

/** Forgets how far a source was read, so that all of it is read again. */
export function resetSource(store: Store, id: number): void {
  store.prepare('DELETE FROM source_items WHERE source_id = ?').run(id);
  store
    .prepare(
      "UPDATE sources SET state = 'null', read_at = NULL, generation = generation + 1 WHERE id = ?",
    )
    .run(id);
}

export function readRunSource(
  store: Store,
  sourceId: number,
  nativeId: string,
): RunSourceRecord | undefined {
  return store
    .prepare<[number, string], RunSourceRecord>(
      'SELECT * FROM run_sources WHERE source_id = ? AND native_id = ?',
    )
    .get(sourceId, nativeId);
}

export function insertRunSource(
  store: Store,
  record: Omit<RunSourceRecord, 'gone_at' | 'written_at' | 'seen' | 'kept_at'>,
): void {
  store
    .prepare(
      `INSERT INTO run_sources (source_id, native_id, run_id, secondary)
       VALUES (@source_id, @native_id, @run_id, @secondary)`,
    )
    .run(record);
}

export function updateRunSource(
  store: Store,
  sourceId: number,
  nativeId: string,
  change: { seen: string; writtenAt: number | null },
): void {
  store
    .prepare(
      `UPDATE run_sources SET seen = ?, written_at = coalesce(?, written_at), gone_at = NULL
       WHERE source_id = ? AND native_id = ?`,
    )
    .run(change.seen, change.writtenAt, sourceId, nativeId);
}

export function markRunGone(store: Store, sourceId: number, nativeId: string, at: number): void {
  store
    .prepare(
      `UPDATE run_sources SET gone_at = ? WHERE source_id = ? AND native_id = ? AND gone_at IS NULL AND kept_at IS NULL`,
    )
    .run(at, sourceId, nativeId);
}

/** When the tools of some runs last wrote to them, epoch ms by run id, as far as they tell. */
export function readLastWritten(store: Store, runIds: readonly string[]): Map<string, number> {
  const rows = store
    .prepare<[string], { run_id: string; at: number }>(
      `SELECT run_id, max(written_at) AS at FROM run_sources
       WHERE run_id IN (SELECT value FROM json_each(?)) AND written_at IS NOT NULL GROUP BY run_id`,
    )
    .all(JSON.stringify(runIds));
  return new Map(rows.map(({ run_id, at }) => [run_id, at]));
}

/** Where a run comes from, the source that it was made from first. */
export function readOrigins(
  store: Store,
  runId: string,
): (RunSourceRecord & { kind: string; path: string; source_gone_at: number | null })[] {
  return store
    .prepare<
      [string],
      RunSourceRecord & { kind: string; path: string; source_gone_at: number | null }
    >(
      `SELECT r.*, s.kind, s.path, s.gone_at AS source_gone_at
       FROM run_sources r JOIN sources s ON s.id = r.source_id
       WHERE r.run_id = ? ORDER BY r.secondary, r.source_id`,
    )
    .all(runId);
}

/** The run that any of these names belongs to: its id, or an alias. */
export function findRunByAlias(store: Store, aliases: readonly string[]): string | undefined {
  for (const alias of aliases) {
    const found = store
      .prepare<[string, string], { id: string }>(
        'SELECT id FROM runs WHERE id = ? UNION ALL SELECT run_id FROM run_aliases WHERE alias = ? LIMIT 1',
      )
      .get(alias, alias);
    if (found !== undefined) return found.id;
  }
  return undefined;
}

export function insertAlias(store: Store, alias: string, runId: string): void {
  store
    .prepare('INSERT OR IGNORE INTO run_aliases (alias, run_id) VALUES (?, ?)')
    .run(alias, runId);
}

/** The source that alone appends to a series: undefined when it is the run's own. */
export function readSeriesSource(store: Store, seriesId: number): number | undefined {
  return store
    .prepare<[number], { source_id: number }>(
      'SELECT source_id FROM source_series WHERE series_id = ?',
    )
    .get(seriesId)?.source_id;
}

export function setSeriesSource(store: Store, seriesId: number, sourceId: number): void {
  store
    .prepare('INSERT OR REPLACE INTO source_series (series_id, source_id) VALUES (?, ?)')
    .run(seriesId, sourceId);
}

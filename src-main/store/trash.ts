/** Queries over runs that are, or shall be, in the trash. */
import type { Store } from './store.ts';

export interface TrashedRecord {
  id: string;
  deleted_at: number;
}

const among = '(SELECT value FROM json_each(?))';

/** Runs with all that are nested below them. */
export function withNested(store: Store, ids: readonly string[]): string[] {
  return store
    .prepare<[string], { id: string }>(
      `WITH RECURSIVE tree(id) AS (
         SELECT id FROM runs WHERE id IN ${among}
         UNION SELECT r.id FROM runs r JOIN tree t ON r.parent_id = t.id)
       SELECT id FROM tree`,
    )
    .all(JSON.stringify(ids))
    .map((row) => row.id);
}

/** Why a run is left alone, where it is. */
export function readProtected(
  store: Store,
  ids: readonly string[],
): Map<string, 'running' | 'starred' | 'registered' | 'bundled'> {
  const rows = store
    .prepare<[string], { id: string; why: 'running' | 'starred' | 'registered' | 'bundled' }>(
      `SELECT id, CASE
           WHEN status IN ('RUNNING', 'SCHEDULED') THEN 'running'
           WHEN starred = 1 THEN 'starred'
           WHEN EXISTS (SELECT 1 FROM model_versions v WHERE v.run_id = r.id) THEN 'registered'
           WHEN EXISTS (SELECT 1 FROM bundles b WHERE b.run_id = r.id) THEN 'bundled'
         END AS why
       FROM runs r WHERE id IN ${among} AND why IS NOT NULL`,
    )
    .all(JSON.stringify(ids));
  return new Map(rows.map((row) => [row.id, row.why]));
}

/** Moves runs into the trash, or out of it with null. @returns those that were not there already */
export function setDeleted(store: Store, ids: readonly string[], at: number | null): string[] {
  const changed = store
    .prepare<[number | null, string], { id: string }>(
      `UPDATE runs SET deleted_at = ? WHERE id IN ${among}
         AND deleted_at IS ${at === null ? 'NOT NULL' : 'NULL'} RETURNING id`,
    )
    .all(at, JSON.stringify(ids));
  return changed.map((row) => row.id);
}

/** What is in the trash, the last one first. */
export function readTrashed(store: Store): TrashedRecord[] {
  return store
    .prepare<[], TrashedRecord>(
      'SELECT id, deleted_at FROM runs WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC, seq DESC',
    )
    .all();
}

/** Removes runs from the trash for good, with all that hangs on them. @returns those removed */
export function purgeRuns(store: Store, ids: readonly string[]): string[] {
  const removed = store
    .prepare<[string], { id: string }>(
      `DELETE FROM runs WHERE id IN ${among} AND deleted_at IS NOT NULL RETURNING id`,
    )
    .all(JSON.stringify(ids))
    .map((row) => row.id);
  store
    .prepare(
      'DELETE FROM environments WHERE id NOT IN (SELECT environment_id FROM runs WHERE environment_id IS NOT NULL)',
    )
    .run();
  return removed;
}

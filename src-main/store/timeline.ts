/** What stands behind the cells of the timeline, by id. */
import type { Store } from './store.ts';

export interface CommitRecord {
  oid: string;
  parents: string;
  author: string;
  authored_at: number;
  committed_at: number;
  subject: string;
  body: string;
}

export interface CommitChangeRecord {
  oid: string;
  kind: 'data' | 'param' | 'metric';
  path: string;
  key: string;
  before: string | null;
  after: string | null;
  size_before: number | null;
  size_after: number | null;
  files: number | null;
}

export interface BundleRecord {
  id: string;
  at: number;
  direction: 'exported' | 'reproduced';
  path: string;
  run_id: string | null;
  label: string;
  verdict: string;
}

const among = 'IN (SELECT value FROM json_each(?))';

export function readCommits(store: Store, oids: readonly string[]): CommitRecord[] {
  return store
    .prepare<[string], CommitRecord>(`SELECT * FROM commits WHERE oid ${among}`)
    .all(JSON.stringify(oids));
}

export function countCommits(store: Store): number {
  return store.prepare<[], { n: number }>('SELECT count(*) AS n FROM commits').get()?.n ?? 0;
}

export function readCommitChanges(store: Store, oids: readonly string[]): CommitChangeRecord[] {
  return store
    .prepare<[string], CommitChangeRecord>(
      `SELECT * FROM commit_changes WHERE oid ${among} ORDER BY path, key`,
    )
    .all(JSON.stringify(oids));
}

export function readCommitRefs(store: Store): { name: string; oid: string }[] {
  return store
    .prepare<[], { name: string; oid: string }>('SELECT name, oid FROM commit_refs')
    .all();
}

export function readNotes(
  store: Store,
  ids: readonly string[],
): { id: string; at: number; updated_at: number; body: string }[] {
  return store
    .prepare<[string], { id: string; at: number; updated_at: number; body: string }>(
      `SELECT id, at, updated_at, body FROM notes WHERE id ${among}`,
    )
    .all(JSON.stringify(ids));
}

export function readBundles(store: Store, ids: readonly string[]): BundleRecord[] {
  return store
    .prepare<[string], BundleRecord>(`SELECT * FROM bundles WHERE id ${among}`)
    .all(JSON.stringify(ids));
}

export function insertBundle(store: Store, bundle: BundleRecord): void {
  store
    .prepare('INSERT INTO bundles VALUES (@id, @at, @direction, @path, @run_id, @label, @verdict)')
    .run(bundle);
}

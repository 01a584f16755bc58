/** The order of everything that happened: keys of cells, page by page. */
import type { Store } from './store.ts';

/** One cell to be: what it is, when, and the id of the row behind it. */
export interface CellKey {
  kind: 'run' | 'commit' | 'data' | 'note' | 'bundle';
  at: number;
  id: string;
}

export interface CellFilter {
  readonly newestFirst: boolean;
  readonly kinds: readonly string[] | null;
  readonly experimentId: string | null;
  /** Matched against names, commands, notes, subjects and paths, in any case. */
  readonly text: string;
  /** Where the page before ended. */
  readonly after: CellKey | null;
  readonly limit: number;
}

/** A data cell stands right after its commit: ties are broken by kind. */
const allCells = `
  SELECT 'run' AS kind, r.created_at AS at, r.id AS id, r.experiment_id AS experiment,
    r.name || char(10) || r.command || char(10) || r.note || char(10) || printf('%02d.%d', e.number, r.number) AS text
    FROM runs r JOIN experiments e ON e.id = r.experiment_id WHERE r.deleted_at IS NULL
  UNION ALL
  SELECT 'commit', committed_at, oid, NULL, subject || char(10) || body || char(10) || author || char(10) || oid FROM commits
  UNION ALL
  SELECT 'data', c.committed_at, c.oid, NULL, group_concat(x.path, char(10)) || char(10) || c.oid FROM commits c
    JOIN commit_changes x ON x.oid = c.oid AND x.kind = 'data' GROUP BY c.oid
  UNION ALL
  SELECT 'note', at, id, NULL, body FROM notes WHERE deleted_at IS NULL
  UNION ALL
  SELECT 'bundle', at, id, NULL, label || char(10) || path FROM bundles`;

const matching = `FROM (${allCells}) WHERE (@kinds IS NULL OR kind IN (SELECT value FROM json_each(@kinds)))
  AND (@experiment IS NULL OR experiment = @experiment)
  AND (@text = '' OR instr(lower(text), @text) > 0)`;

export function readCellKeys(store: Store, filter: CellFilter): CellKey[] {
  const [compare, order] = filter.newestFirst ? ['<', 'DESC'] : ['>', 'ASC'];
  return store
    .prepare<unknown[], CellKey>(
      `SELECT kind, at, id ${matching}
         AND (@afterAt IS NULL OR (at, kind, id) ${compare} (@afterAt, @afterKind, @afterId))
       ORDER BY at ${order}, kind ${order}, id ${order} LIMIT @limit`,
    )
    .all({
      ...bind(filter),
      afterAt: filter.after?.at ?? null,
      afterKind: filter.after?.kind ?? null,
      afterId: filter.after?.id ?? null,
      limit: filter.limit,
    });
}

export function countCells(store: Store, filter: CellFilter): number {
  return (
    store
      .prepare<unknown[], { n: number }>(`SELECT count(*) AS n ${matching}`)
      .get(bind(filter)) ?? {
      n: 0,
    }
  ).n;
}

function bind(filter: CellFilter) {
  return {
    kinds: filter.kinds === null ? null : JSON.stringify(filter.kinds),
    experiment: filter.experimentId,
    text: filter.text.toLowerCase(),
  };
}

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

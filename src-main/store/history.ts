/** Queries over the Git history as it was read: commits, their changes, refs. */
import type { Store } from './store.ts';
import type { CommitChangeRecord, CommitRecord } from './timeline.ts';

/** Commit ids with their parents, which are joined by spaces. */
export function readCommitParents(store: Store): { oid: string; parents: string }[] {
  return store
    .prepare<[], { oid: string; parents: string }>('SELECT oid, parents FROM commits')
    .all();
}

/** Inserts a commit unless it is there. @returns whether it was new */
export function insertCommit(store: Store, commit: CommitRecord): boolean {
  return (
    store
      .prepare(
        `INSERT OR IGNORE INTO commits
           (oid, parents, author, authored_at, committed_at, subject, body)
         VALUES (@oid, @parents, @author, @authored_at, @committed_at, @subject, @body)`,
      )
      .run(commit).changes > 0
  );
}

export function deleteCommits(store: Store, oids: readonly string[]): void {
  store
    .prepare('DELETE FROM commits WHERE oid IN (SELECT value FROM json_each(?))')
    .run(JSON.stringify(oids));
}

/** Newest first. */
export function readUnexamined(store: Store): string[] {
  return store
    .prepare<[], { oid: string }>(
      'SELECT oid FROM commits WHERE examined = 0 ORDER BY committed_at DESC, oid',
    )
    .all()
    .map((row) => row.oid);
}

/** Keeps what was found in a commit. Call inside a transaction. */
export function writeExamined(
  store: Store,
  oid: string,
  changes: readonly Omit<CommitChangeRecord, 'oid'>[],
): void {
  // Another process may have removed the commit meanwhile.
  const { changes: rows } = store.prepare('UPDATE commits SET examined = 1 WHERE oid = ?').run(oid);
  if (rows === 0) return;
  const insert = store.prepare(
    `INSERT OR REPLACE INTO commit_changes
       (oid, kind, path, key, before, after, size_before, size_after, files)
     VALUES (@oid, @kind, @path, @key, @before, @after, @size_before, @size_after, @files)`,
  );
  for (const change of changes) insert.run({ oid, ...change });
}

/** Replaces all refs. Call inside a transaction. */
export function writeCommitRefs(
  store: Store,
  refs: readonly { name: string; oid: string }[],
): void {
  store.prepare('DELETE FROM commit_refs').run();
  const insert = store.prepare('INSERT OR REPLACE INTO commit_refs (name, oid) VALUES (?, ?)');
  for (const { name, oid } of refs) insert.run(name, oid);
}

export function readSetting(store: Store, key: string): string | null {
  return (
    store.prepare<[string], { value: string }>('SELECT value FROM settings WHERE key = ?').get(key)
      ?.value ?? null
  );
}

export function writeSetting(store: Store, key: string, value: string): void {
  store
    .prepare(
      'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
    )
    .run(key, value);
}

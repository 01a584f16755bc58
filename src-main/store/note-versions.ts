/** Queries over what notes have said. Free notes and notes of runs alike: the owner is an id. */
import type { Store } from './store.ts';

export interface NoteVersionRecord {
  id: number;
  owner: string;
  session: string | null;
  begun_at: number;
  at: number;
  body: string;
}

export function readNewestVersion(store: Store, owner: string): NoteVersionRecord | undefined {
  return store
    .prepare<[string], NoteVersionRecord>(
      'SELECT * FROM note_versions WHERE owner = ? ORDER BY id DESC LIMIT 1',
    )
    .get(owner);
}

export function insertVersion(store: Store, version: Omit<NoteVersionRecord, 'id'>): void {
  store
    .prepare(
      `INSERT INTO note_versions (owner, session, begun_at, at, body)
       VALUES (@owner, @session, @begun_at, @at, @body)`,
    )
    .run(version);
}

export function rewriteVersion(store: Store, id: number, body: string, at: number): void {
  store.prepare('UPDATE note_versions SET body = ?, at = ? WHERE id = ?').run(body, at, id);
}

/** The newest first, each with how long it is and how it begins. */
export function readVersions(
  store: Store,
  owner: string,
  limit: number,
): { id: number; at: number; characters: number; start: string }[] {
  return store
    .prepare<[string, number], { id: number; at: number; characters: number; start: string }>(
      `SELECT id, at, length(body) AS characters, substr(body, 1, 160) AS start
       FROM note_versions WHERE owner = ? ORDER BY id DESC LIMIT ?`,
    )
    .all(owner, limit);
}

export function readVersion(store: Store, id: number): NoteVersionRecord | undefined {
  return store
    .prepare<[number], NoteVersionRecord>('SELECT * FROM note_versions WHERE id = ?')
    .get(id);
}

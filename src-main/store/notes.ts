/** Queries over free notes. */
import type { Store } from './store.ts';

export interface NoteRecord {
  id: string;
  at: number;
  updated_at: number;
  body: string;
  deleted_at: number | null;
}

export function readNote(store: Store, id: string): NoteRecord | undefined {
  return store.prepare<[string], NoteRecord>('SELECT * FROM notes WHERE id = ?').get(id);
}

export function insertNote(store: Store, note: NoteRecord): void {
  store.prepare('INSERT INTO notes VALUES (@id, @at, @updated_at, @body, @deleted_at)').run(note);
}

export function updateNote(store: Store, id: string, body: string, at: number): void {
  store.prepare('UPDATE notes SET body = ?, updated_at = ? WHERE id = ?').run(body, at, id);
}

export function setNoteDeleted(store: Store, id: string, at: number | null): void {
  store.prepare('UPDATE notes SET deleted_at = ? WHERE id = ?').run(at, id);
}

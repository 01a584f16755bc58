/** The log of workspace edits that can be undone and redone. */
import type { Store } from './store.ts';

export interface UndoRecord {
  id: number;
  at: number;
  label: string;
  before: string;
  after: string;
  undone: number;
}

/** Adds an edit; what had been undone before it can no longer be redone. */
export function pushEdit(store: Store, edit: Omit<UndoRecord, 'id' | 'undone'>): void {
  store.prepare('DELETE FROM undo_log WHERE undone = 1').run();
  store
    .prepare(
      'INSERT INTO undo_log (at, label, before, after) VALUES (@at, @label, @before, @after)',
    )
    .run(edit);
}

export function readUndoable(store: Store): UndoRecord | undefined {
  return store
    .prepare<[], UndoRecord>('SELECT * FROM undo_log WHERE undone = 0 ORDER BY id DESC LIMIT 1')
    .get();
}

export function readRedoable(store: Store): UndoRecord | undefined {
  return store
    .prepare<[], UndoRecord>('SELECT * FROM undo_log WHERE undone = 1 ORDER BY id LIMIT 1')
    .get();
}

export function markUndone(store: Store, id: number, undone: boolean): void {
  store.prepare('UPDATE undo_log SET undone = ? WHERE id = ?').run(undone ? 1 : 0, id);
}

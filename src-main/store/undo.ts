/** The log of workspace edits that can be undone and redone. */
import type { Store } from './store.ts';

export interface UndoRecord {
  id: number;
  at: number;
  /** Who knows how to take it back: see tracking/undo.ts. */
  kind: string;
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
      `INSERT INTO undo_log (at, kind, label, before, after)
       VALUES (@at, @kind, @label, @before, @after)`,
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

/** Notes that an edit was taken back, or done again, and what it takes to turn that round. */
export function markUndone(
  store: Store,
  record: Pick<UndoRecord, 'id' | 'before' | 'after' | 'undone'>,
): void {
  store
    .prepare(
      'UPDATE undo_log SET undone = @undone, before = @before, after = @after WHERE id = @id',
    )
    .run(record);
}

/**
 * Forgets edits of runs that were removed for good: those of a kind in `any` when one of the runs
 * they name under `ids` is gone, all others when every one is.
 */
export function forgetEdits(store: Store, any: readonly string[]): void {
  store
    .prepare(
      `DELETE FROM undo_log WHERE json_type(before, '$.ids') = 'array' AND
         (SELECT count(*) FROM json_each(before, '$.ids') WHERE value IN (SELECT id FROM runs)) <
         CASE WHEN kind IN (SELECT value FROM json_each(?))
           THEN json_array_length(before, '$.ids') ELSE 1 END`,
    )
    .run(JSON.stringify(any));
}

/** Every text that may speak of runs by their numbers: notes of all kinds, and what they said before. */
import type { Store } from './store.ts';

const places = {
  notes: { key: 'id', column: 'body' },
  note_versions: { key: 'id', column: 'body' },
  runs: { key: 'seq', column: 'note' },
  experiments: { key: 'id', column: 'note' },
} as const;

export interface NoteText {
  readonly table: keyof typeof places;
  readonly key: string | number;
  readonly text: string;
}

/** Those with a `#` or a live block in them. */
export function readTextsWithReferences(store: Store): NoteText[] {
  return Object.entries(places).flatMap(([table, { key, column }]) =>
    store
      .prepare<[], NoteText>(
        `SELECT '${table}' AS "table", ${key} AS key, ${column} AS text FROM ${table}
         WHERE instr(${column}, '#') OR instr(${column}, 'cairn diff')`,
      )
      .all(),
  );
}

/** Texts with a picture in them: those of today, those before, and what an undo would bring back. */
export function readTextsWithPictures(store: Store): string[] {
  const columns = [
    ...Object.entries(places).map(([table, { column }]) => [table, column] as const),
    ['undo_log', 'before'],
    ['undo_log', 'after'],
  ] as const;
  return columns.flatMap(([table, column]) =>
    store
      .prepare<[], { text: string }>(
        `SELECT ${column} AS text FROM ${table} WHERE instr(${column}, 'image:')`,
      )
      .all()
      .map(({ text }) => text),
  );
}

/** Call inside a transaction. */
export function rewriteText(store: Store, { table, key, text }: NoteText): void {
  const { key: name, column } = places[table];
  store.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${name} = ?`).run(text, key);
}

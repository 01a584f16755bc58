/** Keys of params, tags and metrics, written once and referred to by number. */
import type { Store } from './store.ts';

/**
 * The number of a name, made when it is new. Call inside a transaction: the store forgets what it
 * knows when one is rolled back; otherwise rows of `names` are never changed or removed.
 */
export function nameId(store: Store, name: string): number {
  const known = store.names.get(name);
  if (known !== undefined) return known;
  const id =
    findNameId(store, name) ??
    Number(store.prepare('INSERT INTO names (name) VALUES (?)').run(name).lastInsertRowid);
  store.names.set(name, id);
  return id;
}

/** The number of a name, or null when nothing was ever called that. */
export function findNameId(store: Store, name: string): number | null {
  return (
    store.prepare<[string], { id: number }>('SELECT id FROM names WHERE name = ?').get(name)?.id ??
    null
  );
}

/**
 * Finds names by their numbers, each once: a page of runs has the same few in every row. Not kept for
 * longer, since a number may be given anew when a transaction is undone.
 */
export function nameReader(store: Store): (id: number) => string {
  const known = new Map<number, string>();
  const read = store.prepare<[number], { name: string }>('SELECT name FROM names WHERE id = ?');
  return (id) => {
    let name = known.get(id);
    if (name === undefined) {
      name = read.get(id)?.name ?? '';
      known.set(id, name);
    }
    return name;
  };
}

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

/** Keys of params, tags and metrics, written once and referred to by number. */
import type { Store } from './store.ts';

/** Known names of each connection: rows of `names` are never changed or removed. */
const known = new WeakMap<Store, Map<string, number>>();

/** The number of a name, made when it is new. Call inside a transaction. */
export function nameId(store: Store, name: string): number {
  let cache = known.get(store);
  if (cache === undefined) {
    cache = new Map();
    known.set(store, cache);
  }
  const cached = cache.get(name);
  if (cached !== undefined) return cached;
  const found = findNameId(store, name);
  if (found !== null) {
    cache.set(name, found);
    return found;
  }
  // Not cached: the transaction may yet be rolled back.
  return Number(store.prepare('INSERT INTO names (name) VALUES (?)').run(name).lastInsertRowid);
}

/** The number of a name, or null when nothing was ever called that. */
export function findNameId(store: Store, name: string): number | null {
  return (
    store.prepare<[string], { id: number }>('SELECT id FROM names WHERE name = ?').get(name)?.id ??
    null
  );
}

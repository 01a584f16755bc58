/** Functions of ours that the statements of a search call. */
import type { Store } from '../../store/store.ts';
import { readNumber } from './values.ts';

const registered = new WeakSet<Store>();

/** Makes `to_number` and `fold_case` known to a connection. */
export function registerFunctions(store: Store): void {
  if (registered.has(store)) return;
  registered.add(store);
  const options = { deterministic: true };
  store.db.function('to_number', options, (text: unknown) => {
    const number = typeof text === 'string' ? readNumber(text.trim()) : null;
    // SQLite has no NaN.
    return Number.isNaN(number) ? null : number;
  });
  store.db.function('fold_case', options, (text: unknown) =>
    typeof text === 'string' ? foldCase(text) : null,
  );
}

/** Letters of any script in one case. */
export function foldCase(text: string): string {
  return text.toUpperCase().toLowerCase();
}

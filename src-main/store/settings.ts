/** Small values that belong to the workspace. */
import type { Store } from './store.ts';

export function readSetting(store: Store, key: string): string | null {
  return (
    store.prepare<[string], { value: string }>('SELECT value FROM settings WHERE key = ?').get(key)
      ?.value ?? null
  );
}

export function writeSetting(store: Store, key: string, value: string): void {
  store.transaction(() =>
    store
      .prepare(
        'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
      )
      .run(key, value),
  );
}

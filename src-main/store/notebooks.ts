/** Which runs belong to which notebook. A notebook is known by every name that a client gives it. */
import { noteReworded } from './run-text.ts';
import type { Store } from './store.ts';

/** Runs of a notebook, the newest first. @param names its path, and what else clients call it */
export function readNotebookRuns(store: Store, names: readonly string[], limit: number): string[] {
  return store
    .prepare<[string, number], string>(
      `SELECT id FROM runs WHERE deleted_at IS NULL AND notebook IN (SELECT value FROM json_each(?))
       ORDER BY created_at DESC, seq DESC LIMIT ?`,
    )
    .pluck()
    .all(JSON.stringify(names), limit);
}

/** How many runs name each notebook. */
export function countNotebookRuns(store: Store): Map<string, number> {
  const rows = store
    .prepare<[], { notebook: string; runs: number }>(
      `SELECT notebook, count(*) AS runs FROM runs
       WHERE notebook IS NOT NULL AND deleted_at IS NULL GROUP BY notebook`,
    )
    .all();
  return new Map(rows.map((row) => [row.notebook, row.runs]));
}

/** Gives notebooks other names, all at once, so that names may be swapped. Inside a transaction. */
export function renameRunNotebooks(store: Store, names: ReadonlyMap<string, string>): number {
  const map = JSON.stringify(Object.fromEntries(names));
  const runs = store
    .prepare<[string], number>(
      'SELECT seq FROM runs WHERE notebook IN (SELECT key FROM json_each(?))',
    )
    .pluck()
    .all(map);
  for (const run of runs) noteReworded(store, run);
  store
    .prepare(
      `UPDATE runs SET notebook = (SELECT value FROM json_each(@map) WHERE key = runs.notebook)
       WHERE notebook IN (SELECT key FROM json_each(@map))`,
    )
    .run({ map });
  return runs.length;
}

/** Moving what hangs on one run to another, and back. Call everything here inside a transaction. */
import { noteReworded } from './run-text.ts';
import type { Store } from './store.ts';

export interface RunKey {
  readonly id: string;
  readonly seq: number;
}

/** Rows that were moved: by table, the rest of their keys. */
export interface MovedRows {
  readonly rows: Readonly<Record<string, readonly (readonly (string | number)[])[]>>;
  /** Stages that both runs had: what one saw and wrote joined what the other did. */
  readonly stages: readonly {
    readonly from: string;
    readonly into: string;
    readonly events: readonly (readonly (string | number)[])[];
  }[];
  readonly sources: readonly { source_id: number; native_id: string; secondary: number }[];
  /** Series that belong to a source since. */
  readonly owned: readonly number[];
  /** Whether the one run's id became another name of the other. */
  readonly alias: boolean;
}

/** Tables whose rows move where the other run has none with the same rest of the key. */
const tables = [
  { name: 'params', run: 'run', by: 'seq', key: ['name', 'file'] },
  { name: 'tags', run: 'run', by: 'seq', key: ['name'] },
  { name: 'metric_series', run: 'run', by: 'seq', key: ['id'] },
  { name: 'media', run: 'run', by: 'seq', key: ['name', 'step', 'path', 'at'] },
  { name: 'run_datasets', run: 'run', by: 'seq', key: ['dataset_id'] },
  { name: 'run_models', run: 'run', by: 'seq', key: ['model_id', 'direction'] },
  { name: 'executions', run: 'run_id', by: 'id', key: ['id'] },
  { name: 'logged_models', run: 'source_run_id', by: 'id', key: ['id'] },
  {
    name: 'logged_model_metrics',
    run: 'run_id',
    by: 'id',
    key: ['model_id', 'key', 'time', 'step', 'dataset_name', 'dataset_digest'],
  },
  { name: 'run_aliases', run: 'run_id', by: 'id', key: ['alias'] },
  { name: 'runs', run: 'parent_id', by: 'id', key: ['id'] },
] as const;

/** Gives `into` what it lacks of what hangs on `from`. */
export function moveRows(store: Store, from: RunKey, into: RunKey): MovedRows {
  noteReworded(store, from.seq);
  noteReworded(store, into.seq);
  const sources = readSources(store, from.id);
  const rows: Record<string, (string | number)[][]> = {};
  for (const { name, run, by, key } of tables) {
    rows[name] = store
      .prepare<[string | number, string | number], (string | number)[]>(
        `UPDATE OR IGNORE ${name} SET ${run} = ? WHERE ${run} = ? RETURNING ${key.join(', ')}`,
      )
      .raw()
      .all(into[by], from[by]);
  }
  store
    .prepare('UPDATE run_sources SET run_id = ?, secondary = 1 WHERE run_id = ?')
    .run(into.id, from.id);
  const alias = store
    .prepare('INSERT OR IGNORE INTO run_aliases (alias, run_id) VALUES (?, ?)')
    .run(from.id, into.id);
  const series = (rows.metric_series ?? []).map(([id]) => id as number);
  return {
    rows,
    stages: moveEvents(store, from.id, into.id),
    sources,
    owned: own(store, series, sources.find((source) => source.secondary === 0)?.source_id),
    alias: alias.changes > 0,
  };
}

/** Gives `from` back what was moved, as far as it is still there. */
export function moveRowsBack(store: Store, from: RunKey, into: RunKey, moved: MovedRows): void {
  noteReworded(store, from.seq);
  noteReworded(store, into.seq);
  if (moved.alias) {
    store.prepare('DELETE FROM run_aliases WHERE alias = ? AND run_id = ?').run(from.id, into.id);
  }
  const disown = store.prepare('DELETE FROM source_series WHERE series_id = ?');
  for (const id of moved.owned) disown.run(id);
  for (const { name, run, by, key } of tables) {
    const update = store.prepare(
      `UPDATE OR IGNORE ${name} SET ${run} = ?
       WHERE ${run} = ? AND ${key.map((column) => `${column} = ?`).join(' AND ')}`,
    );
    for (const row of moved.rows[name] ?? []) update.run(from[by], into[by], ...row);
  }
  for (const stage of moved.stages) {
    const update = store.prepare(
      'UPDATE OR IGNORE events SET execution_id = ? WHERE execution_id = ? AND type = ? AND path = ?',
    );
    for (const row of stage.events) update.run(stage.from, stage.into, ...row);
  }
  const source = store.prepare(
    `UPDATE run_sources SET run_id = @run, secondary = @secondary
     WHERE source_id = @source_id AND native_id = @native_id`,
  );
  for (const row of moved.sources) source.run({ ...row, run: from.id });
  const primary = moved.sources.find((row) => row.secondary === 0)?.source_id;
  if (primary !== undefined) moveNewSeriesBack(store, from, into, primary);
}

/** A source that was read again since may have written its series anew, and others beside them. */
function moveNewSeriesBack(store: Store, from: RunKey, into: RunKey, source: number): void {
  const still = store.prepare('SELECT 1 FROM run_sources WHERE run_id = ? AND source_id = ?');
  if (still.get(into.id, source) !== undefined) return;
  const series = store
    .prepare<[number, number, number], { id: number }>(
      `UPDATE OR IGNORE metric_series SET run = ?
       WHERE run = ? AND id IN (SELECT series_id FROM source_series WHERE source_id = ?)
       RETURNING id`,
    )
    .all(from.seq, into.seq, source);
  const disown = store.prepare('DELETE FROM source_series WHERE series_id = ?');
  for (const { id } of series) disown.run(id);
}

function readSources(store: Store, id: string): MovedRows['sources'] {
  return store
    .prepare<[string], MovedRows['sources'][number]>(
      'SELECT source_id, native_id, secondary FROM run_sources WHERE run_id = ?',
    )
    .all(id);
}

function moveEvents(store: Store, from: string, into: string): MovedRows['stages'] {
  const both = store
    .prepare<[string, string], { from: string; into: string }>(
      `SELECT f.id AS "from", i.id AS "into" FROM executions f JOIN executions i ON i.stage = f.stage
       WHERE f.run_id = ? AND i.run_id = ?`,
    )
    .all(from, into);
  const update = store
    .prepare<[string, string], (string | number)[]>(
      'UPDATE OR IGNORE events SET execution_id = ? WHERE execution_id = ? RETURNING type, path',
    )
    .raw();
  return both.map((stage) => ({ ...stage, events: update.all(stage.into, stage.from) }));
}

/** A source goes on with the series that it made, although another one speaks for the run now. */
function own(store: Store, series: readonly number[], source: number | undefined): number[] {
  if (source === undefined) return [];
  const insert = store.prepare(
    'INSERT OR IGNORE INTO source_series (series_id, source_id) VALUES (?, ?)',
  );
  return series.filter((id) => insert.run(id, source).changes > 0);
}

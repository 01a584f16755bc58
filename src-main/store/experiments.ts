/** Queries over experiments and over the numbers of runs. */
import type { Store } from './store.ts';

export interface ExperimentRecord {
  id: string;
  number: number;
  name: string;
  note: string;
  created_at: number;
}

export interface ExperimentListRecord extends ExperimentRecord {
  runs: number;
  running: number;
  last_run_at: number | null;
}

/** Where a run stands: the part of it that numbering changes. */
export interface PlaceRecord {
  id: string;
  experiment_id: string;
  number: number;
}

export function readExperiments(store: Store): ExperimentListRecord[] {
  return store
    .prepare<[], ExperimentListRecord>(
      `SELECT e.*, count(r.id) AS runs,
         count(CASE WHEN r.status IN ('RUNNING','SCHEDULED') THEN 1 END) AS running,
         max(r.created_at) AS last_run_at
       FROM experiments e LEFT JOIN runs r ON r.experiment_id = e.id AND r.deleted_at IS NULL
       GROUP BY e.id ORDER BY e.number`,
    )
    .all();
}

export function countExperiments(store: Store): number {
  const row = store
    .prepare<[], { count: number }>('SELECT count(*) AS count FROM experiments')
    .get();
  return row?.count ?? 0;
}

export function readExperiment(store: Store, id: string): ExperimentRecord | undefined {
  return store
    .prepare<[string], ExperimentRecord>(
      'SELECT id, number, name, note, created_at FROM experiments WHERE id = ?',
    )
    .get(id);
}

/** The experiment of the run created last, which a run without `-e` joins. */
export function readLatestExperimentId(store: Store): string | undefined {
  return store
    .prepare<[], { id: string }>(
      'SELECT experiment_id AS id FROM runs ORDER BY created_at DESC, rowid DESC LIMIT 1',
    )
    .get()?.id;
}

export function readPlaces(store: Store, experimentId: string): PlaceRecord[] {
  return store
    .prepare<[string], PlaceRecord>(
      'SELECT id, experiment_id, number FROM runs WHERE experiment_id = ? ORDER BY number',
    )
    .all(experimentId);
}

export function nextExperimentNumber(store: Store): number {
  return next(store, 'SELECT max(number) AS last FROM experiments', []);
}

/** Trashed runs keep their number, so that restoring one never collides. */
export function nextRunNumber(store: Store, experimentId: string): number {
  return next(store, 'SELECT max(number) AS last FROM runs WHERE experiment_id = ?', [
    experimentId,
  ]);
}

function next(store: Store, sql: string, values: string[]): number {
  const row = store.prepare<string[], { last: number | null }>(sql).get(...values);
  return Math.max(0, row?.last ?? 0) + 1;
}

export function insertExperiment(store: Store, record: ExperimentRecord): void {
  store
    .prepare(`INSERT INTO experiments (id, number, name, note, created_at, updated_at)
       VALUES (@id, @number, @name, @note, @created_at, @created_at)`)
    .run(record);
}

export function updateExperiment(
  store: Store,
  id: string,
  change: { name?: string | undefined; note?: string | undefined; number?: number | undefined },
): boolean {
  return (
    store
      .prepare(
        `UPDATE experiments SET name = coalesce(@name, name), note = coalesce(@note, note),
           number = coalesce(@number, number) WHERE id = @id`,
      )
      .run({
        id,
        name: change.name ?? null,
        note: change.note ?? null,
        number: change.number ?? null,
      }).changes > 0
  );
}

export function deleteExperiment(store: Store, id: string): void {
  store.prepare('DELETE FROM experiments WHERE id = ?').run(id);
}

export function setPlace(store: Store, place: PlaceRecord): void {
  store
    .prepare('UPDATE runs SET experiment_id = @experiment_id, number = @number WHERE id = @id')
    .run(place);
}

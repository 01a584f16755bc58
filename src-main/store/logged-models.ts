/** Queries over models that runs logged: MLflow 3 has them as things of their own. */
import type { Store } from './store.ts';

export interface LoggedModelRecord {
  id: string;
  experiment_id: string;
  name: string;
  type: string;
  status: 'PENDING' | 'READY' | 'FAILED';
  status_message: string;
  source_run_id: string | null;
  /** A URI, or null for the store's own folder. */
  artifact_root: string | null;
  created_at: number;
  updated_at: number;
  deleted_at: number | null;
}

/** `m-…` of a version's source `models:/m-…`; null for other sources. */
export function loggedIdIn(source: string): string | null {
  return /^models:\/+(m-[0-9a-f]{32})$/.exec(source)?.[1] ?? null;
}

export function insertLoggedModel(store: Store, model: LoggedModelRecord): void {
  store
    .prepare(
      `INSERT INTO logged_models (id, experiment_id, name, type, status, status_message,
         source_run_id, artifact_root, created_at, updated_at, deleted_at)
       VALUES (@id, @experiment_id, @name, @type, @status, @status_message,
         @source_run_id, @artifact_root, @created_at, @updated_at, @deleted_at)`,
    )
    .run(model);
}

export function readLoggedModel(store: Store, id: string): LoggedModelRecord | undefined {
  return store
    .prepare<[string], LoggedModelRecord>('SELECT * FROM logged_models WHERE id = ?')
    .get(id);
}

/** Every model that is not deleted, newest first. */
export function readLoggedModels(store: Store): LoggedModelRecord[] {
  return store
    .prepare<[], LoggedModelRecord>(
      'SELECT * FROM logged_models WHERE deleted_at IS NULL ORDER BY created_at DESC, id',
    )
    .all();
}

/** The models of some experiments that are not deleted, newest first. */
export function readLoggedModelsIn(
  store: Store,
  experimentIds: readonly string[],
): LoggedModelRecord[] {
  return store
    .prepare<[string], LoggedModelRecord>(
      `SELECT * FROM logged_models
       WHERE experiment_id IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL
       ORDER BY created_at DESC, id`,
    )
    .all(JSON.stringify(experimentIds));
}

/** The models that a run made and that are not deleted, oldest first. */
export function readModelsOfRun(
  store: Store,
  run: { readonly seq: number; readonly id: string },
): LoggedModelRecord[] {
  return store
    .prepare<[string, number], LoggedModelRecord>(
      `SELECT * FROM logged_models
       WHERE deleted_at IS NULL AND (source_run_id = ? OR id IN
         (SELECT model_id FROM run_models WHERE run = ? AND direction = 'OUTPUT'))
       ORDER BY created_at, id`,
    )
    .all(run.id, run.seq);
}

export function changeLoggedModel(
  store: Store,
  id: string,
  change: Partial<
    Pick<LoggedModelRecord, 'status' | 'status_message' | 'updated_at' | 'deleted_at'>
  >,
): void {
  const assignments = Object.keys(change).map((column) => `${column} = @${column}`);
  store
    .prepare(`UPDATE logged_models SET ${assignments.join(', ')} WHERE id = @id`)
    .run({ ...change, id });
}

export function readModelParam(store: Store, id: string, key: string): string | undefined {
  return store
    .prepare<[string, string], { value: string }>(
      'SELECT value FROM logged_model_params WHERE model_id = ? AND key = ?',
    )
    .get(id, key)?.value;
}

export function insertModelParam(store: Store, id: string, key: string, value: string): void {
  store
    .prepare('INSERT INTO logged_model_params (model_id, key, value) VALUES (?, ?, ?)')
    .run(id, key, value);
}

export function upsertModelTag(store: Store, id: string, key: string, value: string): void {
  store
    .prepare(
      `INSERT INTO logged_model_tags (model_id, key, value) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET value = excluded.value`,
    )
    .run(id, key, value);
}

/** @returns whether it was there */
export function deleteModelTag(store: Store, id: string, key: string): boolean {
  return (
    store.prepare('DELETE FROM logged_model_tags WHERE model_id = ? AND key = ?').run(id, key)
      .changes > 0
  );
}

export interface ModelPair {
  model_id: string;
  key: string;
  value: string;
}

export function readModelParams(store: Store, ids: readonly string[]): ModelPair[] {
  return store
    .prepare<[string], ModelPair>(
      `SELECT model_id, key, value FROM logged_model_params
       WHERE model_id IN (SELECT value FROM json_each(?)) ORDER BY model_id, key`,
    )
    .all(JSON.stringify(ids));
}

export function readModelTags(store: Store, ids: readonly string[]): ModelPair[] {
  return store
    .prepare<[string], ModelPair>(
      `SELECT model_id, key, value FROM logged_model_tags
       WHERE model_id IN (SELECT value FROM json_each(?)) ORDER BY model_id, key`,
    )
    .all(JSON.stringify(ids));
}

export interface ModelMetricRecord {
  model_id: string;
  run_id: string;
  key: string;
  /** NULL is NaN. */
  value: number | null;
  time: number;
  step: number;
  dataset_name: string;
  dataset_digest: string;
}

/** Every point, oldest first. */
export function readModelMetrics(store: Store, ids: readonly string[]): ModelMetricRecord[] {
  return store
    .prepare<[string], ModelMetricRecord>(
      `SELECT * FROM logged_model_metrics
       WHERE model_id IN (SELECT value FROM json_each(?)) ORDER BY model_id, key, time, step`,
    )
    .all(JSON.stringify(ids));
}

/** A point that is there already stays as it is. */
export function insertModelMetric(store: Store, point: ModelMetricRecord): void {
  store
    .prepare(
      `INSERT OR IGNORE INTO logged_model_metrics
         (model_id, run_id, key, value, time, step, dataset_name, dataset_digest)
       VALUES (@model_id, @run_id, @key, @value, @time, @step, @dataset_name, @dataset_digest)`,
    )
    .run(point);
}

export type Direction = 'INPUT' | 'OUTPUT';

/** Notes that a run used or made a model; the step is the one that was said last. */
export function linkModel(
  store: Store,
  run: number,
  modelId: string,
  direction: Direction,
  step: number,
): void {
  store
    .prepare(
      `INSERT INTO run_models (run, model_id, direction, step) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET step = excluded.step`,
    )
    .run(run, modelId, direction, step);
}

export interface ModelLink {
  run: number;
  model_id: string;
  direction: Direction;
  step: number;
}

export function readModelLinksOf(store: Store, seqs: readonly number[]): ModelLink[] {
  return store
    .prepare<[string], ModelLink>(
      `SELECT run, model_id, direction, step FROM run_models
       WHERE run IN (SELECT value FROM json_each(?)) ORDER BY run, step, model_id`,
    )
    .all(JSON.stringify(seqs));
}

/**
 * Removes the models of runs that are gone, unless a registered version or another run needs them.
 * @returns those removed
 */
export function purgeModelsOf(store: Store, runIds: readonly string[]): string[] {
  return store
    .prepare<[string], { id: string }>(
      `DELETE FROM logged_models
       WHERE source_run_id IN (SELECT value FROM json_each(?))
         AND NOT EXISTS (SELECT 1 FROM model_versions v WHERE v.model_id = logged_models.id)
         AND NOT EXISTS (SELECT 1 FROM run_models l WHERE l.model_id = logged_models.id)
       RETURNING id`,
    )
    .all(JSON.stringify(runIds))
    .map((row) => row.id);
}

/** Removes the models that were deleted, unless they are a registered version. @returns those removed */
export function purgeDeletedModels(store: Store): string[] {
  return store
    .prepare<[], { id: string }>(
      `DELETE FROM logged_models
       WHERE deleted_at IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM model_versions v WHERE v.model_id = logged_models.id)
       RETURNING id`,
    )
    .all()
    .map((row) => row.id);
}

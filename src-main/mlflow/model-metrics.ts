/** Metrics of a logged model: the same points as the run's, kept with the model as well. */
import type { Store } from '../store/store.ts';
import { missing } from './errors.ts';
import type { LoggedPoint } from './run-writes.ts';

/** @throws MlflowError for a model that is not there */
export function logModelMetrics(store: Store, runId: string, points: readonly LoggedPoint[]): void {
  for (const point of points) {
    if (point.modelId === undefined || point.modelId === '') continue;
    const known = store
      .prepare('SELECT 1 FROM logged_models WHERE id = ? AND deleted_at IS NULL')
      .get(point.modelId);
    if (known === undefined) {
      throw missing(`Logged model with ID '${point.modelId}' not found.`);
    }
    store
      .prepare(
        `INSERT OR IGNORE INTO logged_model_metrics
           (model_id, run_id, key, value, time, step, dataset_name, dataset_digest)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        point.modelId,
        runId,
        point.key,
        Number.isNaN(point.value) ? null : point.value,
        point.time,
        Math.trunc(point.step),
        point.datasetName ?? '',
        point.datasetDigest ?? '',
      );
  }
}

/** Metrics of a logged model: the same points as the run's, kept with the model as well. */
import { requireLoggedModel } from '../registry/index.ts';
import { insertModelMetric } from '../store/logged-models.ts';
import type { Store } from '../store/store.ts';
import type { LoggedPoint } from './run-writes.ts';

/** @throws CairnError `not-found` for a model that is not there */
export function logModelMetrics(store: Store, runId: string, points: readonly LoggedPoint[]): void {
  const known = new Set<string>();
  for (const point of points) {
    const { modelId } = point;
    if (modelId === undefined || modelId === '') continue;
    if (!known.has(modelId)) requireLoggedModel(store, modelId);
    known.add(modelId);
    insertModelMetric(store, {
      model_id: modelId,
      run_id: runId,
      key: point.key,
      value: Number.isNaN(point.value) ? null : point.value,
      time: point.time,
      step: Math.trunc(point.step),
      dataset_name: point.datasetName ?? '',
      dataset_digest: point.datasetDigest ?? '',
    });
  }
}

/** Logged models as the protocol has them. */
import { modelArtifactUri } from '../registry/index.ts';
import {
  type LoggedModelRecord,
  type ModelMetricRecord,
  readModelMetrics,
  readModelParams,
  readModelTags,
} from '../store/logged-models.ts';
import { readVersionsOfModels } from '../store/model-versions.ts';
import type { Store } from '../store/store.ts';
import { invalid } from './errors.ts';
import { wireExperimentId } from './experiment-ids.ts';
import { listed, pairsBy } from './registry-json.ts';
import { wireDouble, wirePairs } from './wire.ts';

/** Which versions a model became, in a tag: clients of MLflow 3 look there. */
const versionsTag = 'mlflow.modelVersions';

const statuses = {
  PENDING: 'LOGGED_MODEL_PENDING',
  READY: 'LOGGED_MODEL_READY',
  FAILED: 'LOGGED_MODEL_UPLOAD_FAILED',
} as const;

/** A model with all that is known of it. */
export interface FullModel {
  readonly model: LoggedModelRecord;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** Every point, oldest first. */
  readonly metrics: readonly ModelMetricRecord[];
  readonly registrations: readonly { readonly name: string; readonly version: string }[];
}

/** Models with params, tags, metrics and versions, in the order given. */
export function readFullModels(store: Store, models: readonly LoggedModelRecord[]): FullModel[] {
  const ids = models.map((model) => model.id);
  const params = pairsBy(readModelParams(store, ids), (row) => row.model_id);
  const tags = pairsBy(readModelTags(store, ids), (row) => row.model_id);
  const metrics = Map.groupBy(readModelMetrics(store, ids), (row) => row.model_id);
  const versions = Map.groupBy(readVersionsOfModels(store, ids), (row) => row.model_id);
  return models.map((model) => {
    const registrations = (versions.get(model.id) ?? []).map(({ name, version }) => ({
      name,
      version: String(version),
    }));
    return {
      model,
      params: params.get(model.id) ?? {},
      tags: {
        ...tags.get(model.id),
        ...(registrations.length === 0 ? {} : { [versionsTag]: JSON.stringify(registrations) }),
      },
      metrics: metrics.get(model.id) ?? [],
      registrations,
    };
  });
}

export function wireLoggedModel(full: FullModel): Record<string, unknown> {
  const { model } = full;
  return {
    info: {
      model_id: model.id,
      experiment_id: wireExperimentId(model.experiment_id),
      name: model.name,
      creation_timestamp_ms: model.created_at,
      last_updated_timestamp_ms: model.updated_at,
      artifact_uri: modelArtifactUri(model),
      status: statuses[model.status],
      ...(model.type === '' ? {} : { model_type: model.type }),
      ...(model.source_run_id === null ? {} : { source_run_id: model.source_run_id }),
      ...(model.status_message === '' ? {} : { status_message: model.status_message }),
      ...listed('tags', wirePairs(full.tags)),
      ...listed('registrations', full.registrations),
    },
    data: {
      ...listed('params', wirePairs(full.params)),
      ...listed('metrics', full.metrics.map(wireModelMetric)),
    },
  };
}

/** By name, or by its number in the protocol buffers. */
export function loggedModelStatus(value: unknown): LoggedModelRecord['status'] {
  const names = Object.keys(statuses) as LoggedModelRecord['status'][];
  const found =
    typeof value === 'number'
      ? names[value - 1]
      : names.find((name) => name === value || statuses[name] === value);
  if (found !== undefined) return found;
  throw invalid(
    `Invalid value ${JSON.stringify(value)} for parameter 'status' supplied: it must be one of ${Object.values(statuses).join(', ')}.`,
  );
}

function wireModelMetric(point: ModelMetricRecord): Record<string, unknown> {
  return {
    key: point.key,
    value: wireDouble(point.value ?? Number.NaN),
    timestamp: point.time,
    step: point.step,
    model_id: point.model_id,
    run_id: point.run_id,
    ...(point.dataset_name === '' ? {} : { dataset_name: point.dataset_name }),
    ...(point.dataset_digest === '' ? {} : { dataset_digest: point.dataset_digest }),
  };
}

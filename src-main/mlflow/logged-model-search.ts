/** Finding logged models. */
import { readLoggedModelsIn } from '../store/logged-models.ts';
import { invalid } from './errors.ts';
import { storedExperimentId, wireExperimentId } from './experiment-ids.ts';
import type { Fields } from './fields.ts';
import { type FullModel, readFullModels, wireLoggedModel } from './logged-model-json.ts';
import { type Filterable, type FilterFields, recordFilter } from './record-filter.ts';
import type { Call, Route } from './route.ts';
import { offsetOf, pageSize, pageToken } from './wire.ts';

export const loggedModelSearchRoutes: readonly Route[] = [
  { method: 'POST', path: 'logged-models/search', effect: 'read', answer: search },
];

const usualPage = 100;
const maxPage = 50_000;

const fields: FilterFields = {
  attributes: {
    name: 'name',
    model_id: 'model_id',
    model_type: 'model_type',
    status: 'status',
    experiment_id: 'experiment_id',
    source_run_id: 'source_run_id',
    creation_timestamp: 'creation_timestamp',
    creation_timestamp_ms: 'creation_timestamp',
    creation_time: 'creation_timestamp',
    last_updated_timestamp: 'last_updated_timestamp',
    last_updated_timestamp_ms: 'last_updated_timestamp',
  },
  groups: {
    metric: 'metrics',
    metrics: 'metrics',
    param: 'params',
    params: 'params',
    tag: 'tags',
    tags: 'tags',
  },
};

/** What a metric was measured on; no digest stands for any. */
interface DatasetChoice {
  readonly name: string;
  readonly digest: string;
}

interface Found extends Filterable {
  readonly full: FullModel;
}

function search({ context, input }: Call): unknown {
  const { store } = context;
  const experimentIds = input.strings('experiment_ids').map(storedExperimentId);
  if (experimentIds.length === 0) {
    throw invalid("Missing value for required parameter 'experiment_ids'.");
  }
  const passes = recordFilter(input.optional('filter') ?? '', fields);
  const datasets = input.records('datasets').map((dataset) => ({
    name: dataset.string('dataset_name'),
    digest: dataset.optional('dataset_digest') ?? '',
  }));
  const compare = orderOf(input.records('order_by'));
  const size = pageSize(input.integer('max_results') || usualPage, usualPage, maxPage);
  const from = offsetOf(input.optional('page_token'));
  const found = readFullModels(store, readLoggedModelsIn(store, experimentIds))
    .map((full) => filterable(full, datasets))
    .filter((one) => {
      const wasMeasured = Object.keys(one.groups.metrics ?? {}).length > 0;
      return (datasets.length === 0 || wasMeasured) && passes(one);
    })
    .sort(compare);
  return {
    models: found.slice(from, from + size).map((one) => wireLoggedModel(one.full)),
    ...(found.length > from + size ? { next_page_token: pageToken(from + size) } : {}),
  };
}

function filterable(full: FullModel, datasets: readonly DatasetChoice[]): Found {
  const { model, params, tags } = full;
  const measured = full.metrics.filter(
    (point) => datasets.length === 0 || datasets.some((dataset) => isOn(point, dataset)),
  );
  return {
    full,
    attributes: {
      name: model.name,
      model_id: model.id,
      model_type: model.type,
      status: model.status,
      experiment_id: wireExperimentId(model.experiment_id),
      source_run_id: model.source_run_id,
      creation_timestamp: model.created_at,
      last_updated_timestamp: model.updated_at,
    },
    groups: {
      params,
      tags,
      metrics: Object.fromEntries(
        Array.from(
          Map.groupBy(measured, (point) => point.key),
          ([key, points]) => [key, points.map((point) => point.value ?? Number.NaN)],
        ),
      ),
    },
  };
}

function isOn(
  point: { readonly dataset_name: string; readonly dataset_digest: string },
  dataset: DatasetChoice,
): boolean {
  return (
    point.dataset_name === dataset.name &&
    (dataset.digest === '' || point.dataset_digest === dataset.digest)
  );
}

/**
 * @param clauses most important first
 * @returns how two models are ordered; those without a value come last, then the newest comes first
 */
function orderOf(clauses: readonly Fields[]): (a: Found, b: Found) => number {
  const orders = clauses.map((clause) => {
    const value = readerOf(clause);
    const sign = clause.has('ascending') && !clause.boolean('ascending') ? -1 : 1;
    return (a: Found, b: Found) => compareValues(value(a), value(b), sign);
  });
  return (a, b) => {
    for (const order of orders) {
      const decided = order(a, b);
      if (decided !== 0) return decided;
    }
    const [x, y] = [a.full.model, b.full.model];
    return y.created_at - x.created_at || (x.id < y.id ? -1 : 1);
  };
}

/** What of a model a clause orders by. */
function readerOf(clause: Fields): (found: Found) => string | number | null {
  const name = clause.string('field_name');
  const metric = /^metrics?\.(.+)$/s.exec(name)?.[1]?.replace(/^[`"](.*)[`"]$/s, '$1');
  if (metric !== undefined) {
    const dataset = {
      name: clause.optional('dataset_name') ?? '',
      digest: clause.optional('dataset_digest') ?? '',
    };
    return (found) => latestOf(found.full, metric, dataset);
  }
  const plain = name.replace(/^attributes?\./, '');
  const key = Object.hasOwn(fields.attributes, plain) ? fields.attributes[plain] : undefined;
  if (key === undefined) {
    throw invalid(
      `Invalid order by field name: ${name.slice(0, 100)}. Write an attribute or metrics.<key>.`,
    );
  }
  return (found) => found.attributes[key] ?? null;
}

/** The newest value of a metric, of those measured on a dataset if one is named. */
function latestOf(full: FullModel, key: string, dataset: DatasetChoice): number | null {
  const point = full.metrics.findLast(
    (one) =>
      one.key === key &&
      (dataset.name === '' || one.dataset_name === dataset.name) &&
      (dataset.digest === '' || one.dataset_digest === dataset.digest),
  );
  return point?.value ?? null;
}

function compareValues(a: string | number | null, b: string | number | null, sign: number): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -sign : sign;
}

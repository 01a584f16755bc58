/** Datasets that runs used, and the models they started from. */
import { linkLoggedModels, logDatasets } from '../registry/index.ts';
import { readDatasetSummaries } from '../store/datasets.ts';
import { invalid } from './errors.ts';
import { storedExperimentId, wireExperimentId } from './experiment-ids.ts';
import type { Fields } from './fields.ts';
import { tagsOf } from './registry-json.ts';
import type { Call, Route } from './route.ts';
import { runForWriting, runIdOf } from './run-writes.ts';

export const datasetRoutes: readonly Route[] = [
  { method: 'POST', path: 'runs/log-inputs', effect: 'write', answer: logInputs },
  { method: 'POST', path: 'experiments/search-datasets', effect: 'read', answer: search },
];

const maxInputs = 1000;
const maxExperiments = 20;
const maxSummaries = 1000;

function logInputs({ context, input }: Call): unknown {
  const { store } = context;
  const run = runForWriting(store, runIdOf(input));
  const datasets = input.records('datasets');
  const models = input
    .records('models')
    .map((model) => ({ id: model.string('model_id'), step: 0 }));
  if (datasets.length + models.length > maxInputs) {
    throw invalid(`At most ${maxInputs} inputs can be logged at once.`);
  }
  logDatasets(store, run, datasets.map(useOf));
  linkLoggedModels(store, run.seq, 'INPUT', models);
  context.changed(['runs', `run:${run.id}`]);
  return {};
}

function useOf(input: Fields) {
  const dataset = input.record('dataset');
  if (dataset === undefined) throw invalid('Dataset input must have a dataset associated with it.');
  return {
    name: dataset.string('name'),
    digest: dataset.string('digest'),
    sourceType: present(dataset, 'source_type'),
    source: present(dataset, 'source'),
    schema: dataset.optional('schema') ?? null,
    profile: dataset.optional('profile') ?? null,
    tags: tagsOf(input),
  };
}

/** A string that may be empty. */
function present(fields: Fields, name: string): string {
  const value = fields.optional(name);
  if (value === undefined) throw invalid(`Dataset ${name} cannot be None`);
  return value;
}

function search({ context, input }: Call): unknown {
  const ids = input.strings('experiment_ids');
  if (ids.length === 0) {
    throw invalid('SearchDatasets request must specify at least one experiment_id.');
  }
  if (ids.length > maxExperiments) {
    throw invalid(
      `SearchDatasets request cannot specify more than ${maxExperiments} experiment_ids. Received ${ids.length} experiment_ids.`,
    );
  }
  const found = readDatasetSummaries(context.store, ids.map(storedExperimentId), maxSummaries);
  return {
    dataset_summaries: found.map(({ experiment_id, name, digest, context: use }) => ({
      experiment_id: wireExperimentId(experiment_id),
      name,
      digest,
      ...(use === null ? {} : { context: use }),
    })),
  };
}

/** Experiments: made, found, described, put in the trash. */
import { newId } from '../base/ids.ts';
import { insertExperiment, nextExperimentNumber } from '../store/experiments.ts';
import * as stored from '../store/logged-experiments.ts';
import type { Store } from '../store/store.ts';
import type { MlflowContext } from './context.ts';
import { exists, invalid, missing } from './errors.ts';
import {
  experimentForWriting,
  readWireExperiment,
  readWireExperimentByName,
  wireExperimentId,
} from './experiment-ids.ts';
import { experimentInstead, noteExperiment } from './own-run.ts';
import type { Call, Route } from './route.ts';
import { checkExperimentName, checkKey, experimentTagValue } from './validate.ts';
import { wirePairs } from './wire.ts';

type Experiment = stored.LoggedExperimentRecord;

/** Of an experiment, this tag is its note. */
const noteTag = 'mlflow.note.content';
/** Where the artifacts of its runs go when the user named a store of their own. */
export const locationTag = 'cairn.artifactLocation';

export const experimentRoutes: readonly Route[] = [
  { method: 'POST', path: 'experiments/create', effect: 'write', answer: create },
  { method: 'GET', path: 'experiments/get', effect: 'read', answer: get },
  { method: 'GET', path: 'experiments/get-by-name', effect: 'read', answer: getByName },
  { method: 'POST', path: 'experiments/update', effect: 'write', answer: rename },
  { method: 'POST', path: 'experiments/delete', effect: 'write', answer: remove },
  { method: 'POST', path: 'experiments/restore', effect: 'write', answer: restore },
  { method: 'POST', path: 'experiments/set-experiment-tag', effect: 'write', answer: setTag },
  { method: 'POST', path: 'experiments/delete-experiment-tag', effect: 'write', answer: deleteTag },
];

/** Experiments as the protocol has them, in the order given. */
export function wireExperiments(store: Store, experiments: readonly Experiment[]): unknown[] {
  const tags = stored.readExperimentTags(
    store,
    experiments.map((experiment) => experiment.id),
  );
  return experiments.map((experiment) => {
    const { [locationTag]: location, ...own } = tags.get(experiment.id) ?? {};
    return {
      experiment_id: wireExperimentId(experiment.id),
      name: experiment.name,
      artifact_location: location ?? `mlflow-artifacts:/experiments/${experiment.id}`,
      lifecycle_stage: experiment.deleted_at === null ? 'active' : 'deleted',
      creation_time: experiment.created_at,
      last_update_time: experiment.updated_at || experiment.created_at,
      tags: wirePairs(experimentTags(experiment, own)),
    };
  });
}

/** The tags of an experiment, its note among them. */
export function experimentTags(
  experiment: Experiment,
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  return { ...own, ...(experiment.note === '' ? {} : { [noteTag]: experiment.note }) };
}

/** @throws MlflowError unless the experiment is there and not in the trash */
export function requireActive(experiment: Experiment): Experiment {
  if (experiment.deleted_at === null) return experiment;
  throw invalid(
    `The experiment ${wireExperimentId(experiment.id)} must be in the 'active' state. Current state is deleted.`,
  );
}

function create({ context, input }: Call): unknown {
  const { store } = context;
  const name = checkExperimentName(input.optional('name') ?? '');
  const same = stored.readExperimentByName(store, name);
  if (same?.deleted_at === null) throw exists(`Experiment '${name}' already exists.`);
  if (same !== undefined) {
    throw exists(
      `Experiment '${name}' already exists in deleted state. You can restore the experiment, or permanently delete the experiment to create a new one.`,
    );
  }
  const record = {
    id: newId(),
    number: nextExperimentNumber(store),
    name,
    note: '',
    created_at: Date.now(),
  };
  insertExperiment(store, record);
  const location = input.optional('artifact_location');
  if (location) stored.upsertExperimentTag(store, record.id, locationTag, checkLocation(location));
  for (const tag of input.records('tags')) {
    applyTag(store, record.id, tag.string('key'), tag.optional('value') ?? '');
  }
  noteExperiment(context, record.id);
  changed(context);
  return { experiment_id: wireExperimentId(record.id) };
}

function get({ context, input }: Call): unknown {
  const experiment = readWireExperiment(context.store, input.string('experiment_id'));
  noteExperiment(context, experiment.id);
  return { experiment: wireExperiments(context.store, [experiment])[0] };
}

function getByName({ context, input }: Call): unknown {
  const name = input.string('experiment_name');
  const found = experimentInstead(context, name) ?? readWireExperimentByName(context.store, name);
  if (found === undefined) throw missing(`Could not find experiment with name '${name}'`);
  noteExperiment(context, found.id);
  return { experiment: wireExperiments(context.store, [found])[0] };
}

function rename({ context, input }: Call): unknown {
  const { store } = context;
  const experiment = requireActive(experimentForWriting(store, input.string('experiment_id')));
  const name = input.optional('new_name');
  if (name === undefined || name === experiment.name) return {};
  checkExperimentName(name);
  if (stored.readExperimentByName(store, name) !== undefined) {
    throw exists(`Experiment '${name}' already exists.`);
  }
  stored.changeExperiment(store, experiment.id, { name, updated_at: Date.now() });
  changed(context);
  return {};
}

function remove({ context, input }: Call): unknown {
  const { store } = context;
  const experiment = requireActive(experimentForWriting(store, input.string('experiment_id')));
  const now = Date.now();
  stored.changeExperiment(store, experiment.id, { deleted_at: now, updated_at: now });
  stored.trashRunsOf(store, experiment.id, now);
  changed(context);
  return {};
}

function restore({ context, input }: Call): unknown {
  const { store } = context;
  const experiment = readWireExperiment(store, input.string('experiment_id'));
  if (experiment.deleted_at === null) {
    throw invalid(
      `The experiment ${wireExperimentId(experiment.id)} must be in the 'deleted' state. Current state is active.`,
    );
  }
  stored.changeExperiment(store, experiment.id, { deleted_at: null, updated_at: Date.now() });
  stored.restoreRunsOf(store, experiment.id, experiment.deleted_at);
  changed(context);
  return {};
}

function setTag({ context, input }: Call): unknown {
  const { store } = context;
  const experiment = requireActive(experimentForWriting(store, input.string('experiment_id')));
  applyTag(store, experiment.id, input.string('key'), input.optional('value') ?? '');
  stored.changeExperiment(store, experiment.id, { updated_at: Date.now() });
  changed(context);
  return {};
}

function deleteTag({ context, input }: Call): unknown {
  const { store } = context;
  const experiment = requireActive(readWireExperiment(store, input.string('experiment_id')));
  const key = input.string('key');
  const found =
    key === noteTag
      ? experiment.note !== ''
      : stored.deleteExperimentTag(store, experiment.id, key);
  if (!found) {
    throw missing(
      `No tag with name: ${key} in experiment with id ${wireExperimentId(experiment.id)}`,
    );
  }
  if (key === noteTag) stored.changeExperiment(store, experiment.id, { note: '' });
  stored.changeExperiment(store, experiment.id, { updated_at: Date.now() });
  changed(context);
  return {};
}

function applyTag(store: Store, id: string, key: string, value: string): void {
  checkKey(key, 'key');
  if (key === noteTag) stored.changeExperiment(store, id, { note: value });
  else if (key === locationTag) throw invalid(`The tag ${key} cannot be set.`);
  else stored.upsertExperimentTag(store, id, key, experimentTagValue(value));
}

/** The client writes there by itself; nothing is read from it here. */
function checkLocation(location: string): string {
  if (/[#?]|\.\./.test(location) || location.length > 2048) {
    throw invalid(`Invalid artifact location: '${location.slice(0, 200)}'`);
  }
  return location;
}

function changed(context: MlflowContext): void {
  context.changed(['runs']);
}

/** Logged models of MLflow 3: made, finished, described, and their files listed. */
import * as registry from '../registry/index.ts';
import { readExperimentTags } from '../store/logged-experiments.ts';
import type { LoggedModelRecord } from '../store/logged-models.ts';
import { modelArtifactFolder, safeParts } from '../tracking/index.ts';
import { listFolder } from './artifact-list.ts';
import type { MlflowContext } from './context.ts';
import { invalid } from './errors.ts';
import { experimentForWriting } from './experiment-ids.ts';
import { locationTag, requireActive } from './experiments.ts';
import type { Fields } from './fields.ts';
import { loggedModelStatus, readFullModels, wireLoggedModel } from './logged-model-json.ts';
import type { Call, Route } from './route.ts';
import { generateRunName } from './run-name.ts';
import { runForWriting, runIdOf } from './run-writes.ts';
import { checkKey, paramValue, tagValue } from './validate.ts';

const one = 'logged-models/:id';

export const loggedModelRoutes: readonly Route[] = [
  { method: 'POST', path: 'logged-models', effect: 'write', answer: create },
  { method: 'GET', path: one, effect: 'read', answer: get },
  { method: 'PATCH', path: one, effect: 'write', answer: finish },
  { method: 'DELETE', path: one, effect: 'write', answer: remove },
  { method: 'POST', path: `${one}/params`, effect: 'write', answer: logParams },
  { method: 'PATCH', path: `${one}/tags`, effect: 'write', answer: setTags },
  { method: 'DELETE', path: `${one}/tags/:key*`, effect: 'write', answer: deleteTag },
  { method: 'GET', path: `${one}/artifacts/directories`, effect: 'read', answer: listFiles },
  { method: 'POST', path: 'runs/outputs', effect: 'write', answer: logOutputs },
];

function create({ context, input }: Call): unknown {
  const { store } = context;
  const experiment = requireActive(experimentForWriting(store, input.string('experiment_id')));
  const location = readExperimentTags(store, [experiment.id]).get(experiment.id)?.[locationTag];
  const model = registry.createLoggedModel(store, {
    experimentId: experiment.id,
    name: input.optional('name') || generateRunName(),
    type: input.optional('model_type') ?? '',
    runId: input.optional('source_run_id') || null,
    location: location ?? null,
    params: paramsOf(input),
    tags: tagsOf(input),
  });
  return changed(context, model);
}

function get({ context, input, path }: Call): unknown {
  const allowDeleted = input.boolean('allow_deleted');
  return wire(context, registry.requireLoggedModel(context.store, idOf(path), { allowDeleted }));
}

function finish({ context, input, path }: Call): unknown {
  const status = loggedModelStatus(input.raw('status'));
  return changed(context, registry.finishLoggedModel(context.store, idOf(path), status));
}

function remove({ context, path }: Call): unknown {
  const model = registry.requireLoggedModel(context.store, idOf(path));
  registry.deleteLoggedModel(context.store, model.id);
  announce(context, model);
  return {};
}

function logParams({ context, input, path }: Call): unknown {
  registry.logModelParams(context.store, idOf(path), paramsOf(input));
  announce(context, registry.requireLoggedModel(context.store, idOf(path)));
  return {};
}

function setTags({ context, input, path }: Call): unknown {
  registry.setLoggedModelTags(context.store, idOf(path), tagsOf(input));
  return changed(context, registry.requireLoggedModel(context.store, idOf(path)));
}

function deleteTag({ context, path }: Call): unknown {
  registry.deleteLoggedModelTag(context.store, idOf(path), path.key ?? '');
  announce(context, registry.requireLoggedModel(context.store, idOf(path)));
  return {};
}

async function listFiles({ context, input, path }: Call): Promise<unknown> {
  const model = registry.requireLoggedModel(context.store, idOf(path));
  const parts = safeParts(input.optional('artifact_directory_path') ?? '');
  const files =
    model.artifact_root === null
      ? await listFolder(modelArtifactFolder(context.storeDir, model.id), parts)
      : [];
  return {
    root_uri: registry.modelArtifactUri(model),
    files: files.map((file) => ({ ...file, path: [...parts, file.path].join('/') })),
  };
}

/** Which models a run made. */
function logOutputs({ context, input }: Call): unknown {
  const run = runForWriting(context.store, runIdOf(input));
  const models = input.records('models').map((model) => ({
    id: model.string('model_id'),
    step: model.integer('step') ?? 0,
  }));
  if (models.length === 0) throw invalid("Missing value for required parameter 'models'.");
  registry.linkLoggedModels(context.store, run.seq, 'OUTPUT', models);
  context.changed([`run:${run.id}`]);
  return {};
}

function idOf(path: Call['path']): string {
  return path.id ?? '';
}

function paramsOf(input: Fields): [string, string][] {
  return input.records('params').map((param) => {
    const key = checkKey(param.string('key'), 'key');
    return [key, paramValue(param.optional('value') ?? '')];
  });
}

function tagsOf(input: Fields): [string, string][] {
  return input.records('tags').map((tag) => {
    const key = checkKey(tag.string('key'), 'key');
    return [key, tagValue(tag.optional('value') ?? '')];
  });
}

function changed(context: MlflowContext, model: LoggedModelRecord): unknown {
  announce(context, model);
  return wire(context, model);
}

function announce(context: MlflowContext, model: LoggedModelRecord): void {
  const run = model.source_run_id;
  context.changed(run === null ? ['registry'] : ['registry', `run:${run}`]);
}

function wire({ store }: MlflowContext, model: LoggedModelRecord): unknown {
  const [full] = readFullModels(store, [model]);
  return { model: full === undefined ? undefined : wireLoggedModel(full) };
}

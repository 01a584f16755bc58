/** Registered models: made, renamed, described, tagged, given aliases. */
import * as registry from '../registry/index.ts';
import type { RegisteredModelRecord } from '../store/registered-models.ts';
import { deleteRegisteredModelTag } from '../store/registered-models.ts';
import type { MlflowContext } from './context.ts';
import { tagsOf, versionOf, wireRegisteredModels, wireVersions } from './registry-json.ts';
import type { Call, Route } from './route.ts';
import { checkKey } from './validate.ts';

export const registeredModelRoutes: readonly Route[] = [
  { method: 'POST', path: 'registered-models/create', effect: 'write', answer: create },
  { method: 'GET', path: 'registered-models/get', effect: 'read', answer: get },
  { method: 'POST', path: 'registered-models/rename', effect: 'write', answer: rename },
  { method: 'PATCH', path: 'registered-models/update', effect: 'write', answer: update },
  { method: 'DELETE', path: 'registered-models/delete', effect: 'write', answer: remove },
  { method: 'POST', path: 'registered-models/set-tag', effect: 'write', answer: setTag },
  { method: 'DELETE', path: 'registered-models/delete-tag', effect: 'write', answer: deleteTag },
  { method: 'POST', path: 'registered-models/alias', effect: 'write', answer: setAlias },
  { method: 'DELETE', path: 'registered-models/alias', effect: 'write', answer: deleteAlias },
  { method: 'GET', path: 'registered-models/alias', effect: 'read', answer: getByAlias },
  {
    method: 'POST',
    path: 'registered-models/get-latest-versions',
    effect: 'read',
    answer: getLatest,
  },
  {
    method: 'GET',
    path: 'registered-models/get-latest-versions',
    effect: 'read',
    answer: getLatest,
  },
];

function create({ context, input }: Call): unknown {
  const tags = tagsOf(input);
  for (const key of Object.keys(tags)) checkKey(key, 'key');
  const model = registry.createRegisteredModel(context.store, {
    name: input.optional('name') ?? '',
    description: input.optional('description') ?? '',
    tags,
  });
  return changed(context, model);
}

function get({ context, input }: Call): unknown {
  return wire(context, registry.requireRegisteredModel(context.store, input.string('name')));
}

function rename({ context, input }: Call): unknown {
  const name = input.string('name');
  const newName = input.optional('new_name') ?? '';
  return changed(context, registry.renameRegisteredModel(context.store, name, newName));
}

function update({ context, input }: Call): unknown {
  const description = input.optional('description') ?? '';
  const name = input.string('name');
  return changed(context, registry.updateRegisteredModel(context.store, name, description));
}

function remove({ context, input }: Call): unknown {
  registry.deleteRegisteredModel(context.store, input.string('name'));
  context.changed(['registry']);
  return {};
}

function setTag({ context, input }: Call): unknown {
  const key = checkKey(input.string('key'), 'key');
  const name = input.string('name');
  registry.setRegisteredModelTag(context.store, name, key, input.optional('value') ?? '');
  context.changed(['registry']);
  return {};
}

/** One that is not there is no error. */
function deleteTag({ context, input }: Call): unknown {
  const { name } = registry.requireRegisteredModel(context.store, input.string('name'));
  deleteRegisteredModelTag(context.store, name, input.string('key'));
  context.changed(['registry']);
  return {};
}

function setAlias({ context, input }: Call): unknown {
  const alias = input.optional('alias') ?? '';
  registry.setAlias(context.store, input.string('name'), alias, versionOf(input));
  context.changed(['registry']);
  return {};
}

function deleteAlias({ context, input }: Call): unknown {
  registry.removeAlias(context.store, input.string('name'), input.optional('alias') ?? '');
  context.changed(['registry']);
  return {};
}

function getByAlias({ context, input }: Call): unknown {
  const alias = input.optional('alias') ?? '';
  const version = registry.versionOfAlias(context.store, input.string('name'), alias);
  return { model_version: wireVersions(context.store, [version])[0] };
}

function getLatest({ context, input }: Call): unknown {
  const { store } = context;
  const found = registry.latestVersions(store, input.string('name'), input.strings('stages'));
  return { model_versions: wireVersions(store, found) };
}

function changed(context: MlflowContext, model: RegisteredModelRecord): unknown {
  context.changed(['registry']);
  return wire(context, model);
}

function wire({ store }: MlflowContext, model: RegisteredModelRecord): unknown {
  return { registered_model: wireRegisteredModels(store, [model])[0] };
}

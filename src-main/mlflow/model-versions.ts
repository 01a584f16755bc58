/** Versions of registered models: made from what was logged, described, moved between stages. */
import * as registry from '../registry/index.ts';
import {
  deleteVersionTag,
  type ModelVersionRecord,
  upsertVersionTag,
} from '../store/model-versions.ts';
import type { MlflowContext } from './context.ts';
import type { Fields } from './fields.ts';
import { tagsOf, versionOf, wireVersions } from './registry-json.ts';
import type { Call, Route } from './route.ts';
import { checkKey } from './validate.ts';

export const modelVersionRoutes: readonly Route[] = [
  { method: 'POST', path: 'model-versions/create', effect: 'write', answer: create },
  { method: 'GET', path: 'model-versions/get', effect: 'read', answer: get },
  { method: 'PATCH', path: 'model-versions/update', effect: 'write', answer: update },
  { method: 'POST', path: 'model-versions/transition-stage', effect: 'write', answer: transition },
  { method: 'DELETE', path: 'model-versions/delete', effect: 'write', answer: remove },
  { method: 'GET', path: 'model-versions/get-download-uri', effect: 'read', answer: downloadUri },
  { method: 'POST', path: 'model-versions/set-tag', effect: 'write', answer: setTag },
  { method: 'DELETE', path: 'model-versions/delete-tag', effect: 'write', answer: deleteTag },
];

function create({ context, input }: Call): unknown {
  const { store } = context;
  const tags = tagsOf(input);
  for (const key of Object.keys(tags)) checkKey(key, 'key');
  const name = input.string('name');
  const request = {
    source: input.string('source'),
    runId: input.optional('run_id') || null,
    modelId: input.optional('model_id') || null,
  };
  registry.requireRegisteredModel(store, name);
  const isPrompt = registry.isPromptTags(tags);
  const version = registry.createModelVersion(store, name, {
    origin: isPrompt ? registry.promptOrigin(request) : registry.resolveSource(context, request),
    description: input.optional('description') ?? '',
    runLink: input.optional('run_link') || null,
    tags,
  });
  if (version.run_id !== null) context.changed([`run:${version.run_id}`]);
  return changed(context, version);
}

function get({ context, input }: Call): unknown {
  return wire(context, find(context, input));
}

function update({ context, input }: Call): unknown {
  const { name, version } = find(context, input);
  const description = input.optional('description') ?? '';
  return changed(
    context,
    registry.updateModelVersion(context.store, name, String(version), description),
  );
}

function transition({ context, input }: Call): unknown {
  const name = input.string('name');
  const version = registry.transitionStage(context.store, name, versionOf(input), {
    stage: input.string('stage'),
    archiveOthers: input.boolean('archive_existing_versions'),
  });
  return changed(context, version);
}

function remove({ context, input }: Call): unknown {
  registry.deleteModelVersion(context.store, input.string('name'), versionOf(input));
  context.changed(['registry']);
  return {};
}

function downloadUri({ context, input }: Call): unknown {
  const version = find(context, input);
  return { artifact_uri: version.storage_location ?? version.source };
}

function setTag({ context, input }: Call): unknown {
  const key = checkKey(input.string('key'), 'key');
  const value = input.optional('value') ?? '';
  registry.checkTag(key, value);
  const { name, version } = find(context, input);
  upsertVersionTag(context.store, { name, version, key, value });
  context.changed(['registry']);
  return {};
}

/** One that is not there is no error. */
function deleteTag({ context, input }: Call): unknown {
  const { name, version } = find(context, input);
  deleteVersionTag(context.store, name, version, input.string('key'));
  context.changed(['registry']);
  return {};
}

function find({ store }: MlflowContext, input: Fields): ModelVersionRecord {
  return registry.requireModelVersion(store, input.string('name'), versionOf(input));
}

function changed(context: MlflowContext, version: ModelVersionRecord): unknown {
  context.changed(['registry']);
  return wire(context, version);
}

function wire({ store }: MlflowContext, version: ModelVersionRecord): unknown {
  return { model_version: wireVersions(store, [version])[0] };
}

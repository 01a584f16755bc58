/** Models that runs logged. They have an id, params, tags and metrics of their own, and files. */
import { CairnError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import * as stored from '../store/logged-models.ts';
import type { Store } from '../store/store.ts';
import { checkLength, hasControl, invalid, shown } from './names.ts';

type Model = stored.LoggedModelRecord;

const maxName = 500;
const maxType = 500;

/** @throws CairnError `invalid` */
export function createLoggedModel(
  store: Store,
  model: {
    readonly experimentId: string;
    readonly name: string;
    readonly type: string;
    readonly runId: string | null;
    /** Where the experiment's user wants artifacts, or null for the store's own folder. */
    readonly location: string | null;
    readonly params: readonly (readonly [key: string, value: string])[];
    readonly tags: readonly (readonly [key: string, value: string])[];
  },
): Model {
  checkName(model.name);
  checkLength('model_type', model.type, maxType);
  const id = `m-${newId()}`;
  const now = Date.now();
  stored.insertLoggedModel(store, {
    id,
    experiment_id: model.experimentId,
    name: model.name,
    type: model.type,
    status: 'PENDING',
    status_message: '',
    source_run_id: model.runId,
    artifact_root:
      model.location === null
        ? null
        : `${model.location.replace(/\/+$/, '')}/models/${id}/artifacts`,
    created_at: now,
    updated_at: now,
    deleted_at: null,
  });
  logModelParams(store, id, model.params);
  setLoggedModelTags(store, id, model.tags);
  return requireLoggedModel(store, id);
}

/** @throws CairnError `not-found`, for deleted ones too unless they are allowed */
export function requireLoggedModel(
  store: Store,
  id: string,
  options: { readonly allowDeleted?: boolean } = {},
): Model {
  const found = stored.readLoggedModel(store, id);
  if (found !== undefined && (found.deleted_at === null || options.allowDeleted === true)) {
    return found;
  }
  throw new CairnError('not-found', `Logged model with ID '${shown(id)}' not found.`);
}

/** What the client says once the files are there, or could not be. */
export function finishLoggedModel(store: Store, id: string, status: Model['status']): Model {
  requireLoggedModel(store, id);
  stored.changeLoggedModel(store, id, { status, updated_at: Date.now() });
  return requireLoggedModel(store, id);
}

/** Params never change: the same value passes, another is an error. */
export function logModelParams(
  store: Store,
  id: string,
  params: readonly (readonly [key: string, value: string])[],
): void {
  requireLoggedModel(store, id);
  for (const [key, value] of params) {
    const before = stored.readModelParam(store, id, key);
    if (before === undefined) stored.insertModelParam(store, id, key, value);
    else if (before !== value) {
      throw invalid(
        `Changing param values is not allowed. Param with key='${key}' was already logged with value='${shown(before)}' for model ID='${id}'. Attempted logging new value '${shown(value)}'.`,
      );
    }
  }
}

export function setLoggedModelTags(
  store: Store,
  id: string,
  tags: readonly (readonly [key: string, value: string])[],
): void {
  requireLoggedModel(store, id);
  for (const [key, value] of tags) stored.upsertModelTag(store, id, key, value);
}

/** @throws CairnError `not-found` when there is no such tag */
export function deleteLoggedModelTag(store: Store, id: string, key: string): void {
  requireLoggedModel(store, id);
  if (stored.deleteModelTag(store, id, key)) return;
  throw new CairnError('not-found', `No tag with key '${key}' found for model with ID '${id}'.`);
}

/** It is no longer found; its files stay until the trash is emptied. */
export function deleteLoggedModel(store: Store, id: string): void {
  requireLoggedModel(store, id);
  const now = Date.now();
  stored.changeLoggedModel(store, id, { deleted_at: now, updated_at: now });
}

/** @throws CairnError `not-found` for a model that is not there */
export function linkLoggedModels(
  store: Store,
  run: number,
  direction: stored.Direction,
  models: readonly { readonly id: string; readonly step: number }[],
): void {
  for (const { id, step } of models) {
    requireLoggedModel(store, id);
    stored.linkModel(store, run, id, direction, step);
  }
}

function checkName(name: string): void {
  checkLength('name', name, maxName);
  if (name !== '' && !/[/:.%"']/.test(name) && !hasControl(name)) return;
  throw invalid(
    `Invalid model name ('${shown(name)}') provided. Model name must be a non-empty string and cannot contain the following characters: ('/', ':', '.', '%', '"', "'")`,
  );
}

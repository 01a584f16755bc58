/** Registered models: a name under which versions of a model are kept. */
import { CairnError } from '../base/errors.ts';
import { readModelVersion } from '../store/model-versions.ts';
import { insertPromotion } from '../store/promotions.ts';
import * as stored from '../store/registered-models.ts';
import type { Store } from '../store/store.ts';
import { checkAlias, checkModelName, checkNewAlias, checkTag, checkVersion } from './names.ts';
import { isPrompt, isPromptTags } from './prompts.ts';

type Model = stored.RegisteredModelRecord;

/** @throws CairnError `invalid`, or `exists` for a name that is taken */
export function createRegisteredModel(
  store: Store,
  model: {
    readonly name: string;
    readonly description: string;
    readonly tags: Readonly<Record<string, string>>;
  },
): Model {
  const name = checkModelName(model.name);
  for (const [key, value] of Object.entries(model.tags)) checkTag(key, value);
  refuseTaken(store, name, isPromptTags(model.tags));
  const now = Date.now();
  const { description } = model;
  stored.insertRegisteredModel(store, { name, description, created_at: now, updated_at: now });
  for (const [key, value] of Object.entries(model.tags)) {
    stored.upsertRegisteredModelTag(store, name, key, value);
  }
  return requireRegisteredModel(store, name);
}

/** @throws CairnError `invalid` for what cannot be a name, `not-found` */
export function requireRegisteredModel(store: Store, name: string): Model {
  const found = stored.readRegisteredModel(store, checkModelName(name));
  if (found !== undefined) return found;
  throw new CairnError('not-found', `Registered Model with name=${name} not found`);
}

export function updateRegisteredModel(store: Store, name: string, description: string): Model {
  requireRegisteredModel(store, name);
  stored.changeRegisteredModel(store, name, { description, updated_at: Date.now() });
  return requireRegisteredModel(store, name);
}

/** Versions, tags and aliases go with the model. */
export function renameRegisteredModel(store: Store, name: string, newName: string): Model {
  checkModelName(newName, 'new_name');
  requireRegisteredModel(store, name);
  if (newName !== name) refuseTaken(store, newName, isPrompt(store, name));
  stored.changeRegisteredModel(store, name, { name: newName, updated_at: Date.now() });
  return requireRegisteredModel(store, newName);
}

/** Its versions, tags and aliases go with it; the files of the versions stay. */
export function deleteRegisteredModel(store: Store, name: string): void {
  requireRegisteredModel(store, name);
  stored.deleteRegisteredModel(store, name);
}

export function setRegisteredModelTag(
  store: Store,
  name: string,
  key: string,
  value: string,
): void {
  checkTag(key, value);
  requireRegisteredModel(store, name);
  stored.upsertRegisteredModelTag(store, name, key, value);
}

/** @throws CairnError `not-found` for a version that is not there */
export function setAlias(store: Store, name: string, alias: string, version: string): void {
  requireRegisteredModel(store, name);
  checkNewAlias(alias);
  const number = checkVersion(version);
  if (readModelVersion(store, name, number) === undefined) throw noVersion(name, version);
  const had = stored.readAlias(store, name, alias)?.version;
  stored.upsertAlias(store, { name, alias, version: number });
  if (had === number) return;
  const before = had === undefined ? '' : String(had);
  const at = Date.now();
  insertPromotion(store, { at, change: 'alias', name, version: number, value: alias, before });
}

/** One that is not there is no error. */
export function removeAlias(store: Store, name: string, alias: string): void {
  requireRegisteredModel(store, name);
  const had = stored.readAlias(store, name, checkAlias(alias));
  if (had === undefined) return;
  stored.deleteAlias(store, name, alias);
  const { version } = had;
  const at = Date.now();
  insertPromotion(store, { at, change: 'unalias', name, version, value: alias, before: '' });
}

export function noVersion(name: string, version: string): CairnError {
  return new CairnError('not-found', `Model Version (name=${name}, version=${version}) not found`);
}

function refuseTaken(store: Store, name: string, asPrompt: boolean): void {
  if (stored.readRegisteredModel(store, name) === undefined) return;
  const kind = (prompt: boolean) => (prompt ? 'Prompt' : 'Registered Model');
  const taken = isPrompt(store, name);
  throw new CairnError(
    'exists',
    taken === asPrompt
      ? `${kind(asPrompt)} (name=${name}) already exists.`
      : `Tried to create a ${kind(asPrompt).toLowerCase()} with name '${name}', but the name is already taken by a ${kind(taken).toLowerCase()}. A model and a prompt cannot have the same name.`,
  );
}

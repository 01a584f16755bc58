/** Registered models and their versions as the protocol has them. */
import {
  type ModelVersionRecord,
  readLatestVersions,
  readVersionTags,
} from '../store/model-versions.ts';
import {
  type RegisteredModelRecord,
  readAliases,
  readRegisteredModelTags,
} from '../store/registered-models.ts';
import type { Store } from '../store/store.ts';
import type { Fields } from './fields.ts';

/** Registered models with tags, aliases and the newest version of every stage, in the order given. */
export function wireRegisteredModels(
  store: Store,
  models: readonly RegisteredModelRecord[],
): Record<string, unknown>[] {
  const names = models.map((model) => model.name);
  const tags = Map.groupBy(readRegisteredModelTags(store, names), (tag) => tag.name);
  const aliases = Map.groupBy(readAliases(store, names), (alias) => alias.name);
  const records = readLatestVersions(store, names);
  const versions = Map.groupBy(
    wireVersions(store, records).map((wire, index) => ({ wire, name: records[index]?.name })),
    (version) => version.name,
  );
  return models.map((model) => ({
    name: model.name,
    creation_timestamp: model.created_at,
    last_updated_timestamp: model.updated_at,
    ...(model.description === '' ? {} : { description: model.description }),
    ...listed(
      'latest_versions',
      versions.get(model.name)?.map(({ wire }) => wire),
    ),
    ...listed(
      'tags',
      tags.get(model.name)?.map(({ key, value }) => ({ key, value })),
    ),
    ...listed(
      'aliases',
      aliases.get(model.name)?.map(({ alias, version }) => ({ alias, version: String(version) })),
    ),
  }));
}

/** Versions with tags and aliases, in the order given. */
export function wireVersions(
  store: Store,
  versions: readonly ModelVersionRecord[],
): Record<string, unknown>[] {
  const names = [...new Set(versions.map((version) => version.name))];
  const key = (of: { name: string; version: number }) => `${of.version}/${of.name}`;
  const tags = Map.groupBy(readVersionTags(store, names), key);
  const aliases = Map.groupBy(readAliases(store, names), key);
  return versions.map((version) => ({
    name: version.name,
    version: String(version.version),
    creation_timestamp: version.created_at,
    last_updated_timestamp: version.updated_at,
    current_stage: version.stage,
    ...(version.description === '' ? {} : { description: version.description }),
    ...(version.user_name === '' ? {} : { user_id: version.user_name }),
    source: version.source,
    ...(version.run_id === null ? {} : { run_id: version.run_id }),
    ...(version.run_link === null ? {} : { run_link: version.run_link }),
    ...(version.model_id === null ? {} : { model_id: version.model_id }),
    status: version.status,
    ...(version.status_message === '' ? {} : { status_message: version.status_message }),
    ...listed(
      'tags',
      tags.get(key(version))?.map((tag) => ({ key: tag.key, value: tag.value })),
    ),
    ...listed(
      'aliases',
      aliases.get(key(version))?.map(({ alias }) => alias),
    ),
  }));
}

/** Tags of a request; a key given twice has the value that was given last. */
export function tagsOf(input: Fields, name = 'tags'): Record<string, string> {
  return Object.fromEntries(
    input.records(name).map((tag) => [tag.string('key'), tag.optional('value') ?? '']),
  );
}

/** The number of a version: a string in the protocol, a number from some clients. */
export function versionOf(input: Fields): string {
  const value = input.raw('version');
  return typeof value === 'number' ? String(value) : input.string('version');
}

/** A list that is left out when it is empty, as in protocol buffers' JSON. */
export function listed(name: string, list: readonly unknown[] | undefined) {
  return list === undefined || list.length === 0 ? {} : { [name]: list };
}

/** Pairs of each owner; a key may be called `__proto__`. */
export function pairsBy<T extends { readonly key: string; readonly value: string }>(
  rows: readonly T[],
  owner: (row: T) => string,
): Map<string, Record<string, string>> {
  const grouped = Map.groupBy(rows, owner);
  return new Map(
    Array.from(grouped, ([id, pairs]) => [
      id,
      Object.fromEntries(pairs.map(({ key, value }) => [key, value])),
    ]),
  );
}

/** Finding registered models and versions. Prompts are left out unless the filter asks for them. */
import { isPromptTags, promptTag } from '../registry/index.ts';
import { readModelVersions, readVersionTags } from '../store/model-versions.ts';
import { readRegisteredModels, readRegisteredModelTags } from '../store/registered-models.ts';
import type { Store } from '../store/store.ts';
import type { Fields } from './fields.ts';
import { type Filterable, type FilterFields, recordFilter, recordOrder } from './record-filter.ts';
import { pairsBy, wireRegisteredModels, wireVersions } from './registry-json.ts';
import type { Call, Route } from './route.ts';
import { offsetOf, pageSize, pageToken } from './wire.ts';

export const registrySearchRoutes: readonly Route[] = [
  { method: 'GET', path: 'registered-models/search', effect: 'read', answer: searchModels },
  { method: 'GET', path: 'model-versions/search', effect: 'read', answer: searchVersions },
];

const modelPages = { usual: 100, most: 1000 };
const versionPages = { usual: 10_000, most: 200_000 };

const modelFields: FilterFields = {
  attributes: {
    name: 'name',
    timestamp: 'last_updated_timestamp',
    last_updated_timestamp: 'last_updated_timestamp',
    creation_timestamp: 'creation_timestamp',
  },
  groups: { tag: 'tags', tags: 'tags' },
};

const versionFields: FilterFields = {
  attributes: {
    name: 'name',
    run_id: 'run_id',
    model_id: 'model_id',
    source_path: 'source_path',
    version_number: 'version_number',
    version: 'version_number',
    stage: 'stage',
    current_stage: 'stage',
    creation_timestamp: 'creation_timestamp',
    last_updated_timestamp: 'last_updated_timestamp',
  },
  groups: { tag: 'tags', tags: 'tags' },
};

interface Candidate<T> extends Filterable {
  readonly item: T;
  readonly prompt: boolean;
}

function searchModels({ context, input }: Call): unknown {
  const { store } = context;
  const models = readRegisteredModels(store);
  const tags = pairsBy(
    readRegisteredModelTags(
      store,
      models.map((model) => model.name),
    ),
    (tag) => tag.name,
  );
  const candidates = models.map((model) =>
    candidate(model, tags.get(model.name) ?? {}, {
      name: model.name,
      last_updated_timestamp: model.updated_at,
      creation_timestamp: model.created_at,
    }),
  );
  const page = search(input, candidates, {
    fields: modelFields,
    order: ['name ASC'],
    always: ['name ASC'],
    pages: modelPages,
  });
  return { registered_models: wireRegisteredModels(store, page.items), ...page.next };
}

function searchVersions({ context, input }: Call): unknown {
  const { store } = context;
  const versions = readModelVersions(store);
  const names = [...new Set(versions.map((version) => version.name))];
  const key = (of: { name: string; version: number }) => `${of.version}/${of.name}`;
  const tags = pairsBy(readVersionTags(store, names), key);
  const prompts = promptNames(store, names);
  const candidates = versions.map((version) =>
    candidate(
      version,
      tags.get(key(version)) ?? {},
      {
        name: version.name,
        run_id: version.run_id,
        model_id: version.model_id,
        source_path: version.source,
        version_number: version.version,
        stage: version.stage,
        creation_timestamp: version.created_at,
        last_updated_timestamp: version.updated_at,
      },
      prompts.has(version.name),
    ),
  );
  const page = search(input, candidates, {
    fields: versionFields,
    order: ['last_updated_timestamp DESC'],
    always: ['name ASC', 'version_number DESC'],
    pages: versionPages,
  });
  return { model_versions: wireVersions(store, page.items), ...page.next };
}

/** One page of what passes the request's filter, in the request's order. */
function search<T>(
  input: Fields,
  candidates: readonly Candidate<T>[],
  rules: {
    readonly fields: FilterFields;
    /** When the request names none. */
    readonly order: readonly string[];
    /** What decides between equals. */
    readonly always: readonly string[];
    readonly pages: { readonly usual: number; readonly most: number };
  },
): { items: T[]; next: { next_page_token?: string } } {
  const filter = input.optional('filter') ?? '';
  const asked = input.strings('order_by');
  const passes = recordFilter(filter, rules.fields);
  const order = [...(asked.length === 0 ? rules.order : asked), ...rules.always];
  const compare = recordOrder(order, rules.fields);
  const withPrompts = filter.includes(promptTag);
  const size = pageSize(input.integer('max_results'), rules.pages.usual, rules.pages.most);
  const from = offsetOf(input.optional('page_token'));
  const found = candidates
    .filter((one) => (withPrompts || !one.prompt) && passes(one))
    .sort(compare);
  return {
    items: found.slice(from, from + size).map((one) => one.item),
    next: found.length > from + size ? { next_page_token: pageToken(from + size) } : {},
  };
}

/** What is no prompt says so to filters, although it has no such tag. */
function candidate<T>(
  item: T,
  own: Readonly<Record<string, string>>,
  attributes: Filterable['attributes'],
  ofPrompt = false,
): Candidate<T> {
  const prompt = ofPrompt || isPromptTags(own);
  const tags = { [promptTag]: String(prompt), ...own };
  return { item, prompt, attributes, groups: { tags } };
}

function promptNames(store: Store, names: readonly string[]): Set<string> {
  const tags = pairsBy(readRegisteredModelTags(store, names), (tag) => tag.name);
  return new Set(names.filter((name) => isPromptTags(tags.get(name) ?? {})));
}

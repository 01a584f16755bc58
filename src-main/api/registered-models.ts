/** Registered versions and logged models: which there are, and which file of theirs holds the weights. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CairnError } from '../base/errors.ts';
import type { Output } from '../contract/index.ts';
import { isModelPath, possibleModelExtensions } from '../contract/model-files.ts';
import {
  isPromptTags,
  type ModelPlace,
  placeOfVersion,
  resolveModelUri,
} from '../registry/index.ts';
import type { Handlers } from '../rpc/index.ts';
import { readModelKinds } from '../store/imported-models.ts';
import { loggedIdIn, readLoggedModels } from '../store/logged-models.ts';
import { readModelVersions } from '../store/model-versions.ts';
import {
  readAliases,
  readRegisteredModels,
  readRegisteredModelTags,
} from '../store/registered-models.ts';
import { readRun } from '../store/runs.ts';
import { type FilePlace, filePlaceOf, filesIn, locateIn, modelFilePlace } from './run-artifacts.ts';
import type { Session } from './session.ts';

type Where = Pick<Session, 'store' | 'workspace'>;
type Listing = Output<'models.registered'>;

const maxFiles = 2000;

export function registeredModelHandlers(context: {
  session(): Pick<Session, 'store' | 'workspace' | 'tracking'>;
}): Pick<Handlers, 'models.registered'> {
  return {
    'models.registered': async ({ limit }) => listModels(context.session(), limit),
  };
}

function listModels(session: Where & Pick<Session, 'tracking'>, limit: number): Listing {
  const { store } = session;
  const models = readRegisteredModels(store);
  const names = models.map(({ name }) => name);
  const tags = Map.groupBy(readRegisteredModelTags(store, names), ({ name }) => name);
  const kinds = readModelKinds(store, names);
  const aliases = Map.groupBy(readAliases(store, names), (one) => `${one.version} ${one.name}`);
  const versions = readModelVersions(store);
  const registered = new Set(
    versions.flatMap(({ model_id, source }) => model_id ?? loggedIdIn(source) ?? []),
  );
  const logged = readLoggedModels(store).filter(({ id }) => !registered.has(id));
  const isPrompt = (name: string): boolean =>
    isPromptTags(Object.fromEntries((tags.get(name) ?? []).map(({ key, value }) => [key, value])));
  const isHere = (place: ModelPlace): boolean => {
    const folder = folderOf(session, place)?.folder.path;
    return folder !== undefined && existsSync(folder);
  };
  const runOf = (id: string | null) => {
    const run = id === null ? undefined : session.tracking.rows([id])[0];
    return run === undefined ? null : { id: run.id, label: run.label, name: run.name };
  };
  let left = limit;
  const take = <T>(all: readonly T[]): T[] => {
    const taken = all.slice(0, left);
    left -= taken.length;
    return taken;
  };
  const all = models.filter(({ name }) => !isPrompt(name));
  const listed = all.map(({ name, description }) => {
    const from = kinds.get(name);
    return {
      name,
      description,
      ...(from === undefined ? {} : { from }),
      versions: take(versions.filter((version) => version.name === name)).map((version) => ({
        version: version.version,
        stage: version.stage,
        aliases: (aliases.get(`${version.version} ${name}`) ?? []).map(({ alias }) => alias),
        createdAt: version.created_at,
        run: runOf(version.run_id),
        uri: `models:/${name}/${version.version}`,
        here: isHere(placeOfVersion(store, version)),
      })),
    };
  });
  const known = new Set(all.map(({ name }) => name));
  const total = versions.filter(({ name }) => known.has(name)).length + logged.length;
  const unregistered = take(logged).map((model) => ({
    id: model.id,
    name: model.name,
    createdAt: model.created_at,
    run: runOf(model.source_run_id),
    uri: `models:/${model.id}`,
    here: isHere({ kind: 'model', model }),
  }));
  return { registered: listed, logged: unregistered, leftOut: total - (limit - left) };
}

/**
 * The file that a model's URI names; of a URI without a path, the one that holds the weights.
 * @returns its absolute path, and a title to tell it from another version's
 * @throws CairnError `not-found` for a model whose files are elsewhere, or that has none
 */
export async function locateModelUri(
  session: Where,
  uri: string,
): Promise<{ readonly path: string; readonly title: string }> {
  const { title, place, path } = resolveModelUri(session.store, uri);
  const folder = folderOf(session, place);
  if (folder === null || !existsSync(folder.folder.path)) {
    throw new CairnError('not-found', `The files of ${title} are not on this machine.`);
  }
  const { files } = await filesIn(session, folder, maxFiles);
  const chosen = weightsOf(
    files.filter((file) => path === '' || file.path === path || file.path.startsWith(`${path}/`)),
  );
  const found = chosen && (await locateIn(session, folder, chosen));
  if (!chosen || !found) {
    throw new CairnError(
      'not-found',
      path === '' ? `${title} has no file with weights.` : `There is no ${path} in ${title}.`,
    );
  }
  return { path: found, title: `${title}: ${chosen}` };
}

/** Which of several files holds a model: what leads to shards, what is called like one, the largest. */
export function weightsOf(
  files: readonly { readonly path: string; readonly size: number }[],
): string | null {
  if (files.length === 1) return files[0]?.path ?? null;
  const index = files.find(
    ({ path }) => /\.safetensors\.index\.json$/i.test(path) || /(^|\/)saved_model\.pb$/i.test(path),
  );
  if (index !== undefined) return index.path;
  const isBeside =
    /(^|\/)(MLmodel|conda\.yaml|python_env\.yaml|requirements\.txt)$|example|config\.json$|tokenizer/i;
  const isPossible = new RegExp(`\\.(cb|${possibleModelExtensions.join('|')})$`, 'i');
  const likely = files.filter(({ path }) => isModelPath(path));
  const possible = files.filter(({ path }) => isPossible.test(path) && !isBeside.test(path));
  const largest = (likely.length > 0 ? likely : possible).toSorted((a, b) => b.size - a.size)[0];
  return largest?.path ?? null;
}

/** Null for files that lie elsewhere. */
function folderOf(session: Where, place: ModelPlace): FilePlace | null {
  if (place.kind === 'model') return modelFilePlace(session, place.model);
  if (place.kind === 'address') return filePlaceOf(session, place.address);
  const run = readRun(session.store, place.runId);
  const own = run === undefined ? null : filePlaceOf(session, run.artifact_root, run.id);
  if (own === null) return null;
  return { ...own, folder: { ...own.folder, path: join(own.folder.path, place.path) } };
}

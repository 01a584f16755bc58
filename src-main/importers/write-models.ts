/** The registered models of a source into the registry, beside those that were registered here. */
import { createHash } from 'node:crypto';
import {
  modelContent,
  readModelOrigin,
  readModelsOfSource,
  setLastVersion,
  setModelOrigin,
} from '../store/imported-models.ts';
import { loggedIdIn } from '../store/logged-models.ts';
import { insertModelVersion, upsertVersionTag } from '../store/model-versions.ts';
import { insertPromotion } from '../store/promotions.ts';
import {
  deleteRegisteredModel,
  insertRegisteredModel,
  upsertAlias,
  upsertRegisteredModelTag,
} from '../store/registered-models.ts';
import { clearItemProblems, findRunByAlias, setItemProblem } from '../store/sources.ts';
import type { Store } from '../store/store.ts';
import type { ImportedModel, ImportedModelVersion } from './types.ts';

/** Before the names of models, as items of a source. */
const itemPrefix = 'model ';
const stages: ReadonlySet<string> = new Set(['None', 'Staging', 'Production', 'Archived']);

/**
 * Writes all models that a source has now. What was changed here since stays as it is, and a name that
 * is taken is left to whom it belongs. Call inside a transaction.
 * @returns ids of the runs that their versions were made from
 */
export function writeModels(
  store: Store,
  sourceId: number,
  models: readonly ImportedModel[],
): ReadonlySet<string> {
  const runs = new Set<string>();
  clearItemProblems(store, sourceId, itemPrefix);
  const names = new Set(models.map((model) => model.name));
  for (const origin of readModelsOfSource(store, sourceId)) {
    if (!names.has(origin.name) && origin.source_stamp === stampOf(store, origin.name)) {
      deleteRegisteredModel(store, origin.name);
    }
  }
  for (const model of models) {
    const known = readModelOrigin(store, model.name);
    if (known !== undefined) {
      if (known.source_id !== sourceId) {
        const reason = `The registered model ${model.name} is here already, from elsewhere; this one was left out.`;
        setItemProblem(store, sourceId, itemPrefix + model.name, reason);
        continue;
      }
      if (known.source_stamp !== stampOf(store, model.name)) continue;
      deleteRegisteredModel(store, model.name);
    }
    for (const id of insertModel(store, model)) runs.add(id);
    const { name } = model;
    setModelOrigin(store, { name, source_id: sourceId, source_stamp: stampOf(store, name) });
  }
  return runs;
}

/** @returns ids of the runs of its versions */
function insertModel(store: Store, model: ImportedModel): string[] {
  const { name } = model;
  insertRegisteredModel(store, {
    name,
    description: model.description,
    created_at: model.createdAt,
    updated_at: model.updatedAt,
  });
  for (const [key, value] of Object.entries(model.tags)) {
    upsertRegisteredModelTag(store, name, key, value);
  }
  const runs = model.versions.flatMap((version) => insertVersion(store, name, version) ?? []);
  const numbers = new Set(model.versions.map(({ version }) => version));
  setLastVersion(store, name, Math.max(0, ...numbers));
  for (const [alias, version] of Object.entries(model.aliases)) {
    if (!numbers.has(version)) continue;
    upsertAlias(store, { name, alias, version });
    // Nobody says when: no later than the model was changed last.
    const at = model.updatedAt;
    insertPromotion(store, { at, change: 'alias', name, version, value: alias, before: '' });
  }
  return runs;
}

/** @returns the id of the run that it was made from, when that is known */
function insertVersion(store: Store, name: string, version: ImportedModelVersion): string | null {
  const native = version.runNativeId;
  const run = native === null ? undefined : findRunByAlias(store, [native]);
  insertModelVersion(store, {
    name,
    version: version.version,
    description: version.description,
    user_name: version.user,
    stage: stages.has(version.stage) ? version.stage : 'None',
    source: version.source,
    storage_location: (run === undefined ? null : placeInRun(version, run)) ?? version.storage,
    run_id: run ?? native,
    run_link: version.runLink,
    model_id: loggedIdIn(version.source),
    status: version.status,
    status_message: '',
    created_at: version.createdAt,
    updated_at: version.updatedAt,
  });
  for (const [key, value] of Object.entries(version.tags)) {
    upsertVersionTag(store, { name, version: version.version, key, value });
  }
  const made = { name, version: version.version, before: '' };
  insertPromotion(store, { ...made, at: version.createdAt, change: 'version', value: '' });
  if (stages.has(version.stage) && version.stage !== 'None') {
    const { updatedAt: at, stage: value } = version;
    insertPromotion(store, { ...made, at, change: 'stage', value, before: 'None' });
  }
  return run ?? null;
}

/** Files among a run's artifacts are named by it: so they are found wherever the folder was moved. */
function placeInRun({ storage, source, runNativeId }: ImportedModelVersion, run: string) {
  const marker = `/${runNativeId}/artifacts/`;
  const place = (storage ?? source).replaceAll('\\', '/');
  const at = place.indexOf(marker);
  return at === -1 ? null : `runs:/${run}/${place.slice(at + marker.length)}`;
}

function stampOf(store: Store, name: string): string {
  return createHash('md5').update(modelContent(store, name)).digest('base64');
}

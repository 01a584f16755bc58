/** Versions of registered models: made from what a run logged, moved between stages, found by alias. */
import { CairnError } from '../base/errors.ts';
import * as stored from '../store/model-versions.ts';
import { insertPromotion } from '../store/promotions.ts';
import { changeRegisteredModel, readAlias } from '../store/registered-models.ts';
import type { Store } from '../store/store.ts';
import { checkAlias, checkModelName, checkTag, checkVersion, invalid, isLatest } from './names.ts';
import { noVersion, requireRegisteredModel } from './registered-models.ts';
import { isActiveStage, stageOf, stages } from './stages.ts';
import type { VersionOrigin } from './version-source.ts';

type Version = stored.ModelVersionRecord;

/**
 * @param origin where its files are; see `resolveSource`
 * @throws CairnError `not-found` for a model that is not registered
 */
export function createModelVersion(
  store: Store,
  name: string,
  version: {
    readonly origin: VersionOrigin;
    readonly description: string;
    readonly runLink: string | null;
    readonly tags: Readonly<Record<string, string>>;
  },
): Version {
  requireRegisteredModel(store, name);
  for (const [key, value] of Object.entries(version.tags)) checkTag(key, value);
  const now = Date.now();
  const number = stored.takeVersionNumber(store, name);
  const { origin } = version;
  stored.insertModelVersion(store, {
    name,
    version: number,
    description: version.description,
    user_name: '',
    stage: 'None',
    source: origin.source,
    storage_location: origin.storageLocation,
    run_id: origin.runId,
    run_link: version.runLink,
    model_id: origin.modelId,
    status: 'READY',
    status_message: '',
    created_at: now,
    updated_at: now,
  });
  for (const [key, value] of Object.entries(version.tags)) {
    stored.upsertVersionTag(store, { name, version: number, key, value });
  }
  changeRegisteredModel(store, name, { updated_at: now });
  insertPromotion(store, {
    at: now,
    change: 'version',
    name,
    version: number,
    value: '',
    before: '',
  });
  return requireModelVersion(store, name, String(number));
}

/** @throws CairnError `invalid` for what cannot be a version, `not-found` */
export function requireModelVersion(store: Store, name: string, version: string): Version {
  checkModelName(name);
  const found = stored.readModelVersion(store, name, checkVersion(version));
  if (found !== undefined) return found;
  throw noVersion(name, version);
}

export function updateModelVersion(
  store: Store,
  name: string,
  version: string,
  description: string,
): Version {
  const found = requireModelVersion(store, name, version);
  stored.changeModelVersion(store, name, found.version, { description, updated_at: Date.now() });
  return requireModelVersion(store, name, version);
}

/**
 * @param archiveOthers moves what else is in that stage to Archived; only for Staging and Production
 */
export function transitionStage(
  store: Store,
  name: string,
  version: string,
  to: { readonly stage: string; readonly archiveOthers: boolean },
): Version {
  const stage = stageOf(to.stage);
  if (to.archiveOthers && !isActiveStage(stage)) {
    throw invalid(
      `Model version transition cannot archive existing model versions because '${stage}' is not an Active stage. Valid stages are Staging, Production.`,
    );
  }
  const found = requireModelVersion(store, name, version);
  const at = Date.now();
  if (to.archiveOthers) {
    const move = { name, version: found.version, from: stage, to: 'Archived', at };
    stored.moveOthersOfStage(store, move);
  }
  stored.changeModelVersion(store, name, found.version, { stage, updated_at: at });
  changeRegisteredModel(store, name, { updated_at: at });
  if (found.stage !== stage) {
    const { version: number, stage: before } = found;
    insertPromotion(store, { at, change: 'stage', name, version: number, value: stage, before });
  }
  return requireModelVersion(store, name, version);
}

/** Its number is not given again; its files stay. */
export function deleteModelVersion(store: Store, name: string, version: string): void {
  const found = requireModelVersion(store, name, version);
  stored.deleteModelVersion(store, name, found.version);
  changeRegisteredModel(store, name, { updated_at: Date.now() });
}

/**
 * Of each of the stages the newest version.
 * @param wanted none stands for all
 */
export function latestVersions(store: Store, name: string, wanted: readonly string[]): Version[] {
  requireRegisteredModel(store, name);
  const chosen = new Set<string>(wanted.length === 0 ? stages : wanted.map(stageOf));
  return stored.readLatestVersions(store, [name]).filter(({ stage }) => chosen.has(stage));
}

/** @throws CairnError `invalid` for an alias that the model does not have, as MLflow has it */
export function versionOfAlias(store: Store, name: string, alias: string): Version {
  requireRegisteredModel(store, name);
  checkAlias(alias);
  if (isLatest(alias)) return newestVersion(store, name);
  const found = readAlias(store, name, alias);
  if (found === undefined) throw invalid(`Registered model alias ${alias} not found.`);
  return requireModelVersion(store, name, String(found.version));
}

function newestVersion(store: Store, name: string): Version {
  const newest = stored
    .readLatestVersions(store, [name])
    .reduce<Version | undefined>(
      (best, version) => (best === undefined || version.version > best.version ? version : best),
      undefined,
    );
  if (newest !== undefined) return newest;
  throw new CairnError('not-found', `Latest version not found for model ${name}.`);
}

/**
 * Datasets that runs used, models that they logged, and registered models with their versions,
 * stages and aliases: MLflow's rules for them, on top of the store's queries. Every function that
 * changes something runs inside a transaction of its caller. Nothing here opens a model.
 */
export { logDatasets } from './datasets.ts';
export {
  createLoggedModel,
  deleteLoggedModel,
  deleteLoggedModelTag,
  finishLoggedModel,
  linkLoggedModels,
  logModelParams,
  requireLoggedModel,
  setLoggedModelTags,
} from './logged-models.ts';
export { type ModelPlace, placeOfVersion, resolveModelUri } from './model-uri.ts';
export {
  createModelVersion,
  deleteModelVersion,
  latestVersions,
  requireModelVersion,
  transitionStage,
  updateModelVersion,
  versionOfAlias,
} from './model-versions.ts';
export { checkTag } from './names.ts';
export { isPromptTags, promptTag } from './prompts.ts';
export {
  createRegisteredModel,
  deleteRegisteredModel,
  removeAlias,
  renameRegisteredModel,
  requireRegisteredModel,
  setAlias,
  setRegisteredModelTag,
  updateRegisteredModel,
} from './registered-models.ts';
export { modelArtifactUri, promptOrigin, resolveSource } from './version-source.ts';

/**
 * DVC's pipelines: dvc.yaml and .dvc files read with places, the stage graph, what is stale and
 * why, and the lock entry that a stage leaves. Nothing here starts a process; running is done by
 * runners/. Looking (observe.ts) is apart from judging (plan.ts), which is pure.
 */
export { cacheFolder, folderRemotes, linksOf, loadDvcConfig, withoutGit } from './config.ts';
export { applySetParams, parseSetParam } from './edit-params.ts';
export { buildGraph, type Edge, type Graph } from './graph.ts';
export { type LoadOptions, loadPipeline, readParams, workspaceReader } from './load.ts';
export { LockDocument } from './lock-document.ts';
export { type MetricValue, metricsFiles, pointsFiles, readMetricsFile } from './metrics-file.ts';
export { Observer, type ObserverContext } from './observe.ts';
export { flattenParams, type ParamValues, parseParams } from './params-file.ts';
export {
  explain,
  type Observed,
  type PlannedAction,
  planStage,
  planStages,
  type StagePlan,
} from './plan.ts';
export { trackedParams } from './plan-params.ts';
export { recordInputs, recordOutputs, recordRun } from './record.ts';
export { runCacheKey, runCacheValue } from './run-cache-key.ts';
export { selectStages } from './select.ts';
export { pipelineStatus } from './status.ts';
export type {
  Dep,
  Out,
  OutRole,
  ParamsDep,
  Pipeline,
  PipelineFile,
  Place,
  Stage,
} from './types.ts';

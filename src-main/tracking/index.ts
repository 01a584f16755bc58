/**
 * Experiments, runs, params, metrics, notes and the numbers over them: the rules on top of the
 * store's queries. Nothing here starts a process or reads the user's files, except for log sizes.
 */
export {
  type ArtifactFolder,
  artifactFolder,
  modelArtifactFolder,
  resolveArtifact,
  safeParts,
} from './artifacts.ts';
export { bulkEdits, editRuns, tagsOfRuns } from './bulk-edit.ts';
export { readAgainst, readBands } from './chart-data.ts';
export { readCurves } from './curves.ts';
export { Experiments } from './experiments.ts';
export { layoutEdits } from './layout.ts';
export { loadPath, logPath, runFolder } from './log-path.ts';
export { endLoggedRun } from './logged-runs.ts';
export { Notes } from './notes.ts';
export { type LiveRun, type MetricPoint, type NewRun, Tracking } from './tracking.ts';
export { type EditKind, type EditKinds, recordEdit, UndoLog } from './undo.ts';

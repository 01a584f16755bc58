/**
 * Runs as processes: launching a detached runner, what that runner does, stopping it, noticing when
 * it died. Pipelines, commands, the environment and metrics files are parts of the same.
 */

export { alreadyDone } from './already-done.ts';
export type { RunnerContext } from './context.ts';
export { executeRun } from './execute.ts';
export { type LaunchRequest, launchRun } from './launch.ts';
export { prepareNotebook } from './prepare-notebook.ts';
export { reapDeadRuns, stopRun } from './stop.ts';

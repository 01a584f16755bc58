/** Stopping runs, and finding those whose runner is gone. */

import type { Lineage } from '../lineage/index.ts';
import { isAlive, stopTree } from '../processes/index.ts';
import type { LiveRun, Tracking } from '../tracking/index.ts';

export interface StopContext {
  readonly tracking: Tracking;
  readonly lineage: Lineage;
}

/** A runner that does not come up within this time never will. */
const startMs = 30_000;
/** How long a runner may take to end its stages before it is ended itself. */
const runnerGraceMs = 12_000;
const pollMs = 100;

/** Asks the runner to stop everything it started; ends the tree itself if the runner does not. */
export async function stopRun(context: StopContext, id: string): Promise<void> {
  const run = context.tracking.live().find((one) => one.id === id);
  if (run === undefined) return;
  context.tracking.requestStop(id);
  const identity = identityOf(run);
  if (identity === null) {
    // Not up yet: it will find the request when it is. One that never comes up is reaped.
    return;
  }
  if (isAlive(identity) && process.platform !== 'win32') process.kill(identity.pid, 'SIGTERM');
  const deadline = Date.now() + runnerGraceMs;
  while (Date.now() < deadline && isAlive(identity)) {
    if (!context.tracking.live().some((one) => one.id === id)) return;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  if (isAlive(identity)) await stopTree(identity.pid, 0);
  markEnded(context, id, 'KILLED', 'The run was stopped, and its runner had to be ended too.');
}

/**
 * Marks runs whose runner died without a word.
 * @returns their ids
 */
export async function reapDeadRuns(context: StopContext): Promise<string[]> {
  const dead = context.tracking.live().filter((run) => {
    const identity = identityOf(run);
    return identity === null ? Date.now() - run.createdAt > startMs : !isAlive(identity);
  });
  for (const run of dead) {
    const why =
      run.runnerPid === null
        ? 'The runner never came up.'
        : 'The runner ended without a word: it was killed, or the machine went down.';
    markEnded(context, run.id, 'FAILED', why);
  }
  return dead.map((run) => run.id);
}

function identityOf(run: LiveRun): { pid: number; started: string } | null {
  if (run.runnerPid === null || run.runnerStarted === null) return null;
  return { pid: run.runnerPid, started: run.runnerStarted };
}

/** The runner may have written the end in the meantime, which counts. */
function markEnded(
  context: StopContext,
  id: string,
  status: 'FAILED' | 'KILLED',
  error: string,
): void {
  const { tracking, lineage } = context;
  if (!tracking.live().some((run) => run.id === id)) return;
  for (const execution of tracking.get(id).executions) {
    if (execution.state !== 'running' && execution.state !== 'waiting') continue;
    const state = execution.state === 'running' ? 'killed' : 'skipped';
    lineage.updateExecution(execution.id, { state, endedAt: Date.now() });
  }
  tracking.finishRun(id, { status, exitCode: null, error });
}

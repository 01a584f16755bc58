/** Stopping runs, and finding those whose runner is gone. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Lineage } from '../lineage/index.ts';
import { isAlive, isRunning, stopTree } from '../processes/index.ts';
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
/** Name of the file, beside the logs of a run, in which its runner tells its own troubles. */
export const runnerLog = 'runner.log';

/** Asks the runner to stop everything it started; ends the tree itself if the runner does not. */
export async function stopRun(context: StopContext, id: string): Promise<void> {
  const run = liveRun(context, id);
  if (run === undefined) return;
  context.tracking.requestStop(id);
  const identity = identityOf(run);
  if (identity === null) {
    // Not up yet: it will find the request when it is. One that never comes up is reaped.
    return;
  }
  if (process.platform !== 'win32' && (await isAlive(identity))) {
    process.kill(identity.pid, 'SIGTERM');
  }
  const deadline = Date.now() + runnerGraceMs;
  while (Date.now() < deadline && isRunning(identity.pid)) {
    if (liveRun(context, id) === undefined) return;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  if (await isAlive(identity)) await stopTree(identity.pid, { graceMs: 0 });
  markEnded(
    context,
    id,
    'KILLED',
    'The run was stopped, and its runner ended without writing down how.',
  );
}

/**
 * Marks runs whose runner died without a word.
 * @returns their ids
 */
export async function reapDeadRuns(context: StopContext): Promise<string[]> {
  const dead: LiveRun[] = [];
  for (const run of context.tracking.live()) {
    const identity = identityOf(run);
    const gone =
      identity === null ? Date.now() - run.createdAt > startMs : !(await isAlive(identity));
    if (gone) dead.push(run);
  }
  for (const [index, run] of dead.entries()) {
    markDead(context, run);
    // Thousands of them, after a crash of a sweep say, must not keep the window waiting.
    if (index % 20 === 19) await setImmediate();
  }
  return dead.map((run) => run.id);
}

/**
 * Marks a run as failed, unless its runner has written down an end.
 * @param how the runner ended, where that was seen
 */
export function markDead(context: StopContext, run: LiveRun, how?: string): void {
  const why =
    run.runnerPid === null
      ? `The runner never came up${how === undefined ? '' : ` (${how})`}`
      : `The runner ended without a word: ${how ?? 'it was killed, or the machine went down'}`;
  const words = lastWords(context.tracking, run.id);
  const more = words === '' ? '.' : `. Its last words: ${words}`;
  markEnded(context, run.id, 'FAILED', why + more);
}

/** The last line that a runner wrote about its own troubles; empty when it had none. */
function lastWords(tracking: Tracking, id: string): string {
  try {
    const lines = readFileSync(join(dirname(tracking.logPath(id, '')), runnerLog), 'utf8');
    return (lines.trimEnd().split('\n').at(-1) ?? '').slice(0, 500);
  } catch {
    return '';
  }
}

function liveRun({ tracking }: StopContext, id: string): LiveRun | undefined {
  return tracking.live().find((run) => run.id === id);
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
  const run = tracking.get(id);
  if (run.status !== 'RUNNING' && run.status !== 'SCHEDULED') return;
  for (const execution of run.executions) {
    if (execution.state !== 'running' && execution.state !== 'waiting') continue;
    const state = execution.state === 'running' ? 'killed' : 'skipped';
    lineage.updateExecution(execution.id, { state, endedAt: Date.now() });
  }
  tracking.finishRun(id, { status, exitCode: null, error });
}

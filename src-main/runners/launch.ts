/** Starting a run: a row in the store, and a detached process that does the rest. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { CairnError } from '../base/errors.ts';
import type { RunKind } from '../contract/common.ts';
import type { RunSpec } from '../contract/runs.ts';
import type { Lineage } from '../lineage/index.ts';
import { runFolder, type Tracking } from '../tracking/index.ts';
import { markDead, runnerLog } from './stop.ts';
import { commandText } from './words.ts';

export interface LaunchContext {
  readonly tracking: Tracking;
  readonly lineage: Lineage;
  /** Absolute path of the workspace. */
  readonly root: string;
  readonly storeDir: string;
  /** The program and first arguments of a runner; `--root R --run ID` is appended. */
  readonly runnerCommand: readonly string[];
}

export interface LaunchRequest {
  readonly spec: RunSpec;
  readonly experiment: string | null;
  readonly name: string | null;
  readonly note: string;
  /** `command` or `pipeline` by the spec when left out. */
  readonly kind?: RunKind;
}

/**
 * Returns as soon as the runner is on its way; it needs this process no more. While this process
 * lives, it notices at once when the runner dies without a word.
 */
export async function launchRun(
  context: LaunchContext,
  request: LaunchRequest,
): Promise<{ id: string; label: string }> {
  const { tracking } = context;
  const { spec } = request;
  const run = tracking.createRun({
    spec,
    command: commandText(spec),
    cwd: spec.kind === 'command' ? spec.cwd : '.',
    kind: request.kind ?? spec.kind,
    experiment: request.experiment,
    name: request.name,
    note: request.note,
  });
  if (spec.kind === 'notebook') tracking.setNotebook(run.id, spec.path);
  try {
    const runner = await spawnRunner(context, run.id, givenWords(request));
    runner.once('exit', (code, signal) =>
      noticeDeath(context, run.id, signal ?? `exit code ${code}`),
    );
  } catch (error) {
    const message = `The runner could not be started: ${error instanceof Error ? error.message : error}.`;
    tracking.finishRun(run.id, { status: 'FAILED', exitCode: null, error: message });
    throw new CairnError('failed', message, { cause: error });
  }
  return run;
}

/** Tells the runner what the user chose, which a script's own names do not override. */
function givenWords(request: LaunchRequest): string[] {
  return [
    ...(request.experiment === null ? [] : ['--experiment-given']),
    ...(request.name === null ? [] : ['--name-given']),
  ];
}

/** @param how the runner ended: a signal or an exit code */
function noticeDeath(context: LaunchContext, id: string, how: string): void {
  try {
    const unfinished = context.tracking.live().find((run) => run.id === id);
    if (unfinished !== undefined) markDead(context, unfinished, how);
  } catch {
    // The folder was closed meanwhile; whoever opens it next will notice.
  }
}

async function spawnRunner(
  context: LaunchContext,
  id: string,
  given: readonly string[],
): Promise<ChildProcess> {
  const [program, ...args] = context.runnerCommand;
  if (program === undefined) throw new Error('no program is configured');
  const folder = runFolder(context.storeDir, id);
  mkdirSync(folder, { recursive: true });
  // What a runner says of its own troubles; the run's output has logs of its own.
  const log = openSync(join(folder, runnerLog), 'a');
  try {
    const child = spawn(program, [...args, '--root', context.root, '--run', id, ...given], {
      cwd: context.root,
      detached: true,
      windowsHide: true,
      stdio: ['ignore', log, log],
      // Electron's binary is a Node when it is asked to be one.
      env: { ...process.env, ...(process.versions.electron ? { ELECTRON_RUN_AS_NODE: '1' } : {}) },
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

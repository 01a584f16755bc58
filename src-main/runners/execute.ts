/** What the detached runner does, from its first line to its last. */
import { asCairnError } from '../base/errors.ts';
import type { Environment, RunSpec } from '../contract/runs.ts';
import { identifyProcess, LoadRecorder } from '../processes/index.ts';
import { loadPath } from '../tracking/index.ts';
import { runCommand } from './command.ts';
import type { RunnerContext } from './context.ts';
import { captureEnvironment } from './environment/index.ts';
import { persist } from './persist.ts';
import { runPipelineSpec } from './pipeline-run.ts';
import { takeSnapshot } from './snapshot.ts';

/** How a run ended. */
export interface RunEnd {
  readonly status: 'FINISHED' | 'FAILED' | 'KILLED';
  readonly exitCode: number | null;
  readonly error: string | null;
  readonly peakMemoryBytes: number | null;
  readonly cpuSeconds: number | null;
}

/** How often the store is asked whether somebody wants the run to stop. */
const stopPollMs = 300;

/** Runs what the row describes and writes down how it ended, whatever happens. */
export async function executeRun(context: RunnerContext, id: string): Promise<void> {
  const { tracking } = context;
  const me = await identifyProcess(process.pid);
  const runner = { pid: process.pid, started: me?.started ?? '' };
  await persist(() => tracking.runnerStarted(id, runner));
  const stop = new AbortController();
  const endWatch = watchForStop(context, id, stop);
  const path = loadPath(context.storeDir, id);
  const load = new LoadRecorder({ path, root: context.root, env: process.env });
  try {
    const spec = tracking.spec(id);
    const end = await withEndpoint({ ...context, load }, id, (inner) =>
      record(inner, id, spec, stop.signal),
    );
    await persist(() => tracking.finishRun(id, asLogged(end, tracking.loggedStatus(id))));
  } catch (error) {
    const { message } = asCairnError(error);
    context.logger.error(`Run ${id} failed`, error);
    const end = {
      status: stop.signal.aborted ? ('KILLED' as const) : ('FAILED' as const),
      exitCode: null,
      error: message,
    };
    await persist(() => tracking.finishRun(id, end));
  } finally {
    load.close();
    endWatch();
  }
}

/** Runs `work` with an endpoint that MLflow's client logs to, where one can be had. */
async function withEndpoint<T>(
  context: RunnerContext,
  id: string,
  work: (context: RunnerContext) => Promise<T>,
): Promise<T> {
  const endpoint = await context.openEndpoint?.(id).catch((error: unknown) => {
    context.logger.warn('MLflow’s client cannot log to this run', error);
    return null;
  });
  if (!endpoint) return work(context);
  try {
    return await work({ ...context, env: endpoint.env });
  } finally {
    await endpoint.close();
  }
}

/** A script may end in order and yet have said that its run failed. */
function asLogged(end: RunEnd, logged: string | null): RunEnd {
  if (end.status !== 'FINISHED' || (logged !== 'FAILED' && logged !== 'KILLED')) return end;
  const error = `The script ended in order, but marked its run as ${logged}.`;
  return { ...end, status: logged, error };
}

/** The code is kept before anything runs; the environment is looked at meanwhile. */
async function record(
  context: RunnerContext,
  id: string,
  spec: RunSpec,
  signal: AbortSignal,
): Promise<RunEnd> {
  const snapshot = () => takeSnapshot(context, id);
  const environment = (): Promise<void> =>
    captureEnvironment({ root: context.root, spec, env: process.env })
      .then((found: Environment) => context.tracking.setEnvironment(id, found))
      .catch((error: unknown) =>
        context.logger.warn('The environment could not be recorded', error),
      );
  if (spec.kind === 'pipeline') {
    return await runPipelineSpec(context, id, spec, { signal, snapshot, environment });
  }
  // On the side: most of it is waiting for the interpreter.
  const looking = environment();
  await snapshot();
  const end = await (spec.kind === 'notebook'
    ? (await import('./notebook.ts')).runNotebook(context, id, spec, signal)
    : runCommand(context, id, spec, signal));
  await looking;
  return end;
}

/** Stops by a signal, or by a request in the store (the only way there is on Windows). */
function watchForStop(context: RunnerContext, id: string, stop: AbortController): () => void {
  const abort = () => stop.abort();
  const timer = setInterval(() => {
    try {
      if (context.tracking.stopRequested(id)) abort();
    } catch {
      // A store that is locked for a moment is asked again.
    }
  }, stopPollMs);
  const signals = ['SIGTERM', 'SIGINT'] as const;
  // Somebody may have changed their mind before this process was up.
  if (context.tracking.stopRequested(id)) abort();
  // The terminal that started it may go; the run goes on.
  process.on('SIGHUP', ignoreSignal);
  for (const name of signals) process.on(name, abort);
  return () => {
    clearInterval(timer);
    for (const name of signals) process.off(name, abort);
    process.off('SIGHUP', ignoreSignal);
  };
}

function ignoreSignal(): void {}

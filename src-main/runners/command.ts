/** A run of one command: its output, what it used, what it wrote, the points it logged. */
import { existsSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { asCairnError } from '../base/errors.ts';
import { hashPath } from '../cas/index.ts';
import type { RunSpec } from '../contract/runs.ts';
import { startProcess } from '../processes/index.ts';
import { readFlags } from './command-flags.ts';
import { readParamsFile } from './command-params.ts';
import type { RunnerContext } from './context.ts';
import { stageEnvironment } from './env.ts';
import type { RunEnd } from './execute.ts';
import { persist } from './persist.ts';
import { PointsFollower } from './points/follower.ts';
import { changedPaths, scanFolder } from './scan.ts';

type CommandSpec = Extract<RunSpec, { kind: 'command' }>;

/** Files of one run that are recorded one by one; a command that writes more is not a stage. */
const maxOutputs = 500;
/** Contents up to this size are kept, so that the run can be handed over later. */
const keptBytes = 200 * 2 ** 20;

/** Stopped before anything began. */
const stoppedEarly: RunEnd = {
  status: 'KILLED',
  exitCode: null,
  error: 'Stopped.',
  peakMemoryBytes: null,
  cpuSeconds: null,
};

/** What a command that stands for something else is told to record instead of its own words. */
interface Told {
  /** In words. */
  readonly command?: string;
  /** Workspace paths that went in. */
  readonly inputs?: readonly string[];
  /** Called when it is under way. @returns what ends the watching */
  readonly watch?: (execution: string) => () => void;
}

export async function runCommand(
  context: RunnerContext,
  id: string,
  spec: CommandSpec,
  signal: AbortSignal,
  told: Told = {},
): Promise<RunEnd> {
  const { root, tracking, lineage } = context;
  if (signal.aborted) return stoppedEarly;
  const cwd = resolve(root, spec.cwd);
  const logPath = tracking.logPath(id, '');
  const before = scanFolder(root);
  tracking.setParams(id, paramsOf(root, spec));
  const execution = lineage.startExecution({
    runId: id,
    stage: '',
    position: 0,
    state: 'running',
    command: told.command ?? spec.argv.join(' '),
    reason: '',
  });
  const points = new PointsFollower(
    context,
    id,
    spec.metricsFiles.map((file) => ({ path: resolve(cwd, file), prefix: '' })),
  );
  try {
    const child = await startProcess({
      argv: spec.argv,
      cwd,
      env: stageEnvironment(context.env),
      logPath,
      ...(context.load === undefined ? {} : { load: context.load }),
    });
    const endWatch = told.watch?.(execution);
    const stop = () => void child.stop();
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    const end = await child.done;
    endWatch?.();
    signal.removeEventListener('abort', stop);
    await points.finish();
    const state = signal.aborted ? 'killed' : end.exitCode === 0 ? 'done' : 'failed';
    const update = { ...end, state, endedAt: Date.now() } as const;
    await persist(() => lineage.updateExecution(execution, update));
    await recordFiles(context, execution, told.inputs ?? namedFiles(root, spec), before);
    return {
      status: signal.aborted ? 'KILLED' : end.exitCode === 0 ? 'FINISHED' : 'FAILED',
      exitCode: end.exitCode,
      error: signal.aborted ? 'Stopped.' : explainEnd(end.exitCode, end.signal),
      peakMemoryBytes: end.peakMemoryBytes,
      cpuSeconds: end.cpuSeconds,
    };
  } catch (error) {
    await points.finish().catch(() => undefined);
    const update = { state: 'failed', endedAt: Date.now() } as const;
    await persist(() => lineage.updateExecution(execution, update));
    throw error;
  }
}

/** Those of the root's params.yaml, and what the command itself says otherwise. */
function paramsOf(root: string, { argv }: CommandSpec) {
  const inFile = readParamsFile(root);
  const known = new Map(inFile.map(({ key, value }) => [key, value]));
  const given = readFlags(argv).filter(({ key, value }) => known.get(key) !== value);
  return [...inFile, ...given.map((flag) => ({ file: '', ...flag }))];
}

/** Null for an orderly end. */
export function explainEnd(exitCode: number | null, signal: string | null): string | null {
  if (exitCode === 0) return null;
  if (signal === 'SIGKILL') return 'Killed by SIGKILL: by somebody, or because memory ran out.';
  return signal === null ? `Ended with exit code ${exitCode}.` : `Killed by ${signal}.`;
}

/** Files named on the command line went in; files that are new or different came out. */
async function recordFiles(
  context: RunnerContext,
  execution: string,
  named: readonly string[],
  before: ReturnType<typeof scanFolder>,
): Promise<void> {
  const { root, lineage, cache, kept, logger } = context;
  const after = before === null ? null : scanFolder(root);
  const outputs = before === null || after === null ? [] : changedPaths(before, after);
  const inputs = named.filter((path) => !outputs.includes(path));
  const events: Parameters<typeof lineage.recordEvents>[1][number][] = [];
  for (const [type, paths] of [
    ['INPUT', inputs],
    ['OUTPUT', outputs.slice(0, maxOutputs)],
  ] as const) {
    for (const path of paths) {
      try {
        const absolute = join(root, path);
        const hashed = await hashPath(absolute, { cache });
        if (hashed === null) continue;
        const { hash, size, files } = hashed;
        events.push({ type, role: type === 'INPUT' ? 'dep' : 'out', path, hash, size, files });
        if (type === 'OUTPUT' && size <= keptBytes) await kept.add(absolute, hashed, { cache });
      } catch (error) {
        logger.warn(`${path} was not kept: ${asCairnError(error).message}`);
      }
    }
  }
  await persist(() => lineage.recordEvents(execution, events));
}

/** Workspace paths of the words of a command that are files inside the workspace. */
function namedFiles(root: string, spec: CommandSpec): string[] {
  const found = spec.argv.flatMap((word) => {
    const value = word.startsWith('-') ? word.slice(word.indexOf('=') + 1) : word;
    const absolute = resolve(root, spec.cwd, value);
    const path = relative(root, absolute);
    if (path === '' || path.startsWith('..') || isAbsolute(path)) return [];
    return existsSync(absolute) && statSync(absolute).isFile() ? [path.split(sep).join('/')] : [];
  });
  return [...new Set(found)];
}

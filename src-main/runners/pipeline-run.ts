/** A run of a pipeline, as the runner does it. */
import { basename, extname, join } from 'node:path';
import type { RunSpec } from '../contract/runs.ts';
import { type Supervised, shellArgv, startProcess } from '../processes/index.ts';
import type { RunnerContext } from './context.ts';
import { stageEnvironment } from './env.ts';
import type { RunEnd } from './execute.ts';
import { runPipeline } from './pipeline.ts';
import { createPipelineRecorder } from './pipeline-recorder.ts';
import type { StageCommand, StageOutcome } from './pipeline-types.ts';
import { PointsFollower } from './points/follower.ts';
import { commandText } from './words.ts';

type PipelineSpec = Extract<RunSpec, { kind: 'pipeline' }>;

export interface PipelineHooks {
  readonly signal: AbortSignal;
  readonly snapshot: () => Promise<void>;
  readonly environment: () => Promise<void>;
}

export async function runPipelineSpec(
  context: RunnerContext,
  id: string,
  spec: PipelineSpec,
  hooks: PipelineHooks,
): Promise<RunEnd> {
  const { root, tracking, lineage, cache, objects, kept } = context;
  const usage = { peak: null as number | null, cpu: null as number | null };
  // Looked at on the side: most of it is waiting for the interpreter.
  const environment = hooks.environment();
  const runStage = async (command: StageCommand, signal: AbortSignal): Promise<StageOutcome> => {
    const outcome = await runCommands(context, id, command, signal);
    usage.peak = largest(usage.peak, outcome.peakMemoryBytes);
    usage.cpu = sum(usage.cpu, outcome.cpuSeconds);
    return outcome;
  };
  const outcome = await runPipeline(
    {
      root,
      cache,
      objects,
      kept,
      runStage,
      recorder: createPipelineRecorder({ tracking, lineage }, id),
      command: commandText(spec),
      // After the params were set, before anything runs: the code as it was.
      beforeStages: hooks.snapshot,
    },
    spec,
    { signal: hooks.signal },
  );
  await environment;
  const { status, exitCode, error } = outcome;
  return { status, exitCode, error, peakMemoryBytes: usage.peak, cpuSeconds: usage.cpu };
}

/** The commands of one stage, each in a shell of its own, until one fails. */
async function runCommands(
  context: RunnerContext,
  id: string,
  command: StageCommand,
  signal: AbortSignal,
): Promise<StageOutcome> {
  const { root, tracking } = context;
  const logPath = tracking.logPath(id, command.stage);
  const points = new PointsFollower(
    context,
    id,
    command.pointsFiles.map((path) => ({
      path: join(root, path),
      prefix: `${basename(path, extname(path))}/`,
    })),
  );
  let total: StageOutcome = { exitCode: 0, signal: null, peakMemoryBytes: null, cpuSeconds: null };
  let child: Supervised | null = null;
  const stop = () => void child?.stop();
  signal.addEventListener('abort', stop);
  try {
    for (const line of command.commands) {
      if (signal.aborted) break;
      const env = stageEnvironment({ ...context.env, ...command.env });
      const argv = shellArgv(line, process.platform, env);
      const load = context.load === undefined ? {} : { load: context.load };
      child = await startProcess({
        argv,
        cwd: command.cwd,
        env,
        logPath,
        verbatim: true,
        ...load,
      });
      if (signal.aborted) stop();
      const end = await child.done;
      total = {
        exitCode: end.exitCode,
        signal: end.signal,
        peakMemoryBytes: largest(total.peakMemoryBytes, end.peakMemoryBytes),
        cpuSeconds: sum(total.cpuSeconds, end.cpuSeconds),
      };
      if (end.exitCode !== 0) break;
    }
    return total;
  } finally {
    signal.removeEventListener('abort', stop);
    await points.finish();
  }
}

function largest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

function sum(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : a + b;
}

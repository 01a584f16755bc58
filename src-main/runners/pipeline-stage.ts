/** Reproducing one stage, from looking at it to its entry in dvc.lock. */
import { join } from 'node:path';
import type { LockStage } from '../formats/dvc-lock.ts';
import {
  explain,
  type Observer,
  planStage,
  pointsFiles,
  recordInputs,
  recordOutputs,
  recordRun,
  type Stage,
  type StagePlan,
} from '../pipelines/index.ts';
import { claimStage } from './pipeline-claim.ts';
import { keepUncached, reportFiles, reportMetrics } from './pipeline-files.ts';
import type { LockWriter } from './pipeline-lock.ts';
import { ignoreOutputs, type Outputs } from './pipeline-outputs.ts';
import type { PipelineRunContext, StageOutcome } from './pipeline-types.ts';
import type { RunCache } from './run-cache.ts';

export interface StageServices {
  readonly context: PipelineRunContext;
  readonly observer: Observer;
  readonly outputs: Outputs;
  readonly lock: LockWriter;
  readonly runCache: RunCache;
  /** Whether cached outputs get a line in .gitignore. */
  readonly gitignore: boolean;
  /** Metrics files that dvc.yaml declares outside of its stages; workspace paths. */
  readonly topMetrics: readonly string[];
  /** Resolves when the code as it is has been kept; nothing runs before. */
  readonly ready: () => Promise<void>;
}

/** How a stage was left. */
export interface StageResult {
  readonly state: 'cached' | 'done' | 'failed' | 'killed';
  /** Why it ran, or did not, in one sentence. */
  readonly reason: string;
  readonly exitCode: number | null;
  /** What went wrong, in one sentence. */
  readonly error: string | null;
}

export interface StageRequest {
  readonly force: boolean;
  /** What was planned before anything ran. */
  readonly expected: StagePlan;
}

/** @throws CairnError when the stage could not be run, or its result not be recorded */
export async function reproduceStage(
  stage: Stage,
  request: StageRequest,
  services: StageServices,
  signal: AbortSignal,
): Promise<StageResult> {
  const { observer } = services;
  await observer.observe([stage], { signal });
  const plan = planStage(stage, observer, request);
  if (plan.action === 'none') {
    report(stage, services);
    const waited = request.expected.action === 'await upstream';
    return cached(waited ? 'what it needs came out the same' : 'nothing changed');
  }
  const release = await claimStage(stage, services.context, observer, signal);
  try {
    if (plan.action === 'restore') {
      await restore(stage, stage.lock, services, signal);
      report(stage, services);
      return cached(`put back from the cache: ${explain(plan)}`);
    }
    if (plan.action === 'record') return await recordByHand(stage, plan, services, signal);
    const inputs = recordInputs(stage, observer);
    const known = request.force ? null : services.runCache.find(stage, inputs);
    if (known !== null && (await restore(stage, known, services, signal))) {
      await keep(stage, inputs, services, signal);
      return cached(`it ran before with the same inputs (${explain(plan)})`);
    }
    return await run(stage, plan, inputs, services, signal);
  } finally {
    await release();
  }
}

async function run(
  stage: Stage,
  plan: StagePlan,
  inputs: LockStage,
  services: StageServices,
  signal: AbortSignal,
): Promise<StageResult> {
  const { context, observer } = services;
  const { recorder } = context;
  const reason = explain(plan);
  await services.ready();
  signal.throwIfAborted();
  await services.outputs.clear(stage);
  recorder.stage(stage.address, { state: 'running', reason, startedAt: Date.now() });
  const outcome = await context.runStage(
    {
      stage: stage.address,
      commands: stage.commands,
      cwd: join(context.root, stage.wdir),
      env: { DVC_ROOT: context.root, DVC_STAGE: stage.address },
      pointsFiles: pointsFiles(stage),
    },
    signal,
  );
  const { exitCode, peakMemoryBytes, cpuSeconds } = outcome;
  recorder.stage(stage.address, { state: 'running', exitCode, peakMemoryBytes, cpuSeconds });
  observer.changed([...stage.outs, ...stage.deps].map((entry) => entry.path));
  observer.changed(stage.params.map((one) => one.file));
  const failure = failureOf(stage, outcome, signal);
  if (failure !== null) return { ...failure, reason, exitCode };
  await keep(stage, inputs, services, signal);
  return { state: 'done', reason, exitCode, error: null };
}

function failureOf(
  stage: Stage,
  outcome: StageOutcome,
  signal: AbortSignal,
): { state: 'failed' | 'killed'; error: string } | null {
  if (signal.aborted) return { state: 'killed', error: `${stage.address} was stopped.` };
  if (outcome.exitCode === 0) return null;
  const how =
    outcome.signal !== null
      ? `was ended by ${outcome.signal}${outcome.signal === 'SIGKILL' ? ' (out of memory, perhaps)' : ''}`
      : `failed with exit code ${outcome.exitCode}`;
  return { state: 'failed', error: `${stage.address} ${how}. Its log says more.` };
}

/** Saves what a stage made and records it; dvc.lock is written last. */
async function keep(
  stage: Stage,
  inputs: LockStage,
  services: StageServices,
  signal: AbortSignal,
): Promise<void> {
  const { observer, outputs, runCache, lock } = services;
  await observer.observe([stage], { signal });
  const entry = recordRun(stage, inputs, observer);
  const shared = runCache.keeps(stage);
  // The run-cache puts metrics back too, so they go to the cache although they are not “cached”.
  await outputs.save(
    stage.outs.filter((out) => out.cache || shared),
    { signal },
  );
  if (shared) runCache.save(entry);
  await lock.record(stage, entry, () => {
    if (services.gitignore) ignoreOutputs(stage, (path) => observer.absolute(path));
  });
  await keepUncached(stage, services.context, observer);
  report(stage, services);
}

/** Tracked data and frozen stages: what a person changed becomes what is recorded. */
async function recordByHand(
  stage: Stage,
  plan: StagePlan,
  services: StageServices,
  signal: AbortSignal,
): Promise<StageResult> {
  const { observer, outputs, lock } = services;
  const inputs = stage.lock ?? recordInputs(stage, observer);
  const entry: LockStage = { ...inputs, ...recordOutputs(stage, observer) };
  await outputs.save(
    stage.outs.filter((out) => out.cache),
    { signal },
  );
  await lock.record(stage, entry);
  await keepUncached(stage, services.context, observer);
  report(stage, services);
  return {
    state: 'done',
    reason: `recorded as it is now: ${explain(plan)}`,
    exitCode: null,
    error: null,
  };
}

/**
 * Puts back the outputs that differ from an entry.
 * @returns false, with nothing touched, when the cache lacks one
 */
async function restore(
  stage: Stage,
  entry: LockStage | null,
  services: StageServices,
  signal: AbortSignal,
): Promise<boolean> {
  const { observer, outputs, context } = services;
  const recorded = new Map(entry?.outs?.map((out) => [out.path, out]));
  const differing = stage.outs.flatMap((out) => {
    const known = recorded.get(out.declared);
    return known?.md5 === undefined || observer.matches(out.path, known)
      ? []
      : [{ out, hash: known.md5, executable: known.isexec === true }];
  });
  for (const { hash } of differing) {
    if (!(await context.objects.hasAll(hash))) return false;
  }
  for (const { out, hash, executable } of differing) {
    await outputs.restore(out, hash, executable, { signal });
  }
  await observer.observe([stage], { signal });
  return true;
}

function report(stage: Stage, services: StageServices): void {
  const { context, observer, topMetrics } = services;
  reportFiles(stage, observer, context.recorder);
  reportMetrics(stage, topMetrics, context);
}

function cached(reason: string): StageResult {
  return { state: 'cached', reason, exitCode: null, error: null };
}

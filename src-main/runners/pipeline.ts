/** Reproduces a pipeline: only what changed, independent stages side by side. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { asCairnError } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import type { RunSpec } from '../contract/runs.ts';
import {
  buildGraph,
  cacheFolder,
  explain,
  type Graph,
  linksOf,
  loadDvcConfig,
  loadPipeline,
  Observer,
  planStages,
  type Stage,
  type StagePlan,
  selectStages,
  withoutGit,
} from '../pipelines/index.ts';
import { LockWriter } from './pipeline-lock.ts';
import { Outputs } from './pipeline-outputs.ts';
import { editParams } from './pipeline-params.ts';
import { type Scheduled, schedule } from './pipeline-schedule.ts';
import { reproduceStage, type StageServices } from './pipeline-stage.ts';
import type { PipelineOutcome, PipelineRunContext } from './pipeline-types.ts';
import { usedParams } from './pipeline-used-params.ts';
import { RunCache } from './run-cache.ts';

export type PipelineSpec = Extract<RunSpec, { kind: 'pipeline' }>;

/**
 * Sets params, plans, and runs what has to run.
 * @throws CairnError `invalid`, with file, line and column, when the pipeline cannot be read;
 * `not-found` for a target or param that does not exist. What goes wrong in a stage is told by the
 * outcome.
 */
export async function runPipeline(
  context: PipelineRunContext,
  spec: PipelineSpec,
  work: Work = {},
): Promise<PipelineOutcome> {
  const { root, recorder } = context;
  const lock = new LockWriter(root);
  if (spec.setParams.length > 0) await editParams(root, spec.setParams, lock);
  const kept = once(context.beforeStages);
  // Started now and awaited before the first command: hashing goes on meanwhile.
  kept().catch(() => undefined);
  const pipeline = await loadPipeline(root, { signal: work.signal });
  const graph = buildGraph(pipeline.stages);
  const selected = selectStages(graph, spec.targets, spec);
  const observer = new Observer(context);
  await observer.observe(selected, work);
  const plans = planStages(selected, graph, observer, { force: spec.force });
  recorder.planned(plans.map(describePlan));
  const params = usedParams(pipeline, selected, observer);
  if (params.length > 0) recorder.params(params);
  const config = loadDvcConfig(root);
  const services: StageServices = {
    context,
    observer,
    outputs: new Outputs(observer, context.objects, linksOf(config)),
    lock,
    runCache: new RunCache(existsSync(join(root, '.dvc')) ? cacheFolder(root, config) : null),
    gitignore: existsSync(join(root, '.git')) && !withoutGit(config),
    topMetrics: pipeline.declared.metrics,
    ready: kept,
  };
  const outcome = await reproduce(plans, graph, spec, services, work);
  await kept();
  return outcome;
}

async function reproduce(
  plans: readonly StagePlan[],
  graph: Graph,
  spec: PipelineSpec,
  services: StageServices,
  work: Work,
): Promise<PipelineOutcome> {
  const { recorder } = services.context;
  const signal = work.signal ?? new AbortController().signal;
  const expected = new Map(plans.map((plan) => [plan.stage.address, plan]));
  let exitCode: number | null = 0;
  let error: string | null = null;
  let done = 0;

  const perform = async (stage: Stage): Promise<Scheduled> => {
    const plan = expected.get(stage.address) as StagePlan;
    try {
      const result = await reproduceStage(
        stage,
        { force: spec.force, expected: plan },
        services,
        signal,
      );
      if (result.error !== null) {
        if (error === null) exitCode = result.exitCode;
        error ??= result.error;
      }
      return result;
    } catch (thrown) {
      const { message } = asCairnError(thrown);
      if (!signal.aborted) {
        if (error === null) exitCode = null;
        error ??= message;
      }
      return { state: signal.aborted ? 'killed' : 'failed', reason: message };
    }
  };
  const settled = (address: string, { state, reason }: Scheduled) => {
    recorder.stage(address, { state, reason, endedAt: Date.now() });
    work.onProgress?.({ phase: 'Stages', done: ++done, total: plans.length, unit: 'items' });
  };
  const results = await schedule(
    plans.map((plan) => plan.stage),
    {
      jobs: spec.jobs,
      keepGoing: spec.keepGoing,
      upstream: (stage) => (stage.frozen ? [] : graph.upstream(stage.address)),
      perform,
      settled,
      signal,
    },
  );
  const stages = Array.from(results, ([address, { state, reason }]) => ({
    address,
    state,
    reason,
  }));
  if (signal.aborted) return { status: 'KILLED', exitCode: null, error: 'Stopped.', stages };
  return { status: error === null ? 'FINISHED' : 'FAILED', exitCode, error, stages };
}

function describePlan(plan: StagePlan) {
  return {
    address: plan.stage.address,
    command: plan.stage.commands.join('\n'),
    reason: explain(plan),
  };
}

function once(action: () => Promise<void>): () => Promise<void> {
  let started: Promise<void> | null = null;
  return () => (started ??= action());
}

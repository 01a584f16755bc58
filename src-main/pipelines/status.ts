/** The pipeline as views show it: the graph with the state of every stage, and why. */
import { asCairnError } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import type { TrackedFile } from '../contract/common.ts';
import type { PipelineGraph, StageNode, StaleReason } from '../contract/pipeline.ts';
import { buildGraph, type Graph } from './graph.ts';
import { loadPipeline } from './load.ts';
import { Observer, type ObserverContext } from './observe.ts';
import { flattenParams } from './params-file.ts';
import { entriesByPath, planStages, type StagePlan } from './plan.ts';
import { trackedParams } from './plan-params.ts';
import type { Pipeline, Stage } from './types.ts';

/**
 * Reads the pipeline, looks at the workspace, and says what is stale. A file that cannot be read is
 * the result's `problem`, not an error. Nothing is executed and nothing in the folder is written.
 */
export async function pipelineStatus(
  context: ObserverContext,
  work: Work = {},
): Promise<PipelineGraph> {
  try {
    const pipeline = await loadPipeline(context.root, { signal: work.signal });
    const graph = buildGraph(pipeline.stages);
    const observer = new Observer(context);
    await observer.observe(pipeline.stages, work);
    return describePipeline(pipeline, graph, observer);
  } catch (error) {
    const known = asCairnError(error);
    if (known.code === 'cancelled') throw known;
    const { file = '', line = null, column = null } = known.place ?? {};
    return { stages: [], edges: [], problem: { message: known.message, file, line, column } };
  }
}

/** As {@link pipelineStatus}, of what was read and observed before. */
export function describePipeline(
  pipeline: Pipeline,
  graph: Graph,
  observer: Observer,
): PipelineGraph {
  const plans = new Map(
    planStages(graph.order, graph, observer).map((plan) => [plan.stage.address, plan]),
  );
  return {
    stages: pipeline.stages.map((stage) =>
      describeStage(stage, plans.get(stage.address) as StagePlan, observer),
    ),
    edges: graph.edges.map((edge) => ({ ...edge })),
    problem: null,
  };
}

function describeStage(stage: Stage, plan: StagePlan, observer: Observer): StageNode {
  return {
    address: stage.address,
    name: stage.name,
    file: stage.file,
    kind: stage.kind,
    command: typeof stage.cmd === 'string' ? stage.cmd : (stage.cmd ?? []).join('\n'),
    wdir: stage.wdir,
    desc: stage.desc,
    frozen: stage.frozen,
    deps: stage.deps.map((dep) => tracked(dep, stage.lock?.deps, observer)),
    params: stage.params.flatMap((dep) => {
      const values = observer.params(dep.file);
      const found = new Map(
        (values === null ? [] : trackedParams(dep, values)).map((one) => [one.key, one.value]),
      );
      return [...new Set([...(dep.keys ?? []), ...found.keys()])].flatMap((key) =>
        // A section that is tracked as a whole is told value by value.
        (found.has(key) ? flattenParams({ [key]: found.get(key) }) : [{ key, value: null }]).map(
          (param) => ({ file: dep.file, ...param }),
        ),
      );
    }),
    outs: stage.outs.map((out) => ({
      ...tracked(out, stage.lock?.outs, observer),
      role: out.role,
      cached: out.cache,
    })),
    state: stateOf(stage, plan.reasons),
    reasons: [...plan.reasons],
  };
}

function tracked(
  entry: { path: string; declared: string },
  recorded: NonNullable<Stage['lock']>['outs'],
  observer: Observer,
): TrackedFile {
  const content = observer.content(entry.path);
  if (content !== null) {
    return { path: entry.path, hash: content.hash, size: content.size, files: content.files };
  }
  const known = entriesByPath(recorded).get(entry.declared);
  return {
    path: entry.path,
    hash: known?.md5 ?? null,
    size: known?.size ?? null,
    files: known?.nfiles ?? null,
  };
}

function stateOf(stage: Stage, reasons: readonly StaleReason[]): StageNode['state'] {
  if (reasons.some((reason) => reason.kind !== 'upstream')) return 'stale';
  if (reasons.length > 0) return 'upstream stale';
  return stage.frozen ? 'frozen' : 'fresh';
}

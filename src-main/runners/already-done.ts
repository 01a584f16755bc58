/** Tells a reproduction that would do nothing from one that is worth a run of its own. */
import type { Work } from '../base/progress.ts';
import type { RunDetail } from '../contract/runs.ts';
import {
  buildGraph,
  loadPipeline,
  Observer,
  type ObserverContext,
  planStages,
  type Stage,
  selectStages,
} from '../pipelines/index.ts';
import type { Tracking } from '../tracking/index.ts';
import { type UsedParam, usedParams } from './pipeline-used-params.ts';

export interface AlreadyDoneContext extends ObserverContext {
  readonly tracking: Tracking;
}

export interface Selected {
  readonly targets: readonly string[];
  readonly singleItem: boolean;
  readonly downstream: boolean;
}

export interface AlreadyDone {
  /** Null when a stage would act, or when the latest run has something else on record. */
  readonly run: { readonly id: string; readonly label: string } | null;
  /** How many stages were looked at. */
  readonly stages: number;
}

/**
 * Looks whether every stage is up to date and the latest pipeline run took the same down: what DVC
 * made is new to the record, though nothing needs to run. Nothing is written.
 * @throws CairnError as reading the pipeline and choosing targets do
 */
export async function alreadyDone(
  context: AlreadyDoneContext,
  { targets, ...how }: Selected,
  work: Work = {},
): Promise<AlreadyDone> {
  const pipeline = await loadPipeline(context.root, { signal: work.signal });
  const graph = buildGraph(pipeline.stages);
  const selected = selectStages(graph, targets, how);
  const no: AlreadyDone = { run: null, stages: selected.length };
  const latest = context.tracking.latest('pipeline');
  if (latest === null || selected.length === 0) return no;
  const observer = new Observer(context);
  await observer.observe(selected, work);
  if (planStages(selected, graph, observer).some((plan) => plan.action !== 'none')) return no;
  const recorded = context.tracking.get(latest);
  const same =
    recorded.status === 'FINISHED' &&
    haveSameFiles(selected, recorded, observer) &&
    includesAll(context.tracking.params(latest), usedParams(pipeline, selected, observer));
  return same ? { ...no, run: { id: latest, label: recorded.label } } : no;
}

function haveSameFiles(
  selected: readonly Stage[],
  { executions, files }: RunDetail,
  observer: Observer,
): boolean {
  const commands = new Map(executions.map(({ stage, command }) => [stage, command]));
  const contents = new Set(files.map((file) => fileKey(file.stage, file.path, file.hash)));
  return selected.every(
    (stage) =>
      commands.get(stage.address) === stage.commands.join('\n') &&
      [...stage.deps, ...stage.outs].every(
        ({ path, reach }) =>
          reach === 'remote' ||
          contents.has(fileKey(stage.address, path, observer.content(path)?.hash ?? null)),
      ),
  );
}

function fileKey(stage: string, path: string, hash: string | null): string {
  return `${stage}\0${path}\0${hash}`;
}

function includesAll(recorded: readonly UsedParam[], used: readonly UsedParam[]): boolean {
  const known = new Map(recorded.map(({ file, key, value }) => [`${file}\0${key}`, value]));
  return used.every(({ file, key, value }) => known.get(`${file}\0${key}`) === value);
}

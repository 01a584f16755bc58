/** Which stages a reproduction is about. */
import { CairnError } from '../base/errors.ts';
import type { Graph } from './graph.ts';
import { didYouMean } from './problem.ts';
import type { Stage } from './types.ts';

export interface Selection {
  /** Only the targets, nothing upstream. */
  readonly singleItem?: boolean;
  /** The targets and what depends on them, nothing upstream. */
  readonly downstream?: boolean;
}

/**
 * The stages of some targets with everything they need, producers first. A target is an address
 * (`train`, `sub/dvc.yaml:train`), a group (`train` for every `train@…`), a pipeline or .dvc file,
 * or the path of an output. Without targets: every stage of every dvc.yaml, and the tracked data
 * they need.
 * @throws CairnError `not-found` for a target that names nothing
 */
export function selectStages(
  graph: Graph,
  targets: readonly string[],
  how: Selection = {},
): Stage[] {
  const chosen =
    targets.length === 0
      ? graph.order.filter((stage) => stage.kind === 'stage')
      : targets.flatMap((target) => findTarget(graph.order, target));
  const wanted = new Set(chosen.map((stage) => stage.address));
  if (how.singleItem) return graph.order.filter((stage) => wanted.has(stage.address));
  const frozen = new Set(graph.order.filter((one) => one.frozen).map((one) => one.address));
  // A frozen stage is cut off from what it needs, in both directions.
  const next = how.downstream
    ? (address: string) => graph.downstream(address).filter((one) => !frozen.has(one))
    : (address: string) => (frozen.has(address) ? [] : graph.upstream(address));
  const open = [...wanted];
  for (let address = open.pop(); address !== undefined; address = open.pop()) {
    for (const more of next(address)) {
      if (wanted.has(more)) continue;
      wanted.add(more);
      open.push(more);
    }
  }
  return graph.order.filter((stage) => wanted.has(stage.address));
}

function findTarget(stages: readonly Stage[], target: string): Stage[] {
  const name = target
    .replaceAll('\\', '/')
    .replace(/^\.\//, '')
    .replace(/(.)\/$/, '$1');
  const tests: ((stage: Stage) => boolean)[] = [
    (stage) => stage.address === name,
    (stage) => stage.kind === 'stage' && `${stage.file}:${stage.name}` === name,
    (stage) => stage.kind === 'stage' && stage.address.startsWith(`${name}@`),
    (stage) => stage.file === name,
    (stage) => stage.outs.some((out) => out.path === name),
    // A stage of another dvc.yaml by its bare name, when there is only that one.
    (stage) => stage.kind === 'stage' && stage.name === name,
  ];
  for (const test of tests) {
    const found = stages.filter(test);
    if (found.length > 0) return found;
  }
  const hint = didYouMean(
    name,
    stages.map((stage) => stage.address),
  );
  throw new CairnError(
    'not-found',
    `There is no stage, pipeline file or output “${target}” here.${hint}`,
  );
}

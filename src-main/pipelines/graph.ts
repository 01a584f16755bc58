/** The stage graph: an edge where an output of one stage lies at, in or around a dep of another. */
import type { CairnError } from '../base/errors.ts';
import { placed } from './problem.ts';
import type { Out, Stage } from './types.ts';

export interface Edge {
  /** Address of the producer. */
  readonly from: string;
  /** Address of the consumer. */
  readonly to: string;
  /** The path that connects them, as the consumer names it. */
  readonly path: string;
}

export interface Graph {
  readonly edges: readonly Edge[];
  /** Addresses of the stages that produce what a stage needs, each once. */
  upstream(address: string): readonly string[];
  /** Addresses of the stages that need what a stage produces, each once. */
  downstream(address: string): readonly string[];
  /** Every stage, producers before consumers, otherwise in the order of the files. */
  readonly order: readonly Stage[];
}

interface Produced {
  readonly stage: Stage;
  readonly out: Out;
}

/**
 * @throws CairnError `invalid`, with file, line and column, for outputs that are the same or lie in
 * each other, a pipeline file inside an output, a stage that needs what it makes, and cycles
 */
export function buildGraph(stages: readonly Stage[]): Graph {
  const outputs = new OutputIndex(stages);
  const edges: Edge[] = [];
  for (const stage of stages) {
    const seen = new Set<string>();
    const needs = [...stage.deps, ...stage.params.map((one) => ({ path: one.file }))];
    for (const { path } of needs) {
      for (const { stage: producer } of outputs.touching(path)) {
        if (producer === stage) throw needsItself(stage, path);
        if (seen.has(producer.address)) continue;
        seen.add(producer.address);
        edges.push({ from: producer.address, to: stage.address, path });
      }
    }
  }
  const up = neighbours(stages, edges, (edge) => [edge.to, edge.from]);
  const down = neighbours(stages, edges, (edge) => [edge.from, edge.to]);
  return {
    edges,
    upstream: (address) => up.get(address) ?? [],
    downstream: (address) => down.get(address) ?? [],
    order: topologicalOrder(stages, up),
  };
}

/** Outputs by path, for “is this path at, in or around an output?”. */
class OutputIndex {
  readonly #byPath = new Map<string, Produced>();
  readonly #sorted: string[];

  constructor(stages: readonly Stage[]) {
    for (const stage of stages) {
      for (const out of stage.outs) {
        const other = this.#byPath.get(out.path);
        if (other !== undefined) throw duplicate(stage, out, other);
        this.#byPath.set(out.path, { stage, out });
      }
    }
    this.#sorted = [...this.#byPath.keys()].sort(compare);
    for (const [path, produced] of this.#byPath) {
      const around = this.#above(path);
      if (around !== undefined) throw overlap(produced, around);
    }
    for (const stage of stages) {
      const around = this.#above(stage.file) ?? this.#byPath.get(stage.file);
      if (around !== undefined) {
        throw placed(
          around.out.place,
          `output “${around.out.path}” of ${around.stage.address} contains the pipeline file ${stage.file}. Move the file out of it.`,
        );
      }
    }
  }

  touching(path: string): Produced[] {
    const found: Produced[] = [];
    const same = this.#byPath.get(path);
    if (same !== undefined) found.push(same);
    const around = this.#above(path);
    if (around !== undefined) found.push(around);
    const prefix = `${path}/`;
    for (let i = lowerBound(this.#sorted, prefix); i < this.#sorted.length; i++) {
      const inside = this.#sorted[i] as string;
      if (!inside.startsWith(prefix)) break;
      found.push(this.#byPath.get(inside) as Produced);
    }
    return found;
  }

  /** The output that a path lies in; outputs do not overlap, so there is at most one. */
  #above(path: string): Produced | undefined {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const found = this.#byPath.get(path.slice(0, end));
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function needsItself(stage: Stage, path: string): CairnError {
  const place = stage.deps.find((dep) => dep.path === path)?.place ?? stage.place;
  return placed(
    place,
    `stage ${stage.address} needs “${path}”, which is, holds or lies in one of its own outputs. Remove the dep or the output.`,
  );
}

function duplicate(stage: Stage, out: Out, other: Produced): CairnError {
  const whose =
    other.stage === stage
      ? `is listed twice in stage ${stage.address}`
      : `of ${stage.address} is also an output of ${other.stage.address} (${other.out.place.file}:${other.out.place.line ?? '?'})`;
  return placed(out.place, `output “${out.path}” ${whose}. A path can have only one producer.`);
}

function overlap(inner: Produced, outer: Produced): CairnError {
  return placed(
    inner.out.place,
    `output “${inner.out.path}” of ${inner.stage.address} lies in output “${outer.out.path}” of ${outer.stage.address} (${outer.out.place.file}:${outer.out.place.line ?? '?'}). Outputs may not overlap: write them to separate folders.`,
  );
}

function topologicalOrder(
  stages: readonly Stage[],
  up: ReadonlyMap<string, readonly string[]>,
): Stage[] {
  const byAddress = new Map(stages.map((stage) => [stage.address, stage]));
  const order: Stage[] = [];
  const state = new Map<string, 'open' | 'done'>();
  for (const first of stages) {
    // An explicit stack: a chain of thousands of stages must not overflow the call stack.
    const stack = [{ stage: first, next: 0 }];
    if (state.has(first.address)) continue;
    state.set(first.address, 'open');
    while (stack.length > 0) {
      const top = stack[stack.length - 1] as { stage: Stage; next: number };
      const producer = up.get(top.stage.address)?.[top.next++];
      if (producer === undefined) {
        state.set(top.stage.address, 'done');
        order.push(top.stage);
        stack.pop();
      } else if (state.get(producer) === 'open') {
        const from = stack.findIndex((entry) => entry.stage.address === producer);
        throw cycle(stack.slice(from).map((entry) => entry.stage));
      } else if (!state.has(producer)) {
        state.set(producer, 'open');
        stack.push({ stage: byAddress.get(producer) as Stage, next: 0 });
      }
    }
  }
  return order;
}

function cycle(stages: readonly Stage[]): CairnError {
  const first = stages[0] as Stage;
  const names = [...stages, first].map((stage) => stage.address).join(' → ');
  return placed(
    first.place,
    `the stages need each other in a circle: ${names} (each needs what the next one makes). Remove one of these deps.`,
  );
}

function neighbours(
  stages: readonly Stage[],
  edges: readonly Edge[],
  ends: (edge: Edge) => [string, string],
): Map<string, string[]> {
  const map = new Map<string, string[]>(stages.map((stage) => [stage.address, []]));
  for (const edge of edges) {
    const [key, value] = ends(edge);
    map.get(key)?.push(value);
  }
  return map;
}

/** First index in a sorted list that is not below the value. */
function lowerBound(sorted: readonly string[], value: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as string) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

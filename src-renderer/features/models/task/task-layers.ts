/** Task vectors summed up to the layers of the model. */
import { layerName } from '../../../client/index.ts';
import type { TaskTensor } from './use-task-vectors.ts';

export interface TaskLayer {
  readonly name: string;
  readonly tensors: number;
  /** By model: ‖Δ‖ / ‖base‖ over the layer; null where nothing was measured. */
  readonly relative: readonly (number | null)[];
  /** Of the pair: cosine of the two Δ, and the share of the values that went opposite ways. */
  readonly cosine: number | null;
  readonly conflictShare: number | null;
}

interface Sums {
  tensors: number;
  readonly base: number[];
  readonly moved: number[];
  measured: boolean[];
  dot: number;
  readonly both: [left: number, right: number];
  count: number;
  conflicts: number;
}

/**
 * Layers in the order in which their first tensor comes. A tensor's sums follow from its measures,
 * so nothing has to be read again.
 * @param pair index of the pair, and the indices of its two models
 * @param partOf what a tensor is summed up to; its layer when left out
 */
export function taskLayers(
  tensors: readonly TaskTensor[],
  pair: { readonly at: number; readonly left: number; readonly right: number },
  partOf: (tensor: string) => string = layerName,
): TaskLayer[] {
  const layers = new Map<string, Sums>();
  for (const tensor of tensors) {
    const name = partOf(tensor.name);
    const sums = layers.get(name) ?? blank(tensor.models.length);
    layers.set(name, sums);
    sums.tensors++;
    add(sums, tensor, pair);
  }
  return [...layers].map(([name, sums]) => ({
    name,
    tensors: sums.tensors,
    relative: sums.moved.map((moved, model) => {
      if (!sums.measured[model]) return null;
      const ratio = Math.sqrt(moved / (sums.base[model] ?? 0));
      return moved === 0 ? 0 : finite(ratio);
    }),
    cosine: finite(sums.dot / Math.sqrt(sums.both[0] * sums.both[1])),
    conflictShare: sums.count === 0 ? null : sums.conflicts / sums.count,
  }));
}

function blank(models: number): Sums {
  const zeros = () => Array.from({ length: models }, () => 0);
  return {
    ...{ tensors: 0, base: zeros(), moved: zeros(), measured: zeros().map(() => false) },
    ...{ dot: 0, both: [0, 0], count: 0, conflicts: 0 },
  };
}

function add(
  sums: Sums,
  { base, models, pairs, elements, nonFinite }: TaskTensor,
  { at, left, right }: { readonly at: number; readonly left: number; readonly right: number },
): void {
  if (base === null) return;
  for (const [model, found] of models.entries()) {
    if (found?.norm == null) continue;
    sums.measured[model] = true;
    sums.base[model] = (sums.base[model] ?? 0) + base * base;
    sums.moved[model] = (sums.moved[model] ?? 0) + found.norm * found.norm;
  }
  const [x, y, both] = [models[left]?.norm, models[right]?.norm, pairs[at]];
  if (x == null || y == null || both == null) return;
  sums.both[0] += x * x;
  sums.both[1] += y * y;
  sums.dot += (both.cosine ?? 0) * x * y;
  const count = both.bothShare * (elements - nonFinite);
  sums.count += count;
  sums.conflicts += (both.conflictShare ?? 0) * count;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

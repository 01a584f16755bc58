/** From sums over what models made of a base to the numbers that are shown. */
import { modelPairs } from '../contract/model-pairs.ts';
import type { TaskPair, TaskTensor } from '../contract/task-vectors.ts';
import type { DeltaMeasure } from '../formats/tensor-task.ts';

/** Joins the sums over two parts of the same tensors. */
export function mergeDeltas(a: DeltaMeasure, b: DeltaMeasure): DeltaMeasure {
  return {
    count: a.count + b.count,
    finite: a.finite + b.finite,
    bytesRead: a.bytesRead + b.bytesRead,
    squaredBase: a.squaredBase + b.squaredBase,
    models: a.models.map(({ squared, moved }, at) => ({
      squared: squared + b.models[at]!.squared,
      moved: moved + b.models[at]!.moved,
    })),
    pairs: a.pairs.map(({ dot, both, conflicts }, at) => ({
      dot: dot + b.pairs[at]!.dot,
      both: both + b.pairs[at]!.both,
      conflicts: conflicts + b.pairs[at]!.conflicts,
    })),
  };
}

export type Task = Pick<TaskTensor, 'base' | 'models' | 'pairs' | 'sum'>;

/**
 * @param present the models that were measured, by their number, in the order of the measure
 * @param count how many models there are
 */
export function describeTask(
  measure: DeltaMeasure,
  present: readonly number[],
  count: number,
): Task {
  const { finite, squaredBase } = measure;
  const models = Array.from({ length: count }, (_, model): Task['models'][number] => {
    const found = measure.models[present.indexOf(model)];
    if (found === undefined) return null;
    return {
      norm: root(found.squared),
      relative: found.squared === 0 ? 0 : ratio(found.squared, squaredBase),
      movedShare: finite === 0 ? 0 : found.moved / finite,
    };
  });
  const own = modelPairs(present.length);
  const pairs = modelPairs(count).map(([left, right]): TaskPair | null => {
    const [x, y] = [present.indexOf(left), present.indexOf(right)];
    const at = own.findIndex(([a, b]) => a === x && b === y);
    const found = measure.pairs[at];
    if (found === undefined) return null;
    const norms = Math.sqrt(measure.models[x]!.squared) * Math.sqrt(measure.models[y]!.squared);
    return {
      cosine: cosineOf(found.dot, norms),
      bothShare: finite === 0 ? 0 : found.both / finite,
      conflictShare: found.both === 0 ? null : found.conflicts / found.both,
    };
  });
  const squaredSum =
    measure.models.reduce((sum, { squared }) => sum + squared, 0) +
    2 * measure.pairs.reduce((sum, { dot }) => sum + dot, 0);
  // Two that cancel each other leave a rounding error, which may be below zero.
  return { base: root(squaredBase), models, pairs, sum: root(Math.max(0, squaredSum)) };
}

/** The same over all tensors that every model has. */
export function sumTasks(measures: readonly DeltaMeasure[], count: number): Task | null {
  if (measures.length === 0) return null;
  const whole = measures.reduce(mergeDeltas);
  const all = Array.from({ length: count }, (_, model) => model);
  return describeTask(whole, all, count);
}

function cosineOf(dot: number, norms: number): number | null {
  const cosine = dot / norms;
  return Number.isFinite(cosine) ? Math.max(-1, Math.min(1, cosine)) : null;
}

function ratio(squared: number, base: number): number | null {
  return finiteOr(Math.sqrt(squared) / Math.sqrt(base));
}

function root(squared: number): number | null {
  return finiteOr(Math.sqrt(squared));
}

function finiteOr(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

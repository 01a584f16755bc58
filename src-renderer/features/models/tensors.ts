/** What a model comparison shows: tensors as they stream in, filtered, sorted, summed up by layer. */
import type { TensorChange } from '../../client/index.ts';

export type SortKey =
  | 'order'
  | 'name'
  | 'change'
  | 'elements'
  | 'relativeL2'
  | 'cosine'
  | 'maxAbs'
  | 'meanAbs'
  | 'changedShare'
  | 'signFlips';

export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** `equal` are those compared and found the same bit for bit; `pending` are yet to be read. */
export type TensorState = 'changed' | 'equal' | 'added' | 'removed' | 'reshaped' | 'pending';

/**
 * The table with a batch put in. Order and identity of the rows stay; a tensor that was not
 * announced goes to the end, so that nothing the core says is dropped.
 */
export function withBatch(
  tensors: readonly TensorChange[],
  batch: readonly TensorChange[],
): TensorChange[] {
  const incoming = new Map(batch.map((tensor) => [tensor.name, tensor]));
  const merged = tensors.map((tensor) => {
    const fresh = incoming.get(tensor.name);
    if (fresh === undefined) return tensor;
    incoming.delete(tensor.name);
    return fresh;
  });
  return [...merged, ...incoming.values()];
}

/** `finished`: nothing is pending any more, so what has no value will not get one. */
export function stateOf(tensor: TensorChange, finished: boolean): TensorState {
  if (tensor.change === 'added' || tensor.change === 'removed') return tensor.change;
  if (tensor.changedShare !== null) return tensor.changedShare > 0 ? 'changed' : 'equal';
  if (!sameForm(tensor)) return 'reshaped';
  if (!finished) return 'pending';
  return tensor.change === 'same' ? 'equal' : 'changed';
}

function sameForm(tensor: TensorChange): boolean {
  const { left, right } = tensor;
  if (left === null || right === null) return false;
  return (
    left.shape.length === right.shape.length && left.shape.every((n, i) => n === right.shape[i])
  );
}

export interface TensorFilter {
  /** Words that must all be in the name, in any order and case. */
  readonly text: string;
  readonly onlyDifferences: boolean;
  readonly finished: boolean;
}

export function filterTensors(
  tensors: readonly TensorChange[],
  filter: TensorFilter,
): TensorChange[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return tensors.filter((tensor) => {
    const name = `${tensor.name} ${tensor.from ?? ''}`.toLowerCase();
    if (!words.every((word) => name.includes(word))) return false;
    return !filter.onlyDifferences || stateOf(tensor, filter.finished) !== 'equal';
  });
}

/** Sorted copy; what has no value stays at the end in either direction, ties keep file order. */
export function sortTensors(tensors: readonly TensorChange[], sort: Sort): TensorChange[] {
  if (sort.key === 'order') return sort.descending ? tensors.toReversed() : [...tensors];
  const sign = sort.descending ? -1 : 1;
  return tensors.toSorted((a, b) => {
    const left = sortValue(a, sort.key);
    const right = sortValue(b, sort.key);
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    if (typeof left === 'string' || typeof right === 'string') {
      return sign * compareNames(String(left), String(right));
    }
    return sign * (left - right);
  });
}

function sortValue(tensor: TensorChange, key: SortKey): string | number | null {
  if (key === 'name') return tensor.name;
  if (key === 'change') return stateOf(tensor, true);
  if (key === 'order') return null;
  return tensor[key];
}

const collator = new Intl.Collator('en', { numeric: true });

/** `layer.2` before `layer.10`. */
function compareNames(a: string, b: string): number {
  return collator.compare(a, b);
}

/** `f32 64×3×7×7`; a scalar has no shape to show. */
export function shapeText(form: {
  readonly dtype: string;
  readonly shape: readonly number[];
}): string {
  return form.shape.length === 0 ? form.dtype : `${form.dtype} ${form.shape.join('×')}`;
}

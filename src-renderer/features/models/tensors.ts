/** What a model comparison shows: tensors as they stream in, their state, filtered. */
import { layerName, type TensorChange } from '../../client/index.ts';

/**
 * `equal` are those compared and found the same bit for bit, `pending` are yet to be read, and
 * `unmeasured` could not be, or were not before the comparison ended.
 */
export type TensorState =
  | 'changed'
  | 'equal'
  | 'added'
  | 'removed'
  | 'reshaped'
  | 'pending'
  | 'unmeasured';

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
  const turned = tensor.order != null;
  if (!turned && !sameForm(tensor)) return 'reshaped';
  return finished || (!turned && tensor.note !== null) ? 'unmeasured' : 'pending';
}

function sameForm(tensor: TensorChange): boolean {
  const { left, right } = tensor;
  if (left === null || right === null) return false;
  return (
    left.shape.length === right.shape.length && left.shape.every((n, i) => n === right.shape[i])
  );
}

export interface TensorFilter {
  /** Words that must all be in the name, in any order and case; `layer:a.b` for one layer. */
  readonly text: string;
  readonly onlyDifferences: boolean;
  readonly finished: boolean;
}

export function filterTensors(
  tensors: readonly TensorChange[],
  filter: TensorFilter,
): TensorChange[] {
  const layer = filter.text.startsWith('layer:') ? filter.text.slice(6).trim() : null;
  const words = layer === null ? filter.text.toLowerCase().split(/\s+/).filter(Boolean) : [];
  return tensors.filter((tensor) => {
    const name = `${tensor.name} ${tensor.from ?? ''}`.toLowerCase();
    if (layer !== null && layerName(tensor.name) !== layer) return false;
    if (!words.every((word) => name.includes(word))) return false;
    return !filter.onlyDifferences || stateOf(tensor, filter.finished) !== 'equal';
  });
}

/** `f32 64×3×7×7`; a scalar has no shape to show. */
export function shapeText(form: {
  readonly dtype: string;
  readonly shape: readonly number[];
}): string {
  return form.shape.length === 0 ? form.dtype : `${form.dtype} ${form.shape.join('×')}`;
}

/** The rows as tab-separated text with a header, for a spreadsheet. */
export function tensorsText(tensors: readonly TensorChange[]): string {
  const head = ['name', 'change', 'left', 'right', ...columns];
  const lines = tensors.map((tensor) => [
    tensor.name,
    tensor.change,
    tensor.left === null ? '' : shapeText(tensor.left),
    tensor.right === null ? '' : shapeText(tensor.right),
    ...columns.map((column) => tensor[column] ?? ''),
  ]);
  return [head, ...lines].map((cells) => cells.join('\t')).join('\n');
}

const columns = [
  'elements',
  'relativeL2',
  'cosine',
  'maxAbs',
  'meanAbs',
  'changedShare',
  'signFlips',
] as const;

import type {
  ClientError,
  Input,
  Item,
  Output,
  Progress,
  TensorChange,
} from '../../client/index.ts';
import { withBatch } from './tensors.ts';
import { useComparison } from './use-comparison.ts';

export type ModelSource = Input<'diff.model'>['left'];
type DiffItem = Item<'diff.model'>;
export type ModelSide = Extract<DiffItem, { kind: 'opened' }>['left'];

interface Read {
  readonly left: ModelSide | null;
  readonly right: ModelSide | null;
  readonly tensors: readonly TensorChange[];
  readonly progress: Progress | null;
}

export interface ModelDiffState extends Read {
  readonly status: 'reading' | 'finished' | 'stopped' | 'failed';
  readonly result: Output<'diff.model'> | null;
  readonly error: ClientError | null;
}

const nothing: Read = { left: null, right: null, tensors: [], progress: null };

/** The state after some items: names and shapes first, values as they come. */
export function afterItems(state: Read, items: readonly DiffItem[]): Read {
  let next = state;
  let batch: TensorChange[] = [];
  for (const item of items) {
    if (item.kind === 'opened') {
      next = { ...next, left: item.left, right: item.right, tensors: item.tensors };
      batch = [];
    } else {
      batch = [...batch, ...item.tensors];
      next = { ...next, progress: item.progress };
    }
  }
  return batch.length === 0 ? next : { ...next, tensors: withBatch(next.tensors, batch) };
}

/** Compares two models while the view is there. */
export function useModelDiff(
  left: ModelSource,
  right: ModelSource,
): { readonly state: ModelDiffState; readonly stop: () => void; readonly again: () => void } {
  const { state, stop, again } = useComparison('diff.model', { left, right }, nothing, afterItems);
  const { view, ...rest } = state;
  const progress = rest.status === 'reading' ? view.progress : null;
  return { state: { ...rest, ...view, progress }, stop, again };
}

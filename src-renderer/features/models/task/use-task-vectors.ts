import type { ClientError, Input, Item, Output, Progress } from '../../../client/index.ts';
import { useComparison } from '../use-comparison.ts';
import type { ModelSide } from '../use-model-diff.ts';

export type TaskInput = Input<'diff.taskVectors'>;
type TaskItem = Item<'diff.taskVectors'>;
export type TaskTensor = TaskItem['tensors'][number];

interface Read {
  /** Null until the files were opened. */
  readonly base: ModelSide | null;
  readonly models: readonly ModelSide[];
  readonly tensors: readonly TaskTensor[];
  readonly progress: Progress | null;
}

export interface TaskState extends Read {
  readonly status: 'reading' | 'finished' | 'stopped' | 'failed';
  readonly result: Output<'diff.taskVectors'> | null;
  readonly error: ClientError | null;
}

const nothing: Read = { base: null, models: [], tensors: [], progress: null };

/** The state after some items: names and shapes first, values as they come. */
export function afterTaskItems(state: Read, items: readonly TaskItem[]): Read {
  let next = state;
  const batch = new Map<string, TaskTensor>();
  for (const item of items) {
    if (item.kind === 'opened') {
      next = { ...nothing, base: item.base, models: item.models, tensors: item.tensors };
      batch.clear();
      continue;
    }
    for (const tensor of item.tensors) batch.set(tensor.name, tensor);
    next = { ...next, progress: item.progress };
  }
  if (batch.size === 0) return next;
  return { ...next, tensors: next.tensors.map((tensor) => batch.get(tensor.name) ?? tensor) };
}

/** Measures what models made of their base while the view is there. */
export function useTaskVectors(input: TaskInput): {
  readonly state: TaskState;
  readonly stop: () => void;
  readonly again: () => void;
} {
  const { state, stop, again } = useComparison('diff.taskVectors', input, nothing, afterTaskItems);
  const { view, ...rest } = state;
  const progress = rest.status === 'reading' ? view.progress : null;
  return { state: { ...rest, ...view, progress }, stop, again };
}

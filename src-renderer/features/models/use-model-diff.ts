import { useCallback, useEffect, useState } from 'react';
import {
  asClientError,
  type ClientError,
  type Input,
  type Item,
  isCancelled,
  type Output,
  type Progress,
  type TensorChange,
  useCall,
} from '../../client/index.ts';
import { withBatch } from './tensors.ts';

export type ModelSource = Input<'diff.model'>['left'];
type DiffItem = Item<'diff.model'>;
export type ModelSide = Extract<DiffItem, { kind: 'opened' }>['left'];

export interface ModelDiffState {
  readonly status: 'reading' | 'finished' | 'stopped' | 'failed';
  readonly left: ModelSide | null;
  readonly right: ModelSide | null;
  readonly tensors: readonly TensorChange[];
  readonly progress: Progress | null;
  readonly result: Output<'diff.model'> | null;
  readonly error: ClientError | null;
}

const drawEveryMs = 120;

const start: ModelDiffState = {
  status: 'reading',
  left: null,
  right: null,
  tensors: [],
  progress: null,
  result: null,
  error: null,
};

/** The state after some items: names and shapes first, values as they come. */
export function afterItems(state: ModelDiffState, items: readonly DiffItem[]): ModelDiffState {
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

/**
 * Compares two models while the view is there. What was measured before a stop or a failure stays
 * to be seen.
 */
export function useModelDiff(
  left: ModelSource,
  right: ModelSource,
): { readonly state: ModelDiffState; readonly stop: () => void; readonly again: () => void } {
  const call = useCall();
  const [state, setState] = useState(start);
  const [attempt, setAttempt] = useState(0);
  const [abort, setAbort] = useState<AbortController | null>(null);
  const key = JSON.stringify({ left, right });

  useEffect(() => {
    // `attempt` is read so that "again" is a reason to start over.
    if (attempt < 0) return;
    const own = new AbortController();
    let gone = false;
    let waiting: DiffItem[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = (): void => {
      clearTimeout(timer);
      timer = undefined;
      const items = waiting;
      waiting = [];
      setState((before) => afterItems(before, items));
    };
    const settle = (change: Partial<ModelDiffState>): void => {
      if (gone) return;
      flush();
      setState((before) => ({ ...before, ...change, progress: null }));
    };
    setAbort(own);
    setState(start);
    call('diff.model', JSON.parse(key) as Input<'diff.model'>, {
      signal: own.signal,
      onItem: (item) => {
        if (gone) return;
        waiting.push(item);
        // Names at once; then thousands of tensors a second, but few drawings.
        if (item.kind === 'opened') flush();
        else timer ??= setTimeout(flush, drawEveryMs);
      },
    }).then(
      (result) => settle({ status: 'finished', result }),
      (thrown: unknown) =>
        settle(
          isCancelled(thrown)
            ? { status: 'stopped' }
            : { status: 'failed', error: asClientError(thrown) },
        ),
    );
    return () => {
      gone = true;
      clearTimeout(timer);
      own.abort();
    };
  }, [call, key, attempt]);

  const stop = useCallback(() => abort?.abort(), [abort]);
  const again = useCallback(() => setAttempt((n) => n + 1), []);
  return { state, stop, again };
}

import { useCallback, useEffect, useState } from 'react';
import {
  asClientError,
  type ClientError,
  isCancelled,
  type TensorChange,
  useCall,
} from '../../client/index.ts';
import { type Checkpoint, type Movement, movementOf } from './series.ts';

export interface SeriesState {
  /** Of each checkpoint but the first. */
  readonly first: readonly (Movement | null)[];
  readonly previous: readonly (Movement | null)[];
  /** Comparisons that ended, and how many there are. */
  readonly done: number;
  readonly total: number;
  readonly stopped: boolean;
  readonly problems: readonly { readonly label: string; readonly error: ClientError }[];
}

const empty: SeriesState = {
  first: [],
  previous: [],
  done: 0,
  total: 0,
  stopped: false,
  problems: [],
};

interface Step {
  readonly at: number;
  readonly left: Checkpoint;
  readonly right: Checkpoint;
  readonly against: readonly ('first' | 'previous')[];
}

/** What is compared with what; the second checkpoint has but one before it, which is the first. */
function stepsOf(checkpoints: readonly Checkpoint[]): Step[] {
  const [first, ...others] = checkpoints;
  if (first === undefined) return [];
  return others.flatMap((right, at): Step[] => {
    const before = checkpoints[at]!;
    if (before === first) return [{ at, left: first, right, against: ['first', 'previous'] }];
    return [
      { at, left: before, right, against: ['previous'] },
      { at, left: first, right, against: ['first'] },
    ];
  });
}

/** Compares checkpoints one after the other while the view is there; one that is broken is passed over. */
export function useSeries(checkpoints: readonly Checkpoint[]): {
  readonly state: SeriesState;
  readonly stop: () => void;
} {
  const call = useCall();
  const [state, setState] = useState(empty);
  const [abort, setAbort] = useState<AbortController | null>(null);
  const key = JSON.stringify(checkpoints);
  useEffect(() => {
    const own = new AbortController();
    const steps = stepsOf(JSON.parse(key) as Checkpoint[]);
    setAbort(own);
    setState({ ...empty, total: steps.length });
    const run = async (): Promise<void> => {
      for (const step of steps) {
        try {
          const movement = await compare(call, step, own.signal);
          setState((before) => withMovement(before, step, movement));
        } catch (thrown) {
          if (isCancelled(thrown) || own.signal.aborted) {
            setState((before) => ({ ...before, stopped: true }));
            return;
          }
          const problem = { label: step.right.label, error: asClientError(thrown) };
          setState((before) => ({
            ...before,
            done: before.done + 1,
            problems: [...before.problems, problem],
          }));
        }
      }
    };
    void run();
    return () => own.abort();
  }, [call, key]);
  return { state, stop: useCallback(() => abort?.abort(), [abort]) };
}

async function compare(
  call: ReturnType<typeof useCall>,
  { left, right }: Step,
  signal: AbortSignal,
): Promise<Movement> {
  const tensors = new Map<string, TensorChange>();
  const file = ({ path }: Checkpoint) => ({ kind: 'file', path }) as const;
  await call(
    'diff.model',
    { left: file(left), right: file(right) },
    {
      signal,
      onItem: (item) => {
        for (const tensor of item.tensors) tensors.set(tensor.name, tensor);
      },
    },
  );
  return movementOf([...tensors.values()]);
}

function withMovement(state: SeriesState, { at, against }: Step, movement: Movement): SeriesState {
  const next = { ...state, done: state.done + 1 };
  for (const side of against) {
    const column = [...next[side]];
    column[at] = movement;
    next[side] = Array.from(column, (one) => one ?? null);
  }
  return next;
}

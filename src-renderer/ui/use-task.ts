import { useCallback, useEffect, useRef, useState } from 'react';
import {
  asClientError,
  type ClientError,
  type Input,
  type Item,
  isCancelled,
  type OperationName,
  type Output,
  useCall,
} from '../client/index.ts';

export interface Task<N extends OperationName> {
  readonly status: 'idle' | 'running' | 'done' | 'failed' | 'stopped';
  readonly result: Output<N> | null;
  readonly error: ClientError | null;
  /** Starts it, ending one that still runs. Resolves to the result, or null when there is none. */
  run(input: Input<N>): Promise<Output<N> | null>;
  stop(): void;
  reset(): void;
}

const idle = { status: 'idle', result: null, error: null } as const;

/** Long work that a person starts, follows and may stop; ended when the view goes away. */
export function useTask<N extends OperationName>(
  name: N,
  onItem: (item: Item<N>) => void,
): Task<N> {
  const call = useCall();
  const [state, setState] = useState<Pick<Task<N>, 'status' | 'result' | 'error'>>(idle);
  const current = useRef<AbortController | null>(null);
  const latest = useRef(onItem);
  useEffect(() => {
    latest.current = onItem;
  });
  useEffect(() => () => current.current?.abort(), []);
  const stop = useCallback(() => current.current?.abort(), []);
  const reset = useCallback(() => {
    current.current?.abort();
    current.current = null;
    setState(idle);
  }, []);
  const run = useCallback(
    async (input: Input<N>): Promise<Output<N> | null> => {
      current.current?.abort();
      const abort = new AbortController();
      current.current = abort;
      const settle = (next: typeof state): void => {
        if (current.current === abort) setState(next);
      };
      setState({ status: 'running', result: null, error: null });
      try {
        const result = await call(name, input, {
          signal: abort.signal,
          onItem: (item) => {
            if (current.current === abort) latest.current(item);
          },
        });
        settle({ status: 'done', result, error: null });
        return result;
      } catch (thrown) {
        settle(
          isCancelled(thrown)
            ? { status: 'stopped', result: null, error: null }
            : { status: 'failed', result: null, error: asClientError(thrown) },
        );
        return null;
      }
    },
    [call, name],
  );
  return { ...state, run, stop, reset };
}

import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import {
  asClientError,
  type ClientError,
  type Input,
  type Item,
  isCancelled,
  type Output,
  useCall,
} from '../../client/index.ts';

type Comparing = 'diff.model' | 'diff.taskVectors' | 'diff.series';

export interface Comparison<N extends Comparing, S> {
  readonly status: 'reading' | 'finished' | 'stopped' | 'failed';
  /** What came in so far; after a stop or a failure it stays to be seen. */
  readonly view: S;
  readonly result: Output<N> | null;
  readonly error: ClientError | null;
}

const drawEveryMs = 120;

/**
 * Compares while the view is there, and anew when the input changes. The first item is shown at
 * once; what follows comes in many small pieces, and is drawn together.
 * @param begin what is shown before anything came
 * @param join the state after some items
 */
export function useComparison<N extends Comparing, S>(
  name: N,
  input: Input<N>,
  begin: S,
  join: (state: S, items: readonly Item<N>[]) => S,
): {
  readonly state: Comparison<N, S>;
  readonly stop: () => void;
  readonly again: () => void;
} {
  const call = useCall();
  const nothing: Comparison<N, S> = { status: 'reading', view: begin, result: null, error: null };
  const [state, setState] = useState(nothing);
  const [attempt, setAttempt] = useState(0);
  const [abort, setAbort] = useState<AbortController | null>(null);
  const key = JSON.stringify(input);
  const clear = useEffectEvent(() => setState(nothing));
  const take = useEffectEvent((items: readonly Item<N>[]) =>
    setState((before) => ({ ...before, view: join(before.view, items) })),
  );

  useEffect(() => {
    // `attempt` is read so that "again" is a reason to start over.
    if (attempt < 0) return;
    const own = new AbortController();
    let waiting: Item<N>[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isFirst = true;
    const flush = (): void => {
      clearTimeout(timer);
      timer = undefined;
      const items = waiting;
      waiting = [];
      if (items.length > 0) take(items);
    };
    let gone = false;
    const settle = (change: Partial<Comparison<N, S>>): void => {
      if (gone) return;
      flush();
      setState((before) => ({ ...before, ...change }));
    };
    setAbort(own);
    clear();
    call(name, JSON.parse(key) as Input<N>, {
      signal: own.signal,
      onItem: (item) => {
        if (gone) return;
        waiting.push(item);
        // Names at once; then thousands of tensors a second, but few drawings.
        if (isFirst) flush();
        else timer ??= setTimeout(flush, drawEveryMs);
        isFirst = false;
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
  }, [call, name, key, attempt]);

  const stop = useCallback(() => abort?.abort(), [abort]);
  const again = useCallback(() => setAttempt((n) => n + 1), []);
  return { state, stop, again };
}

import { useEffect, useState } from 'react';
import { asClientError, type Item, isCancelled, type Output, useCall } from '../../client/index.ts';

export interface LogSearch {
  readonly matches: Output<'runs.searchLog'>['matches'];
  /** Whether there are more than are told. */
  readonly cut: boolean;
  /** Share that was searched, 0…1; null when it is done. */
  readonly progress: number | null;
  readonly error: string | null;
}

const typingMs = 250;
const none: LogSearch = { matches: [], cut: false, progress: null, error: null };

/** The whole log searched by the core, again whenever the log has grown by then. */
export function useLogSearch(runId: string, stage: string, text: string, size: number): LogSearch {
  const call = useCall();
  const [found, setFound] = useState(none);
  useEffect(() => {
    if (text === '') {
      setFound(none);
      return;
    }
    // Grown or not, what was found stays until there is something newer.
    void size;
    const abort = new AbortController();
    const { signal } = abort;
    const onItem = ({ done, total }: Item<'runs.searchLog'>): void => {
      if (!signal.aborted) setFound((now) => ({ ...now, progress: done / Math.max(1, total) }));
    };
    const timer = setTimeout(() => {
      call('runs.searchLog', { id: runId, stage, text }, { signal, onItem }).then(
        (answer) => !signal.aborted && setFound({ ...answer, progress: null, error: null }),
        (error: unknown) => {
          if (signal.aborted || isCancelled(error)) return;
          setFound({ ...none, error: asClientError(error).message });
        },
      );
    }, typingMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [call, runId, stage, text, size]);
  return found;
}

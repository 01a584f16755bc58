import { useEffect, useState } from 'react';
import { asClientError, type DiffSummary, useCall } from '../../client/index.ts';
import type { DirectoryState } from './data-rows.ts';

/**
 * The files of each unfolded directory: asked for one after another, again when there is a newer
 * summary, and not any more when the view goes away.
 */
export function useDirectories(
  summary: DiffSummary,
  open: ReadonlySet<string>,
): ReadonlyMap<string, DirectoryState> {
  const call = useCall();
  const [known, setKnown] = useState<ReadonlyMap<string, DirectoryState>>(new Map());
  const [askedFor, setAskedFor] = useState(summary);
  if (askedFor !== summary) {
    setAskedFor(summary);
    setKnown(new Map());
  }
  const left = summary.left.reference;
  const right = summary.right.reference;
  const missing = [...open].find((path) => !known.has(path));
  useEffect(() => {
    if (missing === undefined) return;
    const abort = new AbortController();
    const put = (state: DirectoryState): void => {
      if (!abort.signal.aborted) setKnown((before) => new Map(before).set(missing, state));
    };
    call('diff.directory', { left, right, path: missing }, { signal: abort.signal }).then(
      (directory) => put({ status: 'read', directory }),
      (error: unknown) => put({ status: 'failed', message: asClientError(error).message }),
    );
    return () => abort.abort();
  }, [call, left, right, missing]);
  return known;
}

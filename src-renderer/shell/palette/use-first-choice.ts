import { useCallback, useEffect, useRef, useState } from 'react';
import { actOnChosen, chooseFirst } from './store.ts';

/** Frames that a list may take to be drawn. */
const patience = 30;

/**
 * Keeps the first line chosen while lines arrive, until somebody moves the choice; and lets Enter wait
 * for what is still on its way instead of taking what happens to stand there.
 * @param query what is typed @param lines changes with what is listed
 * @param waiting whether more is on its way that may come first
 */
export function useFirstChoice(query: string, lines: string, waiting: boolean) {
  /** The query for which the choice was moved: with another one it begins anew. */
  const movedFor = useRef<string | null>(null);
  const latest = useRef(query);
  latest.current = query;
  const [entered, setEntered] = useState(false);
  useEffect(() => {
    if (lines === '' || query === '' || movedFor.current === query) return;
    chooseFirst();
  }, [lines, query]);
  useEffect(() => {
    if (!entered || waiting) return;
    let frame = 0;
    let left = patience;
    const act = (): void => {
      if (movedFor.current !== latest.current) chooseFirst();
      left -= 1;
      if (!actOnChosen() && left > 0) frame = requestAnimationFrame(act);
      else setEntered(false);
    };
    frame = requestAnimationFrame(act);
    return () => cancelAnimationFrame(frame);
  }, [entered, waiting]);
  const enter = useCallback(() => setEntered(true), []);
  const move = useCallback(() => {
    movedFor.current = latest.current;
  }, []);
  /** The palette is closed: what was wanted is not wanted any more. */
  const forget = useCallback(() => setEntered(false), []);
  return { enter, move, forget };
}

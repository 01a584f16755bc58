import { useEffect, useRef } from 'react';
import { isTyping } from '../use-list-keys.ts';

/** n and p go to the next change and the one before, wherever the focus is, but not while typing. */
export function useChangeKeys(step: (way: 1 | -1) => void): void {
  const latest = useRef(step);
  useEffect(() => {
    latest.current = step;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target)) return;
      const way = event.key === 'n' ? 1 : event.key === 'p' ? -1 : null;
      if (way === null) return;
      event.preventDefault();
      latest.current(way);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

import { useEffect, useRef } from 'react';
import { paletteStore } from './store.ts';

/** What was typed before the palette's field had the focus. */
export interface EarlyKeys {
  text(typed: string): void;
  erase(): void;
  enter(): void;
}

/**
 * What is typed after the palette was asked for and before its field has the focus: quick fingers
 * are quicker than a dialog, and nothing of theirs is to be lost or taken for a shortcut.
 */
export function useEarlyKeys(keys: EarlyKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    // The store knows of the palette before anything of it is drawn.
    const take = (event: KeyboardEvent): void => {
      if (!paletteStore.getState().opened || event.isComposing) return;
      if (document.activeElement?.closest('[role="dialog"]') != null) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Enter') latest.current.enter();
      else if (event.key === 'Backspace') latest.current.erase();
      else if (event.key.length === 1) latest.current.text(event.key);
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener('keydown', take, true);
    return () => document.removeEventListener('keydown', take, true);
  }, []);
}

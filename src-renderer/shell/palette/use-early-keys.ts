import { useEffect, useRef } from 'react';

/**
 * What is typed after the palette was asked for and before its field has the focus: quick fingers
 * are quicker than a dialog, and nothing of theirs is to be lost or taken for a shortcut.
 */
export function useEarlyKeys(open: boolean, onText: (text: string) => void): void {
  const latest = useRef(onText);
  latest.current = onText;
  useEffect(() => {
    if (!open) return;
    const take = (event: KeyboardEvent): void => {
      const isTyped = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (!isTyped || document.activeElement?.closest('[role="dialog"]') != null) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current(event.key);
    };
    document.addEventListener('keydown', take, true);
    return () => document.removeEventListener('keydown', take, true);
  }, [open]);
}

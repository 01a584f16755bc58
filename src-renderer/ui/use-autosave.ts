import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { asClientError } from '../client/index.ts';
import { notifyError } from './messages.tsx';

/** `offline`: the core does not answer; the text is saved when it does. */
export type SaveState = 'saved' | 'waiting' | 'saving' | 'failed' | 'offline';

const delayMs = 700;

/**
 * Saves text a moment after the last keystroke, when `flush` is called, and when the editor goes
 * away. Saves never overlap; the newest text is always the last one saved.
 */
export function useAutosave(save: (text: string) => Promise<void>): {
  readonly state: SaveState;
  change(text: string): void;
  flush(): void;
} {
  const [state, setState] = useState<SaveState>('saved');
  const pending = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const saving = useRef(false);
  const store = useEffectEvent((text: string) => save(text));

  const flush = useEffectEvent(async (): Promise<void> => {
    clearTimeout(timer.current);
    if (saving.current) return;
    saving.current = true;
    while (pending.current !== null) {
      const text = pending.current;
      pending.current = null;
      setState('saving');
      try {
        await store(text);
        setState('saved');
      } catch (error) {
        pending.current ??= text;
        const lost = asClientError(error).code === 'disconnected';
        setState(lost ? 'offline' : 'failed');
        if (!lost) notifyError(error);
        break;
      }
    }
    saving.current = false;
  });

  const requestFlush = useRef(() => {});
  useEffect(() => {
    requestFlush.current = () => void flush();
    // The window may be closed within the pause before saving.
    const leaving = (): void => void flush();
    window.addEventListener('pagehide', leaving);
    document.addEventListener('visibilitychange', leaving);
    return () => {
      window.removeEventListener('pagehide', leaving);
      document.removeEventListener('visibilitychange', leaving);
      void flush();
    };
  }, []);

  const change = useCallback((text: string) => {
    pending.current = text;
    setState('waiting');
    clearTimeout(timer.current);
    timer.current = setTimeout(() => requestFlush.current(), delayMs);
  }, []);
  return { state, change, flush: useCallback(() => requestFlush.current(), []) };
}

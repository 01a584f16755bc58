import { useCallback, useEffect, useRef, useState } from 'react';
import { defaultChartLayout } from '../../charts/index.ts';
import { type ChartLayout, type ClientError, useCall, useOperation } from '../../client/index.ts';
import { notifyError } from '../../ui/index.ts';

const layoutName = 'charts';
const pauseMs = 600;

/** What the layout of a saved view is called, or with null the one for all runs. */
export function nameOfLayout(viewId: string | null): string {
  return viewId === null ? layoutName : `${layoutName} ${viewId}`;
}

interface Named {
  readonly name: string;
  readonly layout: ChartLayout;
}

export interface SavedLayout {
  /** Null until it is known. */
  readonly layout: ChartLayout | null;
  readonly error: ClientError | null;
  readonly reload: () => void;
  readonly change: (layout: ChartLayout) => void;
}

/**
 * How the charts are arranged, for all runs and for each saved view by itself; changes are saved when
 * they pause. A view that has no charts of its own yet begins with those of all runs.
 */
export function useLayout(viewId: string | null): SavedLayout {
  const call = useCall();
  const name = nameOfLayout(viewId);
  const saved = useOperation('layouts.get', { name });
  const shared = useOperation('layouts.get', { name: layoutName });
  const [changed, setChanged] = useState<Readonly<Record<string, ChartLayout>>>({});
  const waiting = useRef<Named | null>(null);
  const save = useCallback(() => {
    const next = waiting.current;
    waiting.current = null;
    if (next !== null) call('layouts.set', next).catch(notifyError);
  }, [call]);
  const change = useCallback(
    (layout: ChartLayout) => {
      // What was changed in another view a moment ago is not lost.
      if (waiting.current !== null && waiting.current.name !== name) save();
      waiting.current = { name, layout };
      setChanged((before) => ({ ...before, [name]: layout }));
    },
    [name, save],
  );
  useEffect(() => {
    if (Object.keys(changed).length === 0) return;
    const timer = setTimeout(save, pauseMs);
    return () => clearTimeout(timer);
    // Each change begins the pause again.
  }, [changed, save]);
  // Leaving the view, or the page, does not lose what was changed a moment ago.
  useEffect(() => {
    window.addEventListener('pagehide', save);
    return () => {
      window.removeEventListener('pagehide', save);
      save();
    };
  }, [save]);
  const isKnown = saved.data !== undefined && shared.data !== undefined;
  const kept = isKnown ? (saved.data.layout ?? shared.data.layout ?? defaultChartLayout) : null;
  return {
    layout: changed[name] ?? kept,
    error: saved.error ?? shared.error,
    reload: saved.error === null ? shared.reload : saved.reload,
    change,
  };
}

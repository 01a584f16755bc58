import { useCallback, useEffect, useRef, useState } from 'react';
import { defaultChartLayout } from '../../charts/index.ts';
import { type ChartLayout, type ClientError, useCall, useOperation } from '../../client/index.ts';
import { notifyError } from '../../ui/index.ts';

const layoutName = 'charts';
const pauseMs = 600;

export interface SavedLayout {
  /** Null until it is known. */
  readonly layout: ChartLayout | null;
  readonly error: ClientError | null;
  readonly reload: () => void;
  readonly change: (layout: ChartLayout) => void;
}

/** How the charts of this workspace are arranged; changes are saved when they pause. */
export function useLayout(): SavedLayout {
  const call = useCall();
  const saved = useOperation('layouts.get', { name: layoutName });
  const [changed, setChanged] = useState<ChartLayout | null>(null);
  const waiting = useRef<ChartLayout | null>(null);
  const save = useCallback(() => {
    const layout = waiting.current;
    waiting.current = null;
    if (layout !== null) call('layouts.set', { name: layoutName, layout }).catch(notifyError);
  }, [call]);
  const change = useCallback((layout: ChartLayout) => {
    waiting.current = layout;
    setChanged(layout);
  }, []);
  useEffect(() => {
    if (changed === null) return;
    const timer = setTimeout(save, pauseMs);
    return () => clearTimeout(timer);
  }, [changed, save]);
  // Leaving the view, or the page, does not lose what was changed a moment ago.
  useEffect(() => {
    window.addEventListener('pagehide', save);
    return () => {
      window.removeEventListener('pagehide', save);
      save();
    };
  }, [save]);
  const layout =
    changed ?? (saved.data === undefined ? null : (saved.data.layout ?? defaultChartLayout));
  return { layout, error: saved.error, reload: saved.reload, change };
}

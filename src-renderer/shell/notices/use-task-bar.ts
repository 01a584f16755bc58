import { useEffect } from 'react';
import { useClient } from '../../client/index.ts';
import { useOpening } from '../../state/index.ts';
import { fractionOf } from './ends.ts';
import { useRunning } from './use-running.ts';

/** How far the work of this window is, in the task bar: the opening of a folder, else its runs. */
export function useTaskBar(running: number): void {
  const { bridge } = useClient();
  const runs = useRunning(bridge === null ? 0 : running);
  const opening = useOpening((state) => state.opening?.progress ?? null);
  const busy = useOpening((state) => state.opening !== null) || running > 0;
  const known =
    opening !== null && opening.total > 0
      ? Math.min(1, opening.done / opening.total)
      : fractionOf(runs ?? []);
  // Hundredths are as much as a task bar shows.
  const fraction = known === null ? null : Math.round(known * 100) / 100;
  useEffect(() => {
    // A task bar that stays as it is is no reason to trouble anybody.
    bridge?.setProgress(busy ? { fraction } : null).catch(() => {});
  }, [bridge, busy, fraction]);
}

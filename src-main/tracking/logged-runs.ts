/** Runs that a client or another tool opened: no process of theirs is known, so nothing but a word ends them. */
import { silentAfterMs } from '../contract/silence.ts';
import { sealRun } from '../store/metric-writing.ts';
import { readRun, updateRun } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import { isOpenElsewhere, lastSigns } from './last-signs.ts';

/**
 * Marks a run as killed that a client or another tool opened and never ended: at once, or, when it
 * has been silent, as of its last sign of life. What is logged to it later is kept all the same.
 * @returns whether it was one of those
 */
export function endLoggedRun(store: Store, id: string): boolean {
  return store.transaction(() => {
    const run = readRun(store, id);
    if (run === undefined || !isOpenElsewhere(run)) return false;
    const now = Date.now();
    const last = lastSigns(store, [run]).get(id) ?? now;
    sealRun(store, run.seq);
    const error = 'Marked as ended by hand; the program that logged it may still be running.';
    const ended_at = now - last > silentAfterMs ? last : now;
    updateRun(store, id, { status: 'KILLED', ended_at, error });
    return true;
  });
}

/** Runs that a client opened by itself: no process of theirs is known, so nothing but a word ends them. */
import { sealRun } from '../store/metric-writing.ts';
import { readRun, updateRun } from '../store/runs.ts';
import type { Store } from '../store/store.ts';

/**
 * Marks a run as killed that a client opened and never ended. What is logged to it later is kept all
 * the same.
 * @returns whether it was one of those
 */
export function endLoggedRun(store: Store, id: string): boolean {
  return store.transaction(() => {
    const run = readRun(store, id);
    if (run?.kind !== 'logged' || run.ended_at !== null) return false;
    sealRun(store, run.seq);
    const error = 'Marked as ended by hand; the program that logged it may still be running.';
    updateRun(store, id, { status: 'KILLED', ended_at: Date.now(), error });
    return true;
  });
}

/** Numbers of what was just found, in the order in which it happened. */
import {
  readExperimentOrder,
  readOrder,
  renumberExperiments,
  renumberRuns,
} from '../store/imported-runs.ts';
import type { Store } from '../store/store.ts';

/** Ids of what a reading has made. */
export interface Made {
  readonly newRuns: ReadonlySet<string>;
  readonly newExperiments: ReadonlySet<string>;
}

/**
 * Sorts the numbers that new runs and new experiments were given by when they began; everything
 * that was there before keeps its number. Call inside a transaction.
 */
export function numberInOrder(store: Store, made: Made): void {
  const runs = readOrder(store, [...made.newRuns]);
  for (const group of Map.groupBy(runs, (run) => run.experiment_id).values()) {
    renumberRuns(store, sorted(group));
  }
  renumberExperiments(store, sorted(readExperimentOrder(store, [...made.newExperiments])));
}

/** The numbers there are, given out anew in the order of the list; only what changes. */
function sorted(
  inOrder: readonly { id: string; number: number }[],
): { id: string; number: number }[] {
  const numbers = inOrder.map((one) => one.number).sort((a, b) => a - b);
  return inOrder.flatMap((one, index) => {
    const number = numbers[index] as number;
    return number === one.number ? [] : [{ id: one.id, number }];
  });
}

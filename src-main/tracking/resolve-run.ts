/** What a user calls a run, and its id. */
import { CairnError } from '../base/errors.ts';
import * as runStore from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import { parseRunLabel } from './labels.ts';

/**
 * The id of `02.7`, `#02.7`, an id or a unique prefix of at least four digits.
 * @throws CairnError `not-found` or, for an ambiguous prefix, `invalid`
 */
export function resolveRun(store: Store, reference: string): string {
  const label = parseRunLabel(reference);
  if (label !== null) {
    const run = runStore.readRunByLabel(store, label.experiment, label.run);
    if (run !== undefined) return run.id;
  } else if (/^[0-9a-f]{4,32}$/.test(reference)) {
    const ids = runStore.readIdsByPrefix(store, reference);
    if (ids.length > 1) {
      throw new CairnError(
        'invalid',
        `“${reference}” begins more than one run's id. Give more of it.`,
      );
    }
    if (ids[0] !== undefined) return ids[0];
  }
  throw new CairnError('not-found', `There is no run “${reference}” here. “cairn ls” lists them.`);
}

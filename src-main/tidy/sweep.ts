/** Applying rules: first what would happen, then doing it. */
import { readProtected, withNested } from '../store/trash.ts';
import { matchingRuns, readRules } from './rules.ts';
import { type Kept, moveToTrash, type TrashContext } from './trash.ts';

export interface SweepPreview {
  /** What would go, nested runs among it. */
  readonly ids: readonly string[];
  readonly kept: readonly Kept[];
}

export function previewSweep({ store }: Pick<TrashContext, 'store'>, filter: string): SweepPreview {
  const all = withNested(store, matchingRuns(store, filter));
  const spared = readProtected(store, all);
  return {
    ids: all.filter((id) => !spared.has(id)),
    kept: [...spared].map(([id, why]) => ({ id, why })),
  };
}

export function sweep(context: TrashContext, filter: string): { moved: string[]; kept: Kept[] } {
  const options = { sparing: true, label: 'Sweep runs' };
  return moveToTrash(context, matchingRuns(context.store, filter), options);
}

/** Applies the rules that were switched on; each is an edit that can be undone. */
export function sweepAutomatically(context: TrashContext): { rule: string; moved: string[] }[] {
  return readRules(context.store)
    .filter((rule) => rule.automatic)
    .map((rule) => ({ rule: rule.name, moved: sweep(context, rule.filter).moved }))
    .filter(({ moved }) => moved.length > 0);
}

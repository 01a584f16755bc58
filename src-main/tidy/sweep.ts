/** Applying rules: first what would happen, then doing it. */
import { readProtected, withNested } from '../store/trash.ts';
import { matchingRuns, readRules } from './rules.ts';
import { type Kept, moveToTrash, runBytes, type TrashContext } from './trash.ts';

export interface SweepPreview {
  /** What would go, nested runs among it. */
  readonly ids: readonly string[];
  readonly bytes: number;
  readonly kept: readonly Kept[];
}

export function previewSweep(context: TrashContext, filter: string): SweepPreview {
  const { store, storeDir } = context;
  const all = withNested(store, matchingRuns(store, filter));
  const spared = readProtected(store, all);
  const ids = all.filter((id) => !spared.has(id));
  return {
    ids,
    bytes: ids.reduce((sum, id) => sum + runBytes(storeDir, id), 0),
    kept: [...spared].map(([id, why]) => ({ id, why })),
  };
}

/** @param label as in {@link moveToTrash} */
export function sweep(
  context: TrashContext,
  filter: string,
  label: string | null = 'Sweep runs',
): { moved: string[]; kept: Kept[] } {
  return moveToTrash(context, matchingRuns(context.store, filter), { sparing: true, label });
}

/** Applies the rules that were switched on. What it moves comes back from the trash, not with undo. */
export function sweepAutomatically(context: TrashContext): { rule: string; moved: string[] }[] {
  return readRules(context.store)
    .filter((rule) => rule.automatic)
    .map((rule) => ({ rule: rule.name, moved: sweep(context, rule.filter, null).moved }))
    .filter(({ moved }) => moved.length > 0);
}

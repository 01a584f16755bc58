/**
 * Keeping tidy: the trash, and rules that sweep failed, empty or superseded runs into it. A starred,
 * registered or bundled run is never swept, a running one never moved; all comes back until purged.
 */
export { mergeDuplicates, mergeEdits } from './merge.ts';
export { findRule, readRules, removeRule, saveRule } from './rules.ts';
export { RunSizes } from './sizes.ts';
export { previewSweep, sweep, sweepAutomatically } from './sweep.ts';
export {
  moveToTrash,
  purgeTrash,
  restoreFromTrash,
  type TrashContext,
  trashEdits,
} from './trash.ts';

/** Configuration by structure: keys and list items that differ, whatever their order and layout. */
import type { SettingsChange } from '../../contract/diff-content.ts';
import { listChanges } from './changes.ts';
import { diffTrees } from './patch.ts';
import { toTree } from './tree.ts';

export { listChanges } from './changes.ts';
export { diffTrees } from './patch.ts';
export { isSettingsPath, maxSettingsBytes, readSettings } from './read.ts';
export { treeJson } from './tree.ts';

/** What differs between two values as JSON has them. */
export function diffValues(left: unknown, right: unknown): SettingsChange[] {
  return listChanges(diffTrees(toTree(left), toTree(right)));
}

/** Differences between two trees. Only folders whose ids differ are read. */
import type { NamedEntry } from './parse.ts';
import { directoryMode, type TreeReader } from './tree-reader.ts';
import type { TreeChange } from './types.ts';

/** Changes without renames, in the order of the trees. Null stands for the empty tree. */
export function diffTrees(
  trees: TreeReader,
  left: string | null,
  right: string | null,
): TreeChange[] {
  const changes: TreeChange[] = [];
  compare(trees, left, right, '', changes);
  return changes;
}

function compare(
  trees: TreeReader,
  left: string | null,
  right: string | null,
  prefix: string,
  changes: TreeChange[],
): void {
  if (left === right) return;
  const before = new Map((left === null ? [] : trees.entries(left)).map((e) => [e.name, e]));
  for (const entry of right === null ? [] : trees.entries(right)) {
    const old = before.get(entry.name) ?? null;
    before.delete(entry.name);
    compareEntries(trees, old, entry, prefix + entry.name, changes);
  }
  for (const old of before.values()) compareEntries(trees, old, null, prefix + old.name, changes);
}

function compareEntries(
  trees: TreeReader,
  old: NamedEntry | null,
  now: NamedEntry | null,
  path: string,
  changes: TreeChange[],
): void {
  if (old?.oid === now?.oid && old?.mode === now?.mode) return;
  const oldFolder = old?.mode === directoryMode ? old.oid : null;
  const newFolder = now?.mode === directoryMode ? now.oid : null;
  compare(trees, oldFolder, newFolder, `${path}/`, changes);
  const oldFile = oldFolder === null ? old : null;
  const newFile = newFolder === null ? now : null;
  if (oldFile === null && newFile === null) return;
  changes.push({
    path,
    from: null,
    change: oldFile === null ? 'added' : newFile === null ? 'removed' : 'modified',
    oldOid: oldFile?.oid ?? null,
    newOid: newFile?.oid ?? null,
    oldMode: oldFile?.mode ?? null,
    newMode: newFile?.mode ?? null,
  });
}

/** A patch of settings as a flat list: one line for each key or item that differs. */
import type { SettingsChange } from '../../contract/diff-content.ts';
import { longestRising } from '../sequence.ts';
import type { ListItem, Patch } from './patch.ts';
import { showTree, type Tree } from './tree.ts';

/** In the order of the right side, what is gone behind what it stood with. */
export function listChanges(patch: Patch): SettingsChange[] {
  const changes: SettingsChange[] = [];
  collect(patch, '', changes);
  return changes;
}

function collect(patch: Patch, path: string, changes: SettingsChange[]): void {
  switch (patch.kind) {
    case 'same':
      return;
    case 'replace':
      changes.push(change(path, 'modified', patch.left, patch.right));
      return;
    case 'map':
      for (const [key, below] of patch.changed) collect(below, under(path, key), changes);
      for (const [key, value] of patch.added) {
        changes.push(change(under(path, key), 'added', null, value));
      }
      for (const [key, value] of patch.removed) {
        changes.push(change(under(path, key), 'removed', value, null));
      }
      return;
    case 'list':
      collectList(patch.left, patch.items, path, changes);
  }
}

function collectList(
  left: readonly Tree[],
  items: readonly ListItem[],
  path: string,
  changes: SettingsChange[],
): void {
  const kept = items.flatMap((item, index) => ('from' in item ? [{ index, from: item.from }] : []));
  const rising = longestRising(kept.map(({ from }) => from));
  const moved = new Set(kept.filter((_, at) => !rising.has(at)).map(({ index }) => index));
  for (const [index, item] of items.entries()) {
    const place = `${path}[${index}]`;
    if ('added' in item) {
      changes.push(change(place, 'added', null, item.added));
      continue;
    }
    if (moved.has(index)) {
      const value = showTree(left[item.from] as Tree);
      const from = `${path}[${item.from}]`;
      changes.push({ path: place, change: 'moved', left: value, right: value, from });
    }
    collect(item.patch, place, changes);
  }
  const used = new Set(kept.map(({ from }) => from));
  for (const [index, item] of left.entries()) {
    if (!used.has(index)) changes.push(change(`${path}[${index}]`, 'removed', item, null));
  }
}

type Values = readonly [left: Tree | undefined, right: Tree | undefined];

function change(
  path: string,
  kind: 'added' | 'removed' | 'modified',
  ...[left, right]: Values
): SettingsChange {
  return {
    path: path === '' ? '.' : path,
    change: kind,
    left: kind === 'added' ? null : showTree(left ?? null),
    right: kind === 'removed' ? null : showTree(right ?? null),
    from: null,
  };
}

/** `a.b`, and where a key could be misread `a["x.y"]`. */
function under(path: string, key: string): string {
  if (!/^[^\s.[\]"']+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

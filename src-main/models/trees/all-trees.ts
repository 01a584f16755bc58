/** All trees of two models, by their places. */
import type { Output } from '../../contract/index.ts';
import type { TreeChange } from '../../contract/model-structure.ts';
import type { BoosterFacts, BoosterTree } from '../../formats/boosters/types.ts';
import { columnsOnRight, isLeaf } from './columns.ts';

/** @param right null to list the trees of one model */
export function compareTrees(left: BoosterFacts, right: BoosterFacts | null): Output<'diff.trees'> {
  const other = right ?? left;
  const counts = { same: 0, values: 0, structure: 0, added: 0, removed: 0 };
  if (left.library !== other.library) return { trees: null, leftOut: 0, counts };
  const column = columnsOnRight(left, other);
  const listed = Math.max(left.trees.length, other.trees.length);
  const trees = Array.from({ length: listed }, (_, index) => compareAt(left, other, index, column));
  for (const { change } of trees) if (change !== 'unread') counts[change]++;
  return { trees, leftOut: Math.max(left.treeCount, other.treeCount) - listed, counts };
}

function compareAt(
  left: BoosterFacts,
  right: BoosterFacts,
  index: number,
  column: (left: number) => number,
): TreeChange {
  const [ours, theirs] = [left.trees[index], right.trees[index]];
  const row = {
    left: ours ? sizeOf(ours) : null,
    right: theirs ? sizeOf(theirs) : null,
    thresholds: 0,
    leaves: 0,
    maxLeafDelta: null,
  };
  if (!ours || !theirs) return { ...row, change: ours ? 'removed' : 'added' };
  const [a, b] = [rangeOf(left, index), rangeOf(right, index)];
  if (a === null || b === null) return { ...row, change: 'unread' };
  if (left === right) return { ...row, change: 'same' };
  if (a.to - a.from !== b.to - b.from || ours.symmetric !== theirs.symmetric) {
    return { ...row, change: 'structure' };
  }
  let [thresholds, leaves, largest] = [0, 0, 0];
  for (let at = 0; at < a.to - a.from; at++) {
    const [mine, their] = [a.from + at, b.from + at];
    const feature = left.nodes.features[mine]!;
    if (column(feature) !== right.nodes.features[their]) return { ...row, change: 'structure' };
    const [x, y] = [left.nodes.values[mine]!, right.nodes.values[their]!];
    if (!isLeaf(feature)) {
      const sameFlags = left.nodes.flags[mine] === right.nodes.flags[their];
      if (!sameFlags || !Object.is(x, y)) thresholds++;
      continue;
    }
    const [value, otherValue] = [x * ours.weight, y * theirs.weight];
    if (Object.is(value, otherValue)) continue;
    leaves++;
    largest = Math.max(largest, Math.abs(otherValue - value));
  }
  const same = thresholds === 0 && leaves === 0;
  return {
    ...row,
    change: same ? 'same' : 'values',
    thresholds,
    leaves,
    maxLeafDelta: Number.isFinite(largest) ? largest : null,
  };
}

function sizeOf({ splits, leaves, depth }: BoosterTree) {
  return { splits, leaves, depth };
}

/** Where a tree's nodes are; null when there were too many to keep. */
export function rangeOf({ nodes }: BoosterFacts, index: number) {
  const [from, to] = [nodes.starts[index], nodes.starts[index + 1]];
  return from === undefined || to === undefined ? null : { from, to };
}

/**
 * Trees of any shape in CatBoost's binary models: for each node a split and how far it is to either
 * child, 0 where the walk ends at this node and its leaf counts (`CalcNonSymmetric…` in CatBoost's
 * evaluator).
 */
import type { Broken } from '../tensor-parts.ts';
import type { BoosterCounter } from './facts.ts';
import type { Split } from './nodes.ts';

/** The lists that all trees share, looked into by place. */
export interface ShapelessTrees {
  /** How many nodes each tree has. */
  readonly sizes: readonly number[];
  /** How many nodes the lists have. */
  readonly nodeCount: number;
  splitAt(node: number): Split;
  /** How far the first and second child are; 0 for none. */
  stepsAt(node: number): readonly [first: number, second: number];
  /** @throws CairnError `corrupt` when the node has no leaf */
  leafAt(node: number): ArrayLike<number>;
}

export function countShapeless(trees: ShapelessTrees, counter: BoosterCounter, broken: Broken) {
  let root = 0;
  for (const size of trees.sizes) {
    if (size < 1 || root + size > trees.nodeCount) broken('its trees are not sound');
    const end = root + size;
    counter.visited((nodes) => {
      let [splits, leaves, deepest] = [0, 0, 0];
      // A node, or the leaf that the walk ends at beside it.
      const open = [{ node: root, depth: 0, ends: false }];
      for (let next = open.pop(); next; next = open.pop()) {
        const { node, depth } = next;
        if (node >= end) broken('its trees are not sound');
        deepest = Math.max(deepest, depth);
        const [first, second] = trees.stepsAt(node);
        if (next.ends || (first === 0 && second === 0)) {
          leaves++;
          nodes.leaf(trees.leafAt(node));
          continue;
        }
        if (++splits > size) broken('a tree goes in circles');
        const split = trees.splitAt(node);
        if (split.feature !== null) counter.addSplit(split.feature, null);
        nodes.split(split);
        for (const step of [second, first]) {
          open.push({ node: node + step, depth: depth + 1, ends: step === 0 });
        }
      }
      return { splits, leaves, depth: deepest };
    });
    root = end;
  }
}

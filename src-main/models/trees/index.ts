/** Comparing models of boosted trees: all trees by their places, and one of them node by node. */
export { compareTrees } from './all-trees.ts';
export { compareTree } from './one-tree.ts';

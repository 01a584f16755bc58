/** Counting what the trees of a booster split on. */
import type { Broken } from '../tensor-parts.ts';
import type { BoosterFacts, BoosterFeature, BoosterTree } from './types.ts';

const maxFeatures = 1_000_000;
const maxTreesKept = 10_000;

/** The nodes of one tree, by index; children below 0 are no splits. */
export interface TreeNodes {
  /** Of a split: the column, and its gain (null when unknown). */
  split(node: number): { readonly feature: number; readonly gain: number | null };
  /** The two children when a node is a split, null when it is a leaf. */
  children(node: number): readonly [number, number] | null;
  /** How many nodes there can be at most: a walk that meets more goes in circles. */
  readonly limit: number;
}

export class BoosterCounter {
  readonly #names: string[];
  readonly #gains: number[] = [];
  readonly #splits: number[] = [];
  readonly #trees: BoosterTree[] = [];
  readonly #broken: Broken;
  #hasGains = true;
  #treeCount = 0;

  /** @param names of the columns; those beyond are called by their number */
  constructor(names: readonly string[], broken: Broken) {
    this.#names = [...names];
    this.#broken = broken;
  }

  /** Counts one split. */
  addSplit(feature: number, gain: number | null): void {
    if (!Number.isInteger(feature) || feature < 0 || feature >= maxFeatures) {
      this.#broken('a tree splits on a column that does not exist');
    }
    this.#splits[feature] = (this.#splits[feature] ?? 0) + 1;
    if (gain === null) this.#hasGains = false;
    else this.#gains[feature] = (this.#gains[feature] ?? 0) + gain;
  }

  addTree(tree: BoosterTree): void {
    this.#treeCount++;
    if (this.#trees.length < maxTreesKept) this.#trees.push(tree);
  }

  /** Walks through a tree from its root. What cannot be reached (pruned nodes) does not count. */
  walk(tree: TreeNodes, root = 0): void {
    let [splits, leaves, deepest] = [0, 0, 0];
    const open: Array<readonly [node: number, depth: number]> = [[root, 0]];
    for (let next = open.pop(); next; next = open.pop()) {
      const [node, depth] = next;
      const children = tree.children(node);
      deepest = Math.max(deepest, depth);
      if (!children) {
        leaves++;
        continue;
      }
      if (++splits > tree.limit) this.#broken('a tree goes in circles');
      const { feature, gain } = tree.split(node);
      this.addSplit(feature, gain);
      open.push([children[0], depth + 1], [children[1], depth + 1]);
    }
    this.addTree({ splits, leaves, depth: deepest });
  }

  facts(library: BoosterFacts['library'], objective: string): BoosterFacts {
    const count = Math.max(this.#names.length, this.#splits.length);
    const features: BoosterFeature[] = [];
    for (let index = 0; index < count; index++) {
      features.push({
        name: this.#names[index] ?? `column ${index}`,
        gain: this.#hasGains ? (this.#gains[index] ?? 0) : null,
        splits: this.#splits[index] ?? 0,
      });
    }
    return { library, objective, treeCount: this.#treeCount, trees: this.#trees, features };
  }
}

/** Counting what the trees of a booster split on. */
import type { Broken } from '../tensor-parts.ts';
import { NodeWriter, type Split } from './nodes.ts';
import type { BoosterFacts, BoosterFeature, BoosterTree } from './types.ts';

const maxFeatures = 1_000_000;
const maxTreesKept = 10_000;

/** The nodes of one tree, by index; children below 0 are no splits. */
export interface TreeNodes {
  /** Of a split: where it is, and its gain (null when unknown). */
  split(node: number): Split & { readonly feature: number; readonly gain: number | null };
  /** The two children when a node is a split, null when it is a leaf. */
  children(node: number): readonly [number, number] | null;
  /** The values of a leaf, one for each output. */
  leaf(node: number): ArrayLike<number>;
  /** How many nodes there can be at most: a walk that meets more goes in circles. */
  readonly limit: number;
  readonly weight?: number;
}

export class BoosterCounter {
  readonly #names: string[];
  readonly #gains: number[] = [];
  readonly #splits: number[] = [];
  readonly #trees: BoosterTree[] = [];
  readonly #nodes = new NodeWriter();
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

  /**
   * A tree with one split for each level.
   * @param leaves the values of all leaves, those of one leaf together
   */
  symmetric(splits: readonly Split[], leaves: ArrayLike<number>): void {
    this.#nodes.beginTree();
    for (const split of splits) {
      if (split.feature !== null) this.addSplit(split.feature, null);
      this.#nodes.split(split);
    }
    const count = 2 ** splits.length;
    const outputs = Math.max(1, Math.floor(leaves.length / count));
    const values = Array.from(leaves);
    for (let at = 0; at < values.length; at += outputs) {
      this.#nodes.leaf(values.slice(at, at + outputs));
    }
    this.#end({ splits: splits.length, leaves: count, depth: splits.length, symmetric: true }, 1);
  }

  /** Walks through a tree from its root. What cannot be reached (pruned nodes) does not count. */
  walk(tree: TreeNodes, root = 0): void {
    let [splits, leaves, deepest] = [0, 0, 0];
    this.#nodes.beginTree();
    const open: Array<readonly [node: number, depth: number]> = [[root, 0]];
    for (let next = open.pop(); next; next = open.pop()) {
      const [node, depth] = next;
      const children = tree.children(node);
      deepest = Math.max(deepest, depth);
      if (!children) {
        leaves++;
        this.#nodes.leaf(tree.leaf(node));
        continue;
      }
      if (++splits > tree.limit) this.#broken('a tree goes in circles');
      const split = tree.split(node);
      this.addSplit(split.feature, split.gain);
      this.#nodes.split(split);
      open.push([children[1], depth + 1], [children[0], depth + 1]);
    }
    this.#end({ splits, leaves, depth: deepest, symmetric: false }, tree.weight ?? 1);
  }

  /** A tree whose nodes are visited elsewhere, the first child first. */
  visited(visit: (nodes: NodeWriter) => Omit<BoosterTree, 'symmetric' | 'weight'>): void {
    this.#nodes.beginTree();
    this.#end({ ...visit(this.#nodes), symmetric: false }, 1);
  }

  #end(tree: Omit<BoosterTree, 'weight'>, weight: number): void {
    this.#treeCount++;
    if (this.#trees.length === maxTreesKept) return;
    this.#trees.push({ ...tree, weight });
    this.#nodes.endTree();
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
    return {
      library,
      objective,
      treeCount: this.#treeCount,
      trees: this.#trees,
      features,
      nodes: this.#nodes.finish(),
    };
  }
}

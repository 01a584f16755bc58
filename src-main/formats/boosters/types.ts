/** What is known of a model of boosted trees beyond its arrays. */

export interface BoosterFeature {
  readonly name: string;
  /** The sum of the gains of all splits on it; null where the file has no gains. */
  readonly gain: number | null;
  /** How many splits are on it. */
  readonly splits: number;
}

export interface BoosterTree {
  readonly splits: number;
  readonly leaves: number;
  /** Splits from the root to the deepest leaf. */
  readonly depth: number;
  /** One split for each level: its nodes are the levels, then the leaves. */
  readonly symmetric: boolean;
  /** What its leaves are multiplied by (DART); 1 in most models. */
  readonly weight: number;
}

/** What an entry of {@link BoosterNodes.features} is when it is no column. */
export const nodeKinds = {
  leaf: -1,
  /** One more value of the leaf before: of the next output. */
  moreOfLeaf: -2,
  /** A split on something that is computed from several columns. */
  computed: -3,
} as const;

/** Bits of {@link BoosterNodes.flags}. */
export const nodeFlags = {
  /** Missing values go to the first child. */
  missingFirst: 1,
  /** A set of categories goes to one child; the value stands for the set and has no meaning else. */
  categories: 2,
  /** Missing values are told apart from 0 (LightGBM). */
  missingIsZero: 4,
  missingIsNaN: 8,
} as const;

/**
 * The nodes of the kept trees one after the other, each tree as a walk from its root that goes to the
 * first child first. Leaves are entries too.
 */
export interface BoosterNodes {
  /** Where each tree starts, and at last where all of them end. */
  readonly starts: Uint32Array;
  /** The column that a split looks at, or one of {@link nodeKinds}. */
  readonly features: Int32Array;
  /** Thresholds of splits, values of leaves. */
  readonly values: Float64Array;
  readonly flags: Uint8Array;
}

export interface BoosterFacts {
  readonly library: 'xgboost' | 'lightgbm' | 'catboost' | 'scikit-learn';
  /** As the library calls it; empty when unknown. */
  readonly objective: string;
  readonly treeCount: number;
  /** In the order of boosting; at most 10 000. */
  readonly trees: readonly BoosterTree[];
  /** In the order of the columns. */
  readonly features: readonly BoosterFeature[];
  /** Of as many trees as have four million nodes together. */
  readonly nodes: BoosterNodes;
}

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
}

export interface BoosterFacts {
  readonly library: 'xgboost' | 'lightgbm' | 'catboost';
  /** As the library calls it; empty when unknown. */
  readonly objective: string;
  readonly treeCount: number;
  /** In the order of boosting; at most 10 000. */
  readonly trees: readonly BoosterTree[];
  /** In the order of the columns. */
  readonly features: readonly BoosterFeature[];
}

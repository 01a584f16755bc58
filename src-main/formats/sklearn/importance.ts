/**
 * How important the columns are to trees of scikit-learn, as its `feature_importances_` has it: the mean
 * decrease in impurity (`Tree.compute_feature_importances` and the estimators' own ways to take means).
 */

/** The decrease in impurity by column, of those that a tree splits on. */
type Decrease = ReadonlyMap<number, number>;

/** Sums up the trees of one estimator, in their order. */
export class ImportanceSum {
  readonly #kind: 'mean' | 'weighted' | 'raw' | 'none';
  readonly #weights: ArrayLike<number> | null;
  readonly #total: Float64Array;
  #trees = 0;
  #share = 0;

  /**
   * @param type the class of the estimator
   * @param weights of its members, which AdaBoost alone has
   */
  constructor(type: string, columns: number, weights: ArrayLike<number> | null) {
    this.#kind = kindOf(type);
    this.#weights = weights;
    this.#total = new Float64Array(columns);
  }

  add(decrease: Decrease): void {
    const weight = this.#kind === 'weighted' ? (this.#weights?.[this.#trees] ?? 0) : 1;
    this.#trees++;
    this.#share += weight;
    let whole = 0;
    for (const value of decrease.values()) whole += value;
    const factor = this.#kind !== 'raw' && whole > 0 ? weight / whole : weight;
    for (const [column, value] of decrease) this.#total[column]! += value * factor;
  }

  /** By column; null for estimators without `feature_importances_`. */
  finish(): Float64Array | null {
    if (this.#kind === 'none') return null;
    if (this.#kind === 'weighted') {
      return this.#share === 0 ? null : this.#total.map((value) => value / this.#share);
    }
    // A mean over the trees is the same, as shares are taken of it.
    const sum = this.#total.reduce((all, value) => all + value, 0);
    return sum > 0 ? this.#total.map((value) => value / sum) : this.#total;
  }
}

function kindOf(type: string) {
  if (/^AdaBoost/.test(type)) return 'weighted';
  if (/^GradientBoosting/.test(type)) return 'raw';
  return /^(DecisionTree|ExtraTree|RandomForest|RandomTrees)/.test(type) ? 'mean' : 'none';
}

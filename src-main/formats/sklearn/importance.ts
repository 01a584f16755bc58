/**
 * How important the columns are to trees of scikit-learn, as its `feature_importances_` has it: the mean
 * decrease in impurity (`Tree.compute_feature_importances` and the estimators' own ways to take means).
 */

/** The decrease in impurity of one tree, by column, weighed by the share of rows. */
export interface TreeImportance {
  /** Whether it has a split. */
  readonly splits: boolean;
  readonly decrease: Float64Array;
}

/**
 * @param type the class of the estimator
 * @param weights of its members, which AdaBoost alone has
 * @returns by column; null for estimators without `feature_importances_`
 */
export function importanceOf(
  type: string,
  trees: readonly TreeImportance[],
  columns: number,
  weights: ArrayLike<number> | null,
): Float64Array | null {
  const total = new Float64Array(columns);
  const add = (of: Float64Array, factor: number): void => {
    for (let column = 0; column < columns; column++) total[column]! += of[column]! * factor;
  };
  if (/^(DecisionTree|ExtraTree)(Classifier|Regressor)$/.test(type)) {
    add(shares(trees[0]!.decrease), 1);
    return total;
  }
  if (/^AdaBoost/.test(type)) {
    if (weights === null) return null;
    let sum = 0;
    for (let index = 0; index < weights.length; index++) sum += weights[index]!;
    if (sum === 0) return null;
    for (const [index, { decrease }] of trees.entries()) {
      add(shares(decrease), (weights[index] ?? 0) / sum);
    }
    return total;
  }
  const boosted = /^GradientBoosting/.test(type);
  if (!boosted && !/^(RandomForest|ExtraTrees|RandomTrees)/.test(type)) return null;
  const relevant = trees.filter(({ splits }) => splits);
  for (const { decrease } of relevant)
    add(boosted ? decrease : shares(decrease), 1 / relevant.length);
  return shares(total);
}

function shares(values: Float64Array): Float64Array {
  const sum = values.reduce((all, value) => all + value, 0);
  return sum > 0 ? values.map((value) => value / sum) : values;
}

/** Trees of decisions, forests, gradient boosting and bagging: `Tree` of `sklearn/tree/_tree.pyx`. */
import type { BoosterCounter } from '../boosters/facts.ts';
import { nodeFlags } from '../boosters/types.ts';
import { unread } from './arrays.ts';
import type { Reading } from './ensembles.ts';
import { ImportanceSum } from './importance.ts';

/**
 * The trees of one estimator: nodes in a structured array, `values` beside them.
 * @param count is told how many nodes a tree has
 * @returns the importance of its columns; null where scikit-learn tells none
 */
export function readPlain(
  { ensemble, arrays, columns, offset }: Reading,
  counter: BoosterCounter,
  count: (nodes: number) => void,
): Float64Array | null {
  const { type, attributes, trees } = ensemble;
  const chosen = arrays.objects(attributes.get('estimators_features_'));
  const boosted = /^GradientBoosting/.test(type);
  const weight = boosted ? (arrays.number(attributes.get('learning_rate')) ?? 1) : 1;
  const weightsOfTrees = arrays.numbers(attributes.get('estimator_weights_'));
  const importance = new ImportanceSum(type, columns, weightsOfTrees);
  for (const [index, tree] of trees.entries()) {
    const nodes = tree.get('nodes');
    const read = (name: string) =>
      arrays.numbers(nodes, name) ?? unread('an array of theirs is missing');
    const left = read('left_child');
    count(left.length);
    const right = read('right_child');
    const own = read('feature');
    const subset = chosen === null ? null : arrays.numbers(chosen[index]);
    const feature = subset ? own.map((column) => (column < 0 ? column : subset[column]!)) : own;
    const [thresholds, impurity] = [read('threshold'), read('impurity')];
    const weights = read('weighted_n_node_samples');
    const missing = arrays.numbers(nodes, 'missing_go_to_left');
    // How long the way to a leaf is and how many rows are in it: that is all an isolation forest asks.
    const values =
      type === 'IsolationForest'
        ? read('n_node_samples')
        : (arrays.numbers(tree.get('values')) ?? unread('an array of theirs is missing'));
    const outputs = values.length / left.length;
    if (!Number.isInteger(outputs)) unread('a tree has a value too few');
    const decrease = new Map<number, number>();
    const whole = weights[0] ?? 0;
    counter.walk({
      limit: left.length,
      weight,
      children: (node) => childrenOf(left, right, node),
      split: (node) => {
        const column = feature[node]!;
        if (!(column >= 0 && column < columns))
          unread('a tree splits on a column that does not exist');
        const [one, other] = [left[node]!, right[node]!];
        const less =
          weights[node]! * impurity[node]! -
          weights[one]! * impurity[one]! -
          weights[other]! * impurity[other]!;
        decrease.set(column, (decrease.get(column) ?? 0) + less / whole);
        return {
          feature: offset + column,
          gain: null,
          threshold: thresholds[node]!,
          flags: missing?.[node] === 1 ? nodeFlags.missingFirst : 0,
        };
      },
      leaf: (node) => values.subarray(node * outputs, (node + 1) * outputs),
    });
    importance.add(decrease);
  }
  return importance.finish();
}

function childrenOf(
  left: Float64Array,
  right: Float64Array,
  node: number,
): readonly [number, number] | null {
  const [one, other] = [left[node], right[node]];
  if (one === undefined || other === undefined) return unread('a tree has a node too few');
  return one === -1 ? null : [one, other];
}

/** Boosting over histograms: `TreePredictor` of `sklearn/ensemble/_hist_gradient_boosting`. */
import type { BoosterCounter } from '../boosters/facts.ts';
import { categoriesAsNumber } from '../boosters/nodes.ts';
import { nodeFlags } from '../boosters/types.ts';
import type { PickleDict } from '../pickle/index.ts';
import { type ArrayReader, unread } from './arrays.ts';
import type { Reading } from './ensembles.ts';

/** 256 bits, one for each category. */
const setWords = 8;

/**
 * The trees of one estimator.
 * @param count is told how many nodes a tree has
 * @returns the sum of the gains of its splits by column; scikit-learn itself tells no importance of these
 */
export function readHistogram(
  { ensemble, arrays, columns, offset }: Reading,
  counter: BoosterCounter,
  count: (nodes: number) => void,
): Float64Array {
  const order = histogramColumns(ensemble.attributes, arrays, columns);
  const gains = new Float64Array(columns);
  for (const tree of ensemble.trees) {
    const nodes = tree.get('nodes');
    const read = (name: string) =>
      arrays.numbers(nodes, name) ?? unread('an array of theirs is missing');
    const leaf = read('is_leaf');
    count(leaf.length);
    const [left, right, values] = [read('left'), read('right'), read('value')];
    const [feature, gain] = [read('feature_idx'), read('gain')];
    // Before scikit-learn 0.24 there were no categories.
    const isSet = arrays.numbers(nodes, 'is_categorical');
    const setAt = arrays.numbers(nodes, 'bitset_idx');
    const sets = arrays.numbers(tree.get('raw_left_cat_bitsets'));
    const thresholds = arrays.numbers(nodes, 'num_threshold') ?? read('threshold');
    const missing = arrays.numbers(nodes, 'missing_go_to_left');
    counter.walk({
      limit: leaf.length,
      children: (node) => {
        if (leaf[node] === undefined) return unread('a tree has a node too few');
        return leaf[node] === 1 ? null : [left[node]!, right[node]!];
      },
      split: (node) => {
        const column = order(feature[node]!);
        if (!(column >= 0 && column < columns))
          unread('a tree splits on a column that does not exist');
        gains[column]! += gain[node]!;
        const at = (setAt?.[node] ?? 0) * setWords;
        const byCategory = isSet?.[node] === 1;
        const set = sets?.subarray(at, at + setWords) ?? [];
        return {
          feature: offset + column,
          gain: null,
          threshold: byCategory ? categoriesAsNumber(set) : thresholds[node]!,
          flags:
            (missing?.[node] === 1 ? nodeFlags.missingFirst : 0) |
            (byCategory ? nodeFlags.categories : 0),
        };
      },
      leaf: (node) => [values[node]!],
    });
  }
  return gains;
}

/** Since 1.4 its trees see the columns of categories first, then the others. */
function histogramColumns(
  attributes: PickleDict,
  arrays: ArrayReader,
  columns: number,
): (column: number) => number {
  const isSet = arrays.numbers(attributes.get('is_categorical_'));
  if (!attributes.get('_preprocessor') || isSet?.length !== columns) return (column) => column;
  const all = [...isSet.keys()];
  const order = [...all.filter((at) => isSet[at] === 1), ...all.filter((at) => isSet[at] !== 1)];
  return (column) => order[column] ?? -1;
}

/**
 * The trees of scikit-learn's estimators, from the arrays that a pickle has of them: `Tree` of
 * `sklearn/tree/_tree.pyx`, `TreePredictor` of `sklearn/ensemble/_hist_gradient_boosting`.
 */
import { BoosterCounter, type TreeNodes } from '../boosters/facts.ts';
import { categoriesAsNumber } from '../boosters/nodes.ts';
import { type BoosterFacts, nodeFlags } from '../boosters/types.ts';
import type { InlineBudget, PickleDict, PickleValue } from '../pickle/index.ts';
import { ArrayReader, UnreadTrees, unread } from './arrays.ts';
import { type Ensemble, findEnsembles } from './ensembles.ts';
import { importanceOf, type TreeImportance } from './importance.ts';

const maxNodes = 16_000_000;
const maxColumns = 1_000_000;
/** Of the estimators' names. */
const mostNamed = 3;

/** The trees, null where there are none; a sentence on why they were not read. */
export function readTrees(
  root: PickleValue,
  path: string,
  budget: InlineBudget,
): { readonly booster: BoosterFacts | null; readonly note: string | null } {
  try {
    const arrays = new ArrayReader(path, budget);
    const ensembles = findEnsembles(root, arrays);
    const booster = ensembles.length === 0 ? null : factsOf(ensembles, arrays);
    return { booster, note: null };
  } catch (error) {
    if (!(error instanceof UnreadTrees)) throw error;
    return { booster: null, note: `Its trees were not read: ${error.message}.` };
  }
}

function factsOf(ensembles: readonly Ensemble[], arrays: ArrayReader): BoosterFacts {
  const tables = ensembles.map((ensemble) => ({ ensemble, names: namesOf(ensemble, arrays) }));
  const several = ensembles.length > 1;
  const all = tables.flatMap(({ ensemble, names }) =>
    several ? names.map((name) => `${ensemble.path}: ${name}`) : names,
  );
  if (all.length > maxColumns) unread('they have over a million columns');
  const counter = new BoosterCounter(all, unread);
  const gains: Array<number | null> = [];
  let nodes = 0;
  for (const { ensemble, names } of tables) {
    const reading = { ensemble, arrays, columns: names.length, offset: gains.length };
    const count = (more: number): void => {
      nodes += more;
      if (nodes > maxNodes) unread('they have over 16 million nodes');
    };
    const found = ensemble.histogram
      ? readHistogram(reading, counter, count)
      : readEnsemble(reading, counter, count);
    for (const column of names.keys()) gains.push(found?.[column] ?? null);
  }
  const facts = counter.facts('scikit-learn', objectiveOf(ensembles));
  const features = facts.features.map((one, at) => ({ ...one, gain: gains[at] ?? null }));
  return { ...facts, features };
}

/** `RandomForestClassifier (gini)`, of the first few estimators. */
function objectiveOf(ensembles: readonly Ensemble[]): string {
  const named = ensembles.slice(0, mostNamed).map(({ type, attributes }) => {
    const loss = attributes.get('loss') ?? attributes.get('criterion');
    return typeof loss === 'string' ? `${type} (${loss})` : type;
  });
  return named.join(', ') + (ensembles.length > mostNamed ? ', …' : '');
}

/** The names of all columns, or their numbers where it was fitted without names. */
function namesOf({ attributes, trees, histogram }: Ensemble, arrays: ArrayReader): string[] {
  const named = arrays.objects(attributes.get('feature_names_in_')) ?? [];
  let count = arrays.number(attributes.get('n_features_in_')) ?? named.length;
  // Before scikit-learn 0.24 only the trees knew how many columns there were.
  if (count === 0 && !histogram) count = widest(trees, arrays);
  if (!Number.isInteger(count) || count < 0 || count > maxColumns) {
    return unread('the number of their columns makes no sense');
  }
  return Array.from({ length: count }, (_, at) => {
    const name = named[at];
    return typeof name === 'string' ? name : `column ${at}`;
  });
}

function widest(trees: readonly PickleDict[], arrays: ArrayReader): number {
  let most = -1;
  for (const tree of trees) {
    for (const column of arrays.numbers(tree.get('nodes'), 'feature') ?? []) {
      most = Math.max(most, column);
    }
  }
  return most + 1;
}

interface Reading {
  readonly ensemble: Ensemble;
  readonly arrays: ArrayReader;
  readonly columns: number;
  /** The number of its first column among those of all estimators. */
  readonly offset: number;
}

/** @returns the importance of its columns; null where scikit-learn tells none */
function readEnsemble(
  { ensemble, arrays, columns, offset }: Reading,
  counter: BoosterCounter,
  count: (nodes: number) => void,
): Float64Array | null {
  const { type, attributes, trees } = ensemble;
  const chosen = arrays.objects(attributes.get('estimators_features_'));
  const boosted = /^GradientBoosting/.test(type);
  const weight = boosted ? (arrays.number(attributes.get('learning_rate')) ?? 1) : 1;
  const found: TreeImportance[] = [];
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
    const values = /^IsolationForest$/.test(type)
      ? read('n_node_samples')
      : (arrays.numbers(tree.get('values')) ?? unread('an array of theirs is missing'));
    const outputs = values.length / left.length;
    if (!Number.isInteger(outputs)) unread('a tree has a value too few');
    const decrease = new Float64Array(columns);
    counter.walk({
      limit: left.length,
      weight,
      children: (node) => childrenOf(left, right, node),
      split: (node) => {
        const column = feature[node]!;
        if (!(column >= 0 && column < columns))
          unread('a tree splits on a column that does not exist');
        const [one, other] = [left[node]!, right[node]!];
        decrease[column]! +=
          weights[node]! * impurity[node]! -
          weights[one]! * impurity[one]! -
          weights[other]! * impurity[other]!;
        return {
          feature: offset + column,
          gain: null,
          threshold: thresholds[node]!,
          flags: missing?.[node] === 1 ? nodeFlags.missingFirst : 0,
        };
      },
      leaf: (node) => values.subarray(node * outputs, (node + 1) * outputs),
    });
    const whole = weights[0] ?? 0;
    if (whole > 0) for (const column of decrease.keys()) decrease[column]! /= whole;
    found.push({ splits: left.length > 1, decrease });
  }
  return importanceOf(type, found, columns, arrays.numbers(attributes.get('estimator_weights_')));
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

/** @returns the sum of the gains of its splits; scikit-learn itself tells no importance of these */
function readHistogram(
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
    const trunk: TreeNodes = {
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
    };
    counter.walk(trunk);
  }
  return gains;
}

/** 256 bits, one for each category. */
const setWords = 8;

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

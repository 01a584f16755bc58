/**
 * CatBoost models as JSON (https://catboost.ai/docs/en/concepts/json-model): symmetric trees as lists
 * of splits and leaves, others as nested objects.
 */
import type { JsonObject, JsonValue } from '../json-values.ts';
import type { PositionalFile } from '../positional.ts';
import type { TensorFile, TensorReader } from '../tensor-file.ts';
import { type Broken, brokenFile, shortened } from '../tensor-parts.ts';
import { ArrayCollector } from './arrays.ts';
import { BoosterCounter } from './facts.ts';
import type { NodeWriter, Split } from './nodes.ts';
import { nodeFlags } from './types.ts';
import { isObject, listAt, numbersAt, objectAt, readJsonFile, textAt } from './values.ts';

export const catboostReader: TensorReader = {
  names: /(catboost|cbm)[^/\\]*\.json$/i,
  match: ({ start }) =>
    /^\s*\{\s*"(ctr_data|features_info|model_info|oblivious_trees|trees)"\s*:/.test(
      start.toString('latin1'),
    ) && /"(feature_index|ctr_data|oblivious_trees|float_features)"/.test(start.toString('latin1')),
  open: readCatboost,
};

async function readCatboost(file: PositionalFile): Promise<TensorFile> {
  const broken = brokenFile(file.path, 'CatBoost');
  const root = await readJsonFile(file, broken);
  const info = objectAt(root, 'features_info');
  if (info.size === 0) return broken('it has no features_info');
  const arrays = new ArrayCollector(file.path, broken);
  const columns = readColumns(info, arrays);
  const counter = new BoosterCounter(columns.names, broken);
  for (const [index, tree] of listAt(root, 'oblivious_trees').entries()) {
    if (!isObject(tree)) return broken('a tree is no object');
    readSymmetric(tree, `trees.${index}`, columns, arrays, counter);
  }
  for (const [index, tree] of listAt(root, 'trees').entries()) {
    if (!isObject(tree)) return broken('a tree is no object');
    readNested(tree, `trees.${index}`, columns, arrays, counter, broken);
  }
  const scale = root.get('scale_and_bias');
  if (Array.isArray(scale)) {
    if (typeof scale[0] === 'number') arrays.add('scale', 'f64', [scale[0]]);
    if (scale[1] instanceof Float64Array) arrays.add('bias', 'f64', scale[1]);
  }
  const metadata = metadataOf(objectAt(root, 'model_info'));
  return {
    path: file.path,
    format: 'catboost',
    sizeBytes: file.size,
    metadata,
    tensors: arrays.tensors,
    notes: [],
    badge: 'data',
    findings: [],
    booster: counter.facts('catboost', metadata.get('loss_function') ?? ''),
  };
}

interface Columns {
  readonly names: readonly string[];
  /** Column of a float feature, and of a categorical one, by their own numbers. */
  readonly float: ReadonlyMap<number, number>;
  readonly categorical: ReadonlyMap<number, number>;
}

function readColumns(info: JsonObject, arrays: ArrayCollector): Columns {
  const names: string[] = [];
  const [float, categorical] = [new Map<number, number>(), new Map<number, number>()];
  for (const [key, columns] of [
    ['float_features', float],
    ['categorical_features', categorical],
  ] as const) {
    for (const feature of listAt(info, key)) {
      if (!isObject(feature)) continue;
      const flat = Number(feature.get('flat_feature_index'));
      const number = Number(feature.get('feature_index'));
      if (!Number.isSafeInteger(flat) || flat < 0 || flat >= 1_000_000) continue;
      columns.set(number, flat);
      names[flat] =
        textAt(feature, 'feature_name') || textAt(feature, 'feature_id') || `column ${flat}`;
      const borders = numbersAt(feature, 'borders');
      if (borders.length > 0) arrays.add(`${key}.${number}.borders`, 'f32', borders);
    }
  }
  return {
    names: Array.from(names, (name, index) => name ?? `column ${index}`),
    float,
    categorical,
  };
}

/** The column that a split looks at; for combinations of several, the first. */
function columnOf(split: JsonObject, columns: Columns): number | null {
  const float = split.get('float_feature_index');
  if (typeof float === 'number') return columns.float.get(float) ?? null;
  const categorical = split.get('cat_feature_index');
  if (typeof categorical === 'number') return columns.categorical.get(categorical) ?? null;
  return null;
}

function borderOf(split: JsonObject): number {
  const border = split.get('border') ?? split.get('value');
  return typeof border === 'number' ? border : Number.NaN;
}

function readSymmetric(
  tree: JsonObject,
  path: string,
  columns: Columns,
  arrays: ArrayCollector,
  counter: BoosterCounter,
): void {
  const leaves = numbersAt(tree, 'leaf_values');
  const weights = numbersAt(tree, 'leaf_weights');
  const splits = listAt(tree, 'splits').filter(isObject);
  addTree(arrays, path, splits, columns, leaves, weights);
  counter.symmetric(
    splits.map((split) => splitOf(split, columns)),
    leaves,
  );
}

function splitOf(split: JsonObject, columns: Columns): Split {
  const oneOf = typeof split.get('value') === 'number';
  return {
    feature: columnOf(split, columns),
    // The hash of a category is a whole number, which float32 would round.
    threshold: oneOf ? borderOf(split) : Math.fround(borderOf(split)),
    flags: oneOf ? nodeFlags.categories : 0,
  };
}

/** A tree whose nodes have their children inside; in the order of a walk from left to right. */
function readNested(
  tree: JsonObject,
  path: string,
  columns: Columns,
  arrays: ArrayCollector,
  counter: BoosterCounter,
  broken: Broken,
): void {
  const splits: JsonObject[] = [];
  const values: number[] = [];
  const weights: number[] = [];
  let [leaves, deepest] = [0, 0];
  const visit = (nodes: NodeWriter, node: JsonValue | undefined, depth: number): void => {
    if (!isObject(node)) {
      broken('a tree has a node too few');
      return;
    }
    deepest = Math.max(deepest, depth);
    const split = node.get('split');
    if (isObject(split)) {
      splits.push(split);
      const found = splitOf(split, columns);
      if (found.feature !== null) counter.addSplit(found.feature, null);
      nodes.split(found);
      visit(nodes, node.get('left'), depth + 1);
      visit(nodes, node.get('right'), depth + 1);
      return;
    }
    leaves++;
    const value = node.get('value');
    const own = typeof value === 'number' ? [value] : value instanceof Float64Array ? value : [];
    for (const one of own) values.push(one);
    nodes.leaf(own);
    const weight = node.get('weight');
    if (typeof weight === 'number') weights.push(weight);
  };
  counter.visited((nodes) => {
    visit(nodes, tree, 0);
    return { splits: splits.length, leaves, depth: deepest };
  });
  addTree(arrays, path, splits, columns, values, weights);
}

function addTree(
  arrays: ArrayCollector,
  path: string,
  splits: readonly JsonObject[],
  columns: Columns,
  leaves: ArrayLike<number>,
  weights: ArrayLike<number>,
): void {
  arrays.add(
    `${path}.split_columns`,
    'i32',
    splits.map((split) => columnOf(split, columns) ?? -1),
  );
  arrays.add(`${path}.split_borders`, 'f32', splits.map(borderOf));
  arrays.add(`${path}.leaf_values`, 'f64', leaves);
  if (weights.length > 0) arrays.add(`${path}.leaf_weights`, 'f64', weights);
}

function metadataOf(info: JsonObject): Map<string, string> {
  const metadata = new Map<string, string>();
  for (const [key, value] of info) {
    if (typeof value === 'string' || typeof value === 'number') {
      metadata.set(key, shortened(String(value)));
    }
  }
  const params = objectAt(info, 'params');
  const loss = textAt(objectAt(params, 'loss_function'), 'type');
  if (loss) metadata.set('loss_function', loss);
  for (const section of ['boosting_options', 'tree_learner_options']) {
    for (const [key, value] of objectAt(params, section)) {
      if (['string', 'number', 'boolean'].includes(typeof value)) metadata.set(key, String(value));
    }
  }
  return metadata;
}

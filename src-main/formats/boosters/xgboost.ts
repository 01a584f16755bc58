/**
 * XGBoost models, as JSON and as UBJSON
 * (https://xgboost.readthedocs.io/en/stable/tutorials/saving_model.html).
 */
import { CairnError } from '../../base/errors.ts';
import { FileWindow } from '../file-window.ts';
import type { JsonObject, JsonValue } from '../json-values.ts';
import type { PositionalFile } from '../positional.ts';
import type { TensorFile, TensorReader } from '../tensor-file.ts';
import { type Broken, brokenFile, plainRange, shortened } from '../tensor-parts.ts';
import { ArrayCollector, type ArrayType } from './arrays.ts';
import { BoosterCounter, type TreeNodes } from './facts.ts';
import { categoriesAsNumber } from './nodes.ts';
import { nodeFlags } from './types.ts';
import { type ListPlace, UbjsonReader } from './ubjson.ts';
import { isObject, listAt, numbersAt, objectAt, readJsonFile, textAt } from './values.ts';

const maxBinaryBytes = 512 * 1024 * 1024;
/** `{`, a length of 64 bits, a key that starts a model. */
const ubjsonStart = /^\{[iUIlL][^a-z]{1,8}(learner|version)/;
const decimals = /[+-]?[\d.]+(?:[eE][+-]?\d+)?/g;
const jsonStart = /^\s*\{\s*"(learner|version)"\s*:/;

export const xgboostReader: TensorReader = {
  names: /(\.(ubj|xgb)|xgb[^/\\]*\.json)$/i,
  match: ({ start }) => {
    const text = start.toString('latin1');
    return ubjsonStart.test(text) || (jsonStart.test(text) && text.includes('"learner"'));
  },
  open: readXgboost,
};

/** Types of the lists where the text does not tell; others are i32. */
const types: Readonly<Record<string, ArrayType>> = {
  base_weights: 'f32',
  leaf_weights: 'f32',
  loss_changes: 'f32',
  split_conditions: 'f32',
  sum_hessian: 'f32',
  weight_drop: 'f32',
  weights: 'f32',
  boosted_weights: 'f32',
  default_left: 'u8',
  split_type: 'u8',
  categories_segments: 'i64',
  categories_sizes: 'i64',
};

async function readXgboost(file: PositionalFile): Promise<TensorFile> {
  const broken = brokenFile(file.path, 'XGBoost');
  const start = await file.read(0, Math.min(2, file.size));
  const binary = start[0] === 0x7b && /[iUIlL]/.test(String.fromCharCode(start[1] ?? 0));
  const { root, places } = binary
    ? readBinary(file, broken)
    : { root: await readJsonFile(file, broken), places: new Map<JsonValue, ListPlace>() };
  const learner = objectAt(root, 'learner');
  if (learner.size === 0) return broken('it has no learner');
  const arrays = new ArrayCollector(file.path, broken);
  collect(objectAt(learner, 'gradient_booster'), '', arrays, places, file.path);
  // Where boosting starts: a number, or one for each output, as text.
  const baseScore = textAt(objectAt(learner, 'learner_model_param'), 'base_score').match(decimals);
  if (baseScore) arrays.add('base_score', 'f32', baseScore.map(Number));
  return {
    path: file.path,
    format: 'xgboost',
    sizeBytes: file.size,
    metadata: metadataOf(root, learner),
    tensors: arrays.tensors,
    notes: [],
    badge: 'data',
    findings: [],
    booster: factsOf(learner, broken),
  };
}

function readBinary(file: PositionalFile, broken: Broken) {
  if (file.size > maxBinaryBytes) {
    throw new CairnError('unsupported', `${file.path} is an XGBoost model of over 512 MiB.`);
  }
  const reader = new UbjsonReader(new FileWindow(file, false), broken);
  const root = reader.document();
  return { root: isObject(root) ? root : broken('it is no object'), places: reader.places };
}

/** Adds every list of numbers under the path of its keys, without what all of them share. */
function collect(
  value: JsonValue,
  path: string,
  arrays: ArrayCollector,
  places: ReadonlyMap<JsonValue, ListPlace>,
  file: string,
): void {
  if (value instanceof Float64Array) {
    // As text an empty list does not say that it is one of numbers.
    if (value.length === 0) return;
    const key = path.split('.').at(-1) ?? '';
    const place = places.get(value);
    if (place) {
      const range = plainRange(file, place.offset, place.bytes);
      arrays.addContent(path, place.type, value.length, range, true);
    } else arrays.add(path, types[key] ?? 'i32', value);
  } else if (isObject(value)) {
    for (const [key, member] of value) {
      const inner = key === 'model' || key === 'gbtree' ? path : path ? `${path}.${key}` : key;
      collect(member, inner, arrays, places, file);
    }
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      if (typeof item === 'object') collect(item, `${path}.${index}`, arrays, places, file);
    }
  }
}

function metadataOf(root: JsonObject, learner: JsonObject): Map<string, string> {
  const metadata = new Map<string, string>();
  const version = numbersAt(root, 'version');
  if (version.length > 0) metadata.set('version', version.join('.'));
  metadata.set('booster', textAt(objectAt(learner, 'gradient_booster'), 'name'));
  metadata.set('objective', textAt(objectAt(learner, 'objective'), 'name'));
  for (const section of ['learner_model_param', 'attributes']) {
    for (const [key, value] of objectAt(learner, section)) {
      if (typeof value === 'string') metadata.set(key, shortened(value));
    }
  }
  return metadata;
}

function factsOf(learner: JsonObject, broken: Broken) {
  const names = listAt(learner, 'feature_names').map(String);
  const counter = new BoosterCounter(names, broken);
  const booster = objectAt(learner, 'gradient_booster');
  // DART keeps its trees one level deeper.
  const model = objectAt(booster.has('gbtree') ? objectAt(booster, 'gbtree') : booster, 'model');
  const drops = numbersAt(booster, 'weight_drop');
  for (const [index, tree] of listAt(model, 'trees').entries()) {
    if (!isObject(tree)) return broken('a tree is no object');
    counter.walk({ ...nodesOf(tree, broken), weight: Math.fround(drops[index] ?? 1) });
  }
  return counter.facts('xgboost', textAt(objectAt(learner, 'objective'), 'name'));
}

/** Text has a float32 in fewer digits, so that all of them are rounded. */
function nodesOf(tree: JsonObject, broken: Broken): TreeNodes {
  const [left, right] = [numbersAt(tree, 'left_children'), numbersAt(tree, 'right_children')];
  const [features, gains] = [numbersAt(tree, 'split_indices'), numbersAt(tree, 'loss_changes')];
  const [conditions, defaults] = [
    numbersAt(tree, 'split_conditions'),
    numbersAt(tree, 'default_left'),
  ];
  const categories = categoriesOf(tree);
  const outputs = Number(textAt(objectAt(tree, 'tree_param'), 'size_leaf_vector'));
  const [weights, leafWeights] = [numbersAt(tree, 'base_weights'), numbersAt(tree, 'leaf_weights')];
  return {
    limit: left.length,
    split: (node) => {
      const set = categories.get(node);
      return {
        feature: features[node] ?? -1,
        gain: Math.fround(gains[node] ?? 0),
        threshold: set ?? Math.fround(conditions[node] ?? Number.NaN),
        flags:
          (defaults[node] ? nodeFlags.missingFirst : 0) |
          (set === undefined ? 0 : nodeFlags.categories),
      };
    },
    children: (node) => {
      const [one, other] = [left[node], right[node]];
      if (one === undefined || other === undefined) return broken('a tree has a node too few');
      return one < 0 ? null : [one, other];
    },
    leaf: (node) => {
      if (!(outputs > 1)) return [Math.fround(conditions[node] ?? Number.NaN)];
      // Since 3.0 a leaf names its weights where splits have their second child.
      const [list, at] = leafWeights.length > 0 ? [leafWeights, right[node] ?? 0] : [weights, node];
      return list.slice(at * outputs, (at + 1) * outputs).map(Math.fround);
    },
  };
}

/** By node: a number that stands for the categories that go to one side. */
function categoriesOf(tree: JsonObject): ReadonlyMap<number, number> {
  const list = (key: string) => numbersAt(tree, `categories${key}`);
  const [nodes, from, sizes, all] = [list('_nodes'), list('_segments'), list('_sizes'), list('')];
  const found = new Map<number, number>();
  for (const [index, node] of nodes.entries()) {
    const start = from[index] ?? 0;
    found.set(node, categoriesAsNumber(all.subarray(start, start + (sizes[index] ?? 0))));
  }
  return found;
}

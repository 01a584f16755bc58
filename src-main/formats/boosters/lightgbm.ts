/**
 * LightGBM models as text: settings, then a section for each tree, in lines of `key=value`
 * (`Tree::ToString` in LightGBM's source).
 */
import type { PositionalFile } from '../positional.ts';
import type { TensorFile, TensorReader } from '../tensor-file.ts';
import { type Broken, brokenFile, maxTensors, shortened } from '../tensor-parts.ts';
import { ArrayCollector, type ArrayType } from './arrays.ts';
import { BoosterCounter, type TreeNodes } from './facts.ts';
import { categoriesAsNumber } from './nodes.ts';
import { nodeFlags } from './types.ts';
import { readText } from './values.ts';

export const lightgbmReader: TensorReader = {
  names: /(\.lgbm?|(lgbm?|lightgbm)[^/\\]*\.txt)$/i,
  match: ({ start }) => /^tree\r?\nversion=v\d/.test(start.toString('latin1', 0, 64)),
  open: readLightgbm,
};

/** Types of the lists; what is not here is a setting of the tree. */
const types: Readonly<Record<string, ArrayType>> = {
  split_feature: 'i32',
  split_gain: 'f32',
  threshold: 'f64',
  decision_type: 'i8',
  left_child: 'i32',
  right_child: 'i32',
  leaf_value: 'f64',
  leaf_weight: 'f64',
  leaf_count: 'i32',
  internal_value: 'f64',
  internal_weight: 'f64',
  internal_count: 'i32',
  cat_boundaries: 'i32',
  cat_threshold: 'u32',
  leaf_const: 'f64',
  num_features: 'i32',
  leaf_features: 'i32',
  leaf_coeff: 'f64',
};

async function readLightgbm(file: PositionalFile): Promise<TensorFile> {
  const broken = brokenFile(file.path, 'LightGBM');
  const text = await readText(file);
  if (!text.startsWith('tree')) return broken('it does not start with a tree');
  const metadata = new Map<string, string>();
  const arrays = new ArrayCollector(file.path, broken);
  const sections = splitTrees(text, broken);
  readSettings(sections.before, metadata, broken);
  readParameters(sections.after, metadata);
  const names = (metadata.get('feature_names') ?? '').split(' ').filter(Boolean);
  const counter = new BoosterCounter(names, broken);
  for (const [index, section] of sections.trees.entries()) {
    readTree(section, `trees.${index}`, arrays, counter, broken);
  }
  const objective = metadata.get('objective') ?? '';
  metadata.set('feature_names', shortened(names.join(' ')));
  return {
    path: file.path,
    format: 'lightgbm',
    sizeBytes: file.size,
    metadata,
    tensors: arrays.tensors,
    notes: [],
    badge: 'data',
    findings: [],
    booster: counter.facts('lightgbm', objective),
  };
}

/** The text before the first tree, of each tree, and behind the last. */
function splitTrees(text: string, broken: Broken) {
  const end = text.indexOf('\nend of trees');
  if (end < 0) return broken('it is cut short: the end of its trees is missing');
  const parts = text.slice(0, end).split(/^Tree=\d+$/m, maxTensors);
  return { before: parts[0] ?? '', trees: parts.slice(1), after: text.slice(end) };
}

function readSettings(text: string, metadata: Map<string, string>, broken: Broken): void {
  for (const [key, value] of pairs(text)) {
    if (metadata.has(key)) broken(`the key ${JSON.stringify(key)} occurs twice`);
    if (key !== 'tree_sizes') metadata.set(key, value);
  }
}

/** Lines of `[key: value]` behind the trees. */
function readParameters(text: string, metadata: Map<string, string>): void {
  for (const match of text.matchAll(/^\[([^:\]\n]+): ?(.*)\]$/gm)) {
    const [, key = '', value = ''] = match;
    if (value !== '' && !metadata.has(key)) metadata.set(key, shortened(value));
  }
}

function* pairs(text: string): Generator<[key: string, value: string], void> {
  for (const line of text.split('\n')) {
    const at = line.indexOf('=');
    if (at > 0) yield [line.slice(0, at), line.slice(at + 1).trimEnd()];
  }
}

function readTree(
  section: string,
  path: string,
  arrays: ArrayCollector,
  counter: BoosterCounter,
  broken: Broken,
): void {
  const lists = new Map<string, Float64Array>();
  for (const [key, value] of pairs(section)) {
    const type = types[key];
    if (!type || value === '') continue;
    if (lists.has(key)) broken(`the key ${JSON.stringify(key)} occurs twice`);
    const numbers = parseNumbers(value, broken);
    lists.set(key, numbers);
    arrays.add(`${path}.${key}`, type, numbers);
  }
  const list = (key: string) => lists.get(key) ?? new Float64Array(0);
  const left = list('left_child');
  // A tree of one leaf has no nodes; else leaves are the negative numbers.
  counter.walk(nodesOf(list, broken), left.length === 0 ? -1 : 0);
}

function nodesOf(list: (key: string) => Float64Array, broken: Broken): TreeNodes {
  const [left, right] = [list('left_child'), list('right_child')];
  const [features, gains] = [list('split_feature'), list('split_gain')];
  const [thresholds, decisions] = [list('threshold'), list('decision_type')];
  const [borders, sets] = [list('cat_boundaries'), list('cat_threshold')];
  const linear = linearLeaves(list);
  const values = list('leaf_value');
  return {
    limit: left.length,
    split: (node) => {
      const [decision, threshold] = [decisions[node] ?? 0, thresholds[node] ?? Number.NaN];
      const byCategory = (decision & 1) !== 0;
      const set = sets.subarray(borders[threshold] ?? 0, borders[threshold + 1] ?? 0);
      return {
        feature: features[node] ?? -1,
        gain: gains[node] ?? null,
        threshold: byCategory ? categoriesAsNumber(set) : threshold,
        // LightGBM's bits: by category, missing first, then two for what counts as missing.
        flags:
          ((decision & 2) !== 0 ? nodeFlags.missingFirst : 0) |
          (byCategory ? nodeFlags.categories : 0) |
          (decision & (nodeFlags.missingIsZero | nodeFlags.missingIsNaN)),
      };
    },
    children: (node) => {
      if (node < 0) return null;
      const [one, other] = [left[node], right[node]];
      if (one === undefined || other === undefined) return broken('a tree has a node too few');
      return [one, other];
    },
    leaf: (node) => [values[~node] ?? Number.NaN, ...(linear.get(~node) ?? [])],
  };
}

/** Of trees with linear models in their leaves: the constant and the coefficients of each. */
function linearLeaves(list: (key: string) => Float64Array): ReadonlyMap<number, number[]> {
  const [constants, counts, coefficients] = [
    list('leaf_const'),
    list('num_features'),
    list('leaf_coeff'),
  ];
  const found = new Map<number, number[]>();
  let at = 0;
  for (const [leaf, constant] of constants.entries()) {
    const count = counts[leaf] ?? 0;
    found.set(leaf, [constant, ...coefficients.subarray(at, at + count)]);
    at += count;
  }
  return found;
}

function parseNumbers(text: string, broken: Broken): Float64Array {
  return Float64Array.from(text.trim().split(/ +/), (word) => {
    const value = /^[+-]?(inf|nan)/i.test(word) ? special(word) : Number(word);
    if (Number.isNaN(value) && !/nan/i.test(word))
      broken(`${JSON.stringify(shortened(word, 40))} is no number`);
    return value;
  });
}

function special(word: string): number {
  if (/nan/i.test(word)) return Number.NaN;
  return word.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/**
 * CatBoost's binary models (`.cbm`): a mark, a length and a FlatBuffer
 * (catboost/libs/model/flatbuffers/model.fbs). The parts behind it, statistics of categories, are not
 * looked at.
 */
import { FileWindow } from '../file-window.ts';
import { FlatTable, type Vector } from '../flatbuffer.ts';
import { JsonReader } from '../json-reader.ts';
import { readJsonValue } from '../json-values.ts';
import type { PositionalFile } from '../positional.ts';
import type { TensorFile, TensorReader } from '../tensor-file.ts';
import { type Broken, brokenFile, maxTensors, plainRange, shortened } from '../tensor-parts.ts';
import { ArrayCollector } from './arrays.ts';
import { countShapeless, type ShapelessTrees } from './cbm-any-shape.ts';
import { BoosterCounter } from './facts.ts';
import type { Split } from './nodes.ts';
import { nodeFlags } from './types.ts';
import { isObject, objectAt, textAt } from './values.ts';

const mark = 'CBM1';
/** CatBoost's own limit is 16. */
const maxTreeDepth = 32;
const maxBinaryFeatures = 10_000_000;

export const cbmReader: TensorReader = {
  names: /\.cbm$/i,
  match: ({ start }) => start.toString('latin1', 0, 4) === mark,
  open: readCbm,
};

async function readCbm(file: PositionalFile): Promise<TensorFile> {
  const broken = brokenFile(file.path, 'CatBoost');
  if (file.size < 16) return broken('it is too short');
  const window = new FileWindow(file);
  if (window.text(0, 4) !== mark) return broken('its mark CBM1 is missing');
  if (window.u32(4) > file.size - 8) return broken('it is cut short');
  const core = FlatTable.root(window, broken, 8);
  const trees = core.table(1) ?? broken('it has no trees');
  const metadata = readInfo(core);
  const arrays = new ArrayCollector(file.path, broken);
  const features = readFeatures(window, trees, arrays);
  const counter = new BoosterCounter(features.names, broken);
  const model = { window, trees, features, arrays, counter, broken };
  readBias(model);
  const notes: string[] = [];
  if (trees.vector(10, 4).count > 0) {
    readWhole(model);
    countShapeless(shapelessTrees(model), counter, broken);
    notes.push('Its trees are not symmetric: their arrays are tensors of all trees together.');
  } else readSymmetric(model);
  return {
    path: file.path,
    format: 'catboost',
    sizeBytes: file.size,
    metadata,
    tensors: arrays.tensors,
    notes,
    badge: 'data',
    findings: [],
    booster: counter.facts('catboost', metadata.get('loss_function') ?? ''),
  };
}

interface Features {
  readonly names: readonly string[];
  /** Of each split that a tree may use: the column (-1 for computed ones) and the border. */
  readonly columns: readonly number[];
  readonly borders: readonly number[];
  /** Which of them ask for one category: their border is its hash. */
  readonly oneHotFrom: number;
  readonly oneHotTo: number;
}

interface Model {
  readonly window: FileWindow;
  readonly trees: FlatTable;
  readonly features: Features;
  readonly arrays: ArrayCollector;
  readonly counter: BoosterCounter;
  readonly broken: Broken;
}

function readFeatures(window: FileWindow, trees: FlatTable, arrays: ArrayCollector): Features {
  const names: string[] = [];
  const [columns, borders]: [number[], number[]] = [[], []];
  const name = (feature: FlatTable): number => {
    const column = feature.i32(2, -1);
    if (column >= 0 && column < 1_000_000) names[column] = feature.text(4);
    return column;
  };
  for (const feature of trees.tables(5)) {
    const column = name(feature);
    const { at, count } = feature.vector(3, 4);
    if (count > 0) {
      const range = plainRange(window.file.path, at, count * 4);
      arrays.addContent(`float_features.${feature.i32(1, -1)}.borders`, 'f32', count, range, false);
    }
    for (let index = 0; index < count && columns.length < maxBinaryFeatures; index++) {
      columns.push(column);
      borders.push(window.f32(at + 4 * index));
    }
  }
  const oneHotFrom = columns.length;
  readCategories(window, trees, { names, columns, borders });
  return {
    names: Array.from(names, (one, index) => one || `column ${index}`),
    columns,
    borders,
    oneHotFrom,
    oneHotTo: columns.length,
  };
}

/** What is asked of columns of categories, which comes behind what is asked of numbers. */
function readCategories(
  window: FileWindow,
  trees: FlatTable,
  { names, columns, borders }: { names: string[]; columns: number[]; borders: number[] },
): void {
  const flat = new Map<number, number>();
  for (const feature of trees.tables(4)) {
    const column = feature.i32(1, -1);
    flat.set(feature.i32(0, -1), column);
    if (column >= 0 && column < 1_000_000) names[column] = feature.text(2);
  }
  // What is estimated from texts comes before, and how much of it is not known here.
  if (trees.vector(13, 4).count > 0) return;
  for (const feature of trees.tables(6)) {
    const column = flat.get(feature.i32(0, -1)) ?? -1;
    const { at, count } = feature.vector(1, 4);
    for (let index = 0; index < count && columns.length < maxBinaryFeatures; index++) {
      columns.push(column);
      borders.push(window.i32(at + 4 * index));
    }
  }
}

function readSymmetric({ window, trees, features, arrays, counter, broken }: Model): void {
  const [splits, sizes] = [trees.vector(1, 4), trees.vector(2, 4)];
  const [values, weights] = [trees.vector(8, 8), trees.vector(9, 8)];
  const outputs = trees.i32(0, 1);
  if (sizes.count > maxTensors || outputs < 1) broken('its trees are not sound');
  let [split, value, weight] = [0, 0, 0];
  for (let tree = 0; tree < sizes.count; tree++) {
    const depth = window.i32(sizes.at + 4 * tree);
    if (depth < 0 || depth > maxTreeDepth || split + depth > splits.count) {
      broken('its trees are not sound');
    }
    const used = Array.from({ length: depth }, (_, index) =>
      window.u32(splits.at + 4 * (split + index)),
    );
    const path = `trees.${tree}`;
    const columns = used.map((one) => features.columns[one] ?? -1);
    arrays.add(`${path}.split_columns`, 'i32', columns);
    arrays.add(
      `${path}.split_borders`,
      'f32',
      used.map((one) => features.borders[one] ?? Number.NaN),
    );
    const leaves = 2 ** depth;
    addDoubles(`${path}.leaf_values`, values, value, leaves * outputs, arrays, window, broken);
    const first = value;
    counter.symmetric(
      used.map((one) => splitOf(one, features)),
      Float64Array.from({ length: leaves * outputs }, (_, at) =>
        window.f64(values.at + 8 * (first + at)),
      ),
    );
    if (weights.count > 0) {
      addDoubles(`${path}.leaf_weights`, weights, weight, leaves, arrays, window, broken);
    }
    [split, value, weight] = [split + depth, value + leaves * outputs, weight + leaves];
  }
}

function shapelessTrees({ window, trees, features, broken }: Model): ShapelessTrees {
  const [splits, sizes, steps] = [trees.vector(1, 4), trees.vector(2, 4), trees.vector(10, 4)];
  const [leafIds, values, outputs] = [trees.vector(11, 4), trees.vector(8, 8), trees.i32(0, 1)];
  if (sizes.count > maxTensors || outputs < 1) broken('its trees are not sound');
  const nodeCount = Math.min(splits.count, steps.count, leafIds.count);
  return {
    nodeCount,
    sizes: Array.from({ length: sizes.count }, (_, tree) => window.i32(sizes.at + 4 * tree)),
    splitAt: (node) => splitOf(window.u32(splits.at + 4 * node), features),
    stepsAt: (node) => [window.u16(steps.at + 4 * node), window.u16(steps.at + 4 * node + 2)],
    leafAt: (node) => {
      const first = window.u32(leafIds.at + 4 * node);
      if (first + outputs > values.count) broken('its trees are not sound');
      return Array.from({ length: outputs }, (_, at) => window.f64(values.at + 8 * (first + at)));
    },
  };
}

/** @param index of the split among those that trees may use */
function splitOf(index: number, { columns, borders, oneHotFrom, oneHotTo }: Features): Split {
  const column = columns[index] ?? -1;
  // Of one on something that is computed, its place is all that is known.
  return column < 0
    ? { feature: null, threshold: index, flags: 0 }
    : {
        feature: column,
        threshold: borders[index] ?? Number.NaN,
        flags: index >= oneHotFrom && index < oneHotTo ? nodeFlags.categories : 0,
      };
}

/** What the sum of the leaves is multiplied by, and what is added to it, for each output. */
function readBias({ window, trees, arrays, broken }: Model): void {
  arrays.add('scale', 'f64', [trees.f64(14, 1)]);
  const biases = trees.vector(16, 8);
  if (biases.count > 0) addDoubles('bias', biases, 0, biases.count, arrays, window, broken);
  else arrays.add('bias', 'f64', [trees.f64(15, 0)]);
}

/** Part of a list of doubles, where it lies. */
function addDoubles(
  name: string,
  { at, count: available }: Vector,
  from: number,
  count: number,
  arrays: ArrayCollector,
  window: FileWindow,
  broken: Broken,
): void {
  if (from + count > available) broken('its trees are not sound');
  const range = plainRange(window.file.path, at + 8 * from, 8 * count);
  arrays.addContent(name, 'f64', count, range, false);
}

/** Trees of any shape: the lists that all of them share. */
function readWhole({ window, trees, arrays, broken }: Model): void {
  const { path } = window.file;
  for (const [name, field, type, itemBytes] of [
    ['tree_splits', 1, 'i32', 4],
    ['tree_sizes', 2, 'i32', 4],
    ['step_nodes', 10, 'u32', 4],
    ['node_to_leaf', 11, 'u32', 4],
  ] as const) {
    const { at, count } = trees.vector(field, itemBytes);
    if (count > 0) arrays.addContent(name, type, count, plainRange(path, at, count * 4), false);
  }
  for (const [name, field] of [
    ['leaf_values', 8],
    ['leaf_weights', 9],
  ] as const) {
    const vector = trees.vector(field, 8);
    if (vector.count > 0) addDoubles(name, vector, 0, vector.count, arrays, window, broken);
  }
}

/** Keys and values; `params` is JSON. */
function readInfo(core: FlatTable): Map<string, string> {
  const metadata = new Map<string, string>();
  for (const pair of core.tables(2)) {
    if (metadata.size === 1000) break;
    const [key, value] = [pair.text(0), pair.text(1)];
    if (key !== 'params' && key !== 'training') metadata.set(key, shortened(value));
    const loss = key === 'params' ? lossOf(value) : '';
    if (loss) metadata.set('loss_function', loss);
  }
  return metadata;
}

/** What is only shown is no reason to refuse a model. */
function lossOf(params: string): string {
  try {
    const value = readJsonValue(
      new JsonReader(params, (problem) => {
        throw new Error(problem);
      }),
    );
    return isObject(value) ? textAt(objectAt(value, 'loss_function'), 'type') : '';
  } catch {
    return '';
  }
}

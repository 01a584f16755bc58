/** Which estimators of a pickle are made of trees: single ones, forests, boosting, bagging. */
import {
  classOf,
  dictEntries,
  PickleDict,
  PickleList,
  PickleObject,
  type PickleValue,
} from '../pickle/index.ts';
import { type ArrayReader, attributesOf } from './arrays.ts';

/** One estimator with its trees. */
export interface Ensemble {
  /** Where it is, by attributes and places; empty for the whole file. */
  readonly path: string;
  /** The name of its class, without its module. */
  readonly type: string;
  readonly attributes: PickleDict;
  /** In the order in which they are fitted; objects of `Tree`, or of `TreePredictor`. */
  readonly trees: readonly PickleDict[];
  /** Whether the trees are those of boosting over histograms. */
  readonly histogram: boolean;
}

/** What reading the trees of one estimator takes. */
export interface Reading {
  readonly ensemble: Ensemble;
  readonly arrays: ArrayReader;
  readonly columns: number;
  /** The number of its first column among those of all estimators. */
  readonly offset: number;
}

const modules = /^sklearn\.(tree|ensemble)\./;

/** In the order of the file; an estimator that is met again (by its name in a pipeline) counts once. */
export function findEnsembles(root: PickleValue, arrays: ArrayReader): Ensemble[] {
  const found: Ensemble[] = [];
  const seen = new Set<PickleValue>();
  const walkAll = (
    values: Iterable<readonly [PickleValue | number, PickleValue]>,
    path: string,
  ) => {
    for (const [key, value] of values) {
      if (typeof value !== 'object' || value === null) continue;
      const step = typeof key === 'object' ? '?' : String(key);
      walk(value, path === '' ? step : `${path}.${step}`);
    }
  };
  const walkParts = (value: PickleObject, path: string): void => {
    const items = arrays.objects(value);
    const entries = items?.entries() ?? dictEntries(value) ?? attributesOf(value)?.entries() ?? [];
    walkAll(entries, path);
    if (items) return;
    walkAll(value.args.entries(), path);
    walkAll(value.items.entries(), path);
    walkAll(value.entries?.entries() ?? [], path);
  };
  // How deep it goes was limited when the arrays were gathered.
  const walk = (value: PickleValue, path: string): void => {
    if (seen.has(value)) return;
    seen.add(value);
    if (value instanceof PickleList) walkAll(value.items.entries(), path);
    else if (value instanceof PickleDict) walkAll(value.entries(), path);
    if (!(value instanceof PickleObject)) return;
    const ensemble = ensembleOf(value, path, arrays);
    if (ensemble) {
      found.push(ensemble);
      const members = arrays.objects(ensemble.attributes.get('estimators_')) ?? [];
      for (const member of members) seen.add(member);
    }
    walkParts(value, path);
  };
  walk(root, '');
  return found;
}

function ensembleOf(value: PickleObject, path: string, arrays: ArrayReader): Ensemble | null {
  const attributes = attributesOf(value);
  const type = classOf(value);
  if (!attributes || !type?.path.startsWith('sklearn.')) return null;
  const shared = { path, type: type.name, attributes };
  const stages = modules.test(type.path) ? arrays.objects(attributes.get('_predictors')) : null;
  if (stages) {
    const trees = stages.flatMap((stage) => arrays.objects(stage) ?? []).map(attributesOf);
    return allThere(trees) ? { ...shared, trees, histogram: true } : null;
  }
  const own = treeOf(value);
  if (own) return { ...shared, trees: [own], histogram: false };
  const trees = arrays.objects(attributes.get('estimators_'))?.map(treeOf) ?? [];
  return trees.length > 0 && allThere(trees) ? { ...shared, trees, histogram: false } : null;
}

function allThere(trees: ReadonlyArray<PickleDict | null>): trees is readonly PickleDict[] {
  return trees.every((tree) => tree !== null);
}

/** The state of the tree that an estimator has. */
function treeOf(estimator: PickleValue): PickleDict | null {
  const tree = attributesOf(estimator)?.get('tree_');
  const known = tree instanceof PickleObject && classOf(tree)?.path === 'sklearn.tree._tree.Tree';
  return known ? attributesOf(tree) : null;
}

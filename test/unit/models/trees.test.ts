import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BoosterFacts } from '../../../src-main/formats/boosters/types.ts';
import { openTensorFile } from '../../../src-main/formats/tensors.ts';
import { compareTree, compareTrees } from '../../../src-main/models/trees/index.ts';
import { tempFolder } from '../../support/temp.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/models/boosters');

async function open(name: string): Promise<BoosterFacts> {
  const { booster } = await openTensorFile(join(fixtures, name));
  if (!booster) throw new Error(`${name} has no trees`);
  return booster;
}

/** A tree of LightGBM 4.7 whose root goes by sets of categories. */
const categories = (sets: string) => `tree
version=v4
feature_names=kind x

Tree=0
num_leaves=4
num_cat=1
split_feature=0 1 1
split_gain=137.324 143.809 37.9332
threshold=0 0.97587144229552436 0.97587144229552436
decision_type=9 2 2
left_child=2 -2 -1
right_child=1 -3 -4
leaf_value=-0.20391957395256574 -0.60142469894824313 -0.19179172396869928 -0.49201961867420352
cat_boundaries=0 2
cat_threshold=${sets}
is_linear=0
shrinkage=1


end of trees
`;

/** With one entry of the nodes replaced. */
function withNode(facts: BoosterFacts, at: number, entry: { value?: number; feature?: number }) {
  const values = facts.nodes.values.slice();
  const features = facts.nodes.features.slice();
  if (entry.value !== undefined) values[at] = entry.value;
  if (entry.feature !== undefined) features[at] = entry.feature;
  return { ...facts, nodes: { ...facts.nodes, values, features } };
}

const files = [
  'xgboost.json',
  'xgboost-dart.ubj',
  'xgboost-classes.json',
  'lightgbm.txt',
  'lightgbm-categories.txt',
  'catboost.json',
  'catboost.cbm',
  'catboost-lossguide.cbm',
  'catboost-lossguide.json',
];

describe('the trees of boosted models', () => {
  it.each(files)('are identical to themselves, node by node: %s', async (name) => {
    const [left, right] = [await open(`new/${name}`), await open(`new/${name}`)];
    const { trees, counts } = compareTrees(left, right);
    expect(trees).toHaveLength(left.treeCount);
    expect(counts).toEqual({ same: left.treeCount, values: 0, structure: 0, added: 0, removed: 0 });
    for (const [index, tree] of left.trees.entries()) {
      const { nodes, leftOut } = compareTree(left, right, index);
      expect(leftOut).toBe(0);
      expect(nodes.every(({ change }) => change === 'same')).toBe(true);
      expect(nodes.filter(({ kind }) => kind === 'leaf')).toHaveLength(tree.leaves);
      expect(nodes.filter(({ kind }) => kind !== 'leaf')).toHaveLength(tree.splits);
    }
  });

  it('differ in values: thresholds and leaves are counted, the largest change said', async () => {
    const left = await open('new/xgboost.json');
    const { starts, features, values } = left.nodes;
    const [root, leaf] = [starts[1]!, features.indexOf(-1, starts[1])];
    const right = withNode(withNode(left, root, { value: 1 }), leaf, { value: values[leaf]! + 2 });
    const { trees, counts } = compareTrees(left, right);
    expect(counts).toMatchObject({ same: 3, values: 1 });
    expect(trees?.[1]).toMatchObject({ change: 'values', thresholds: 1, leaves: 1 });
    expect(trees?.[1]?.maxLeafDelta).toBeCloseTo(2, 12);
    const { nodes } = compareTree(left, right, 1);
    expect(nodes[0]).toMatchObject({ kind: 'split', change: 'values', depth: 0 });
    expect(nodes[0]?.right).toMatchObject({ operator: '<', value: 1 });
    expect(nodes.filter(({ change }) => change === 'values')).toHaveLength(2);
  });

  it('differ in structure: what is below other columns is listed for each side', async () => {
    const left = await open('new/xgboost.json');
    const [root] = left.nodes.starts;
    const other = (left.nodes.features[root!]! + 1) % 3;
    const right = withNode(left, root!, { feature: other });
    expect(compareTrees(left, right).trees?.[0]?.change).toBe('structure');
    const { nodes } = compareTree(left, right, 0);
    expect(nodes[0]?.change).toBe('structure');
    const { splits, leaves } = left.trees[0]!;
    const count = (change: string) => nodes.filter((node) => node.change === change).length;
    expect(count('removed')).toBe(splits + leaves - 1);
    expect(count('added')).toBe(splits + leaves - 1);
  });

  it('are added and removed at the end', async () => {
    const [many, few] = [await open('new/xgboost-classes.json'), await open('new/xgboost.json')];
    expect(compareTrees(few, many).counts.added).toBe(many.treeCount - few.treeCount);
    expect(compareTrees(many, few).counts.removed).toBe(many.treeCount - few.treeCount);
    const last = many.treeCount - 1;
    const { nodes } = compareTree(few, many, last);
    expect(nodes.every(({ change, left }) => change === 'added' && left === null)).toBe(true);
  });

  it('go by the names of columns, wherever these stand', async () => {
    const left = await open('new/xgboost.json');
    const order = [2, 0, 1, 3];
    const features = Int32Array.from(left.nodes.features, (column) =>
      column < 0 ? column : order.indexOf(column),
    );
    const right = {
      ...left,
      features: order.map((column) => left.features[column]!),
      nodes: { ...left.nodes, features },
    };
    expect(compareTrees(left, right).counts.same).toBe(left.treeCount);
    expect(compareTree(left, right, 0).nodes.every(({ change }) => change === 'same')).toBe(true);
  });

  it('of two libraries are not compared; a tree that is not there is refused', async () => {
    const [xgb, lgb] = [await open('new/xgboost.json'), await open('new/lightgbm.txt')];
    expect(compareTrees(xgb, lgb).trees).toBe(null);
    expect(() => compareTree(xgb, null, 99)).toThrow('There is no tree 99 in these models.');
  });

  it('with splits on categories and levels say so', async () => {
    const path = join(tempFolder('trees-'), 'model.txt');
    writeFileSync(path, categories('1495568969 146'));
    const { booster } = await openTensorFile(path);
    writeFileSync(path, categories('1495568969 147'));
    const other = (await openTensorFile(path)).booster;
    if (!booster || !other) throw new Error('there are no trees');
    const [root] = compareTree(booster, null, 0).nodes;
    expect(root?.right).toMatchObject({ feature: 'kind', operator: 'in', value: null });
    expect(compareTrees(booster, other).trees?.[0]).toMatchObject({
      change: 'values',
      thresholds: 1,
      leaves: 0,
    });
    const levels = compareTree(await open('new/catboost.cbm'), null, 0).nodes;
    expect(levels.map(({ kind }) => kind)).toEqual([
      'level',
      'level',
      'leaf',
      'leaf',
      'leaf',
      'leaf',
    ]);
    expect(levels[0]?.right?.operator).toBe('>');
  });

  it('of levels and of any shape stand below each other', async () => {
    const [levels, shape] = [
      await open('new/catboost.cbm'),
      await open('new/catboost-lossguide.cbm'),
    ];
    expect(compareTrees(levels, shape).trees?.[0]?.change).toBe('structure');
    const { nodes } = compareTree(levels, shape, 0);
    const { splits, leaves } = levels.trees[0]!;
    const other = shape.trees[0]!;
    const kinds = (change: string) => nodes.filter((node) => node.change === change).length;
    expect(kinds('removed')).toBe(splits + leaves);
    expect(kinds('added')).toBe(other.splits + other.leaves);
  });

  it('weigh as much as DART says', async () => {
    const left = await open('new/xgboost-dart.json');
    const trees = left.trees.map((tree) => ({ ...tree, weight: tree.weight / 2 }));
    expect(compareTrees(left, { ...left, trees }).counts.values).toBe(left.treeCount);
  });

  it('are the same in text and in binary', async () => {
    const binary = await open('old/xgboost.ubj');
    const text = await open('old/xgboost.json');
    expect(compareTrees(binary, text).counts.same).toBe(text.treeCount);
  });
});

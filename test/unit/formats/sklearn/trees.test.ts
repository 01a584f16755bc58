import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeFlags } from '../../../../src-main/formats/boosters/types.ts';
import { openTensorFile } from '../../../../src-main/formats/tensors.ts';
import { compareTree, compareTrees } from '../../../../src-main/models/trees/index.ts';
import { expectedTrees, expectTrees } from '../../../support/sklearn-trees.ts';
import { tempFolder } from '../../../support/temp.ts';
import { survivesDamage } from '../../../support/tensor-fixtures.ts';

const fixtures = join(import.meta.dirname, '../../../fixtures/models/sklearn-trees');

async function boosterOf(path: string) {
  const { booster } = await openTensorFile(path);
  if (!booster) throw new Error(`${path} has no trees`);
  return booster;
}

describe.each(['1.2', '1.9'])('trees of scikit-learn %s', (version) => {
  const folder = join(fixtures, version);
  const expected = expectedTrees(folder);

  it.each(Object.keys(expected))(
    '%s leads rows to the leaves that scikit-learn leads them to, and ranks columns as it does',
    async (name) => {
      await expectTrees(join(folder, name), expected[name]!);
    },
  );

  it('has every file checked', () => {
    const found = readdirSync(folder).filter((name) => !name.endsWith('.json'));
    expect(found.toSorted()).toEqual(Object.keys(expected).toSorted());
  });

  it('are compared with those of another seed, by the names of the columns', async () => {
    const one = await boosterOf(join(folder, 'forest.pkl'));
    const other = await boosterOf(join(folder, 'forest-other.pkl'));
    expect(compareTrees(one, one).counts).toMatchObject({ same: 4, structure: 0 });
    const { trees, counts } = compareTrees(one, other);
    expect(trees).toHaveLength(4);
    expect(counts.same).toBe(0);
    const root = compareTree(one, other, 0).nodes[0];
    expect(root?.left).toMatchObject({ operator: '≤' });
    expect(['age', 'height', '列 3', 'weight', 'a b']).toContain(root?.left?.feature);
  });

  it('tell splits by categories from others, under the column that the user knows', async () => {
    const { nodes, features } = await boosterOf(join(folder, 'histogram-kinds.pkl'));
    const bySet = [...nodes.flags.keys()].filter((at) => nodes.flags[at]! & nodeFlags.categories);
    expect(bySet.length).toBeGreaterThan(0);
    for (const at of bySet) expect(features[nodes.features[at]!]?.name).toBe('列 3');
  });

  it('are not invented for estimators without any', async () => {
    const path = join(fixtures, '../sklearn', version, 'pipeline.joblib');
    expect((await openTensorFile(path)).booster).toBe(undefined);
  });
});

describe('damaged trees of scikit-learn', () => {
  /** The first such i64 behind the type of the nodes, replaced. */
  function withNode(value: bigint, by: bigint): string {
    const bytes = Buffer.from(readFileSync(join(fixtures, '1.9/tree.pkl')));
    const wanted = Buffer.alloc(8);
    wanted.writeBigInt64LE(value);
    // The root of the only tree: its children are node 1 and another.
    const at = bytes.indexOf(wanted, bytes.lastIndexOf('missing_go_to_left'));
    expect(at).toBeGreaterThan(0);
    bytes.writeBigInt64LE(by, at);
    const path = join(tempFolder('sklearn-trees-'), 'tree.pkl');
    writeFileSync(path, bytes);
    return path;
  }

  it.each([
    ['goes in circles', 0n],
    ['has a node too few', 1000n],
    ['has a node too few', -7n],
  ])('are left out with a note when one %s; the arrays are there', async (problem, child) => {
    const { booster, notes, tensors } = await openTensorFile(withNode(1n, child));
    expect(booster).toBe(undefined);
    expect(notes).toEqual([`Its trees were not read: a tree ${problem}.`]);
    expect(tensors.some(({ name }) => name === 'tree_.nodes.threshold')).toBe(true);
  });

  it('never bring down more than the file', async () => {
    const folder = tempFolder('sklearn-damage-');
    for (const name of ['forest.pkl', 'histogram.joblib', 'voting.pkl']) {
      await survivesDamage(join(fixtures, '1.9', name), join(folder, name), 60);
    }
  }, 60_000);
});

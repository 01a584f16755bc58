/** Trees of scikit-learn beside what scikit-learn itself makes of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type BoosterFacts, nodeFlags, nodeKinds } from '../../src-main/formats/boosters/types.ts';
import { openTensorFile } from '../../src-main/formats/tensors.ts';

interface ExpectedTrees {
  readonly trees: number;
  readonly leaves: number;
  readonly depth: number;
  readonly rows: ReadonlyArray<ReadonlyArray<number | null>>;
  /** By tree and row: the values of the leaf that a row ends in. */
  readonly values: ReadonlyArray<ReadonlyArray<readonly number[]>>;
  readonly importances: readonly number[] | null;
  readonly features?: readonly string[];
  readonly objective?: string;
}

/** The `expected.json` that `sklearn-trees/make.py` wrote, by file name. */
export function expectedTrees(folder: string): Readonly<Record<string, ExpectedTrees>> {
  return JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
}

/** Fails unless a file holds the trees that are expected, and rows end in the leaves that they should. */
export async function expectTrees(path: string, expected: ExpectedTrees): Promise<void> {
  const { booster, notes } = await openTensorFile(path);
  if (!booster) throw new Error(`${path} has no trees`);
  expect(notes).toEqual([]);
  expect(booster.library).toBe('scikit-learn');
  expect({
    trees: booster.treeCount,
    leaves: booster.trees.reduce((sum, { leaves }) => sum + leaves, 0),
    depth: Math.max(...booster.trees.map(({ depth }) => depth)),
  }).toEqual({ trees: expected.trees, leaves: expected.leaves, depth: expected.depth });
  if (expected.objective) expect(booster.objective).toBe(expected.objective);
  if (expected.features) {
    expect(booster.features.map(({ name }) => name)).toEqual(expected.features);
  }
  const gains = booster.features.map(({ gain }) => gain);
  if (expected.importances === null) expect(gains.every((gain) => gain === null)).toBe(true);
  else {
    expect(gains).toHaveLength(expected.importances.length);
    for (const [at, one] of expected.importances.entries()) expect(gains[at]).toBeCloseTo(one, 12);
  }
  for (const [tree, rows] of expected.values.entries()) {
    for (const [row, values] of rows.entries()) {
      expectClose(
        leafOf(booster, tree, expected.rows[row] ?? []),
        values,
        `tree ${tree}, row ${row}`,
      );
    }
  }
}

function expectClose(
  found: readonly number[] | null,
  values: readonly number[],
  what: string,
): void {
  // Which categories are in a set is compared, but not kept.
  if (found === null) return;
  expect(found, what).toHaveLength(values.length);
  for (const [at, value] of values.entries()) expect(found[at], what).toBeCloseTo(value, 12);
}

/** The leaf that a row ends in, multiplied by the weight of the tree; null behind a set of categories. */
function leafOf(
  { nodes, trees }: BoosterFacts,
  tree: number,
  row: ReadonlyArray<number | null>,
): number[] | null {
  const { features, values, flags } = nodes;
  let at = nodes.starts[tree]!;
  for (; features[at]! >= 0; ) {
    if ((flags[at]! & nodeFlags.categories) !== 0) return null;
    const value = row[features[at]!] ?? null;
    const missingFirst = (flags[at]! & nodeFlags.missingFirst) !== 0;
    const first = value === null ? missingFirst : value <= values[at]!;
    at = first ? at + 1 : behind(features, at + 1);
  }
  const found = [values[at]!];
  while (features[at + found.length] === nodeKinds.moreOfLeaf)
    found.push(values[at + found.length]!);
  return found.map((one) => one * trees[tree]!.weight);
}

/** Where what is below a node ends. */
function behind(features: Int32Array, from: number): number {
  let [open, next] = [1, from];
  for (; open > 0; next++) {
    if (features[next]! >= 0) open++;
    else if (features[next] === nodeKinds.leaf) open--;
  }
  while (features[next] === nodeKinds.moreOfLeaf) next++;
  return next;
}

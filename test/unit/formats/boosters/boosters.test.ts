import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type BoosterFacts,
  nodeFlags,
  nodeKinds,
} from '../../../../src-main/formats/boosters/types.ts';
import { openTensorFile, type TensorFile } from '../../../../src-main/formats/tensors.ts';
import {
  elementsOf,
  expectedOf,
  expectTensors,
  survivesDamage,
} from '../../../support/tensor-fixtures.ts';

const fixtures = join(import.meta.dirname, '../../../fixtures/models/boosters');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-boosters-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Facts {
  /** Rows with what the library makes of them, where a walk through the nodes has to do the same. */
  rows?: Array<Array<number | null>>;
  margins?: number[][];
  trees: number;
  nodes: number;
  leaves: number;
  features: Array<{ name: string; gain: number | null; splits: number }>;
}

/** The sum of the leaves that a row ends in, by the nodes as they are kept. */
function marginOf(booster: BoosterFacts, row: readonly number[], outputs: number): number[] {
  const { starts, features, values, flags } = booster.nodes;
  const sums = Array.from({ length: outputs }, () => 0);
  for (const [tree, { weight }] of booster.trees.entries()) {
    let at = starts[tree]!;
    const skip = (from: number): number => {
      let [open, next] = [1, from];
      for (; open > 0; next++) {
        if (features[next]! >= 0) open++;
        else if (features[next] === nodeKinds.leaf) open--;
      }
      while (features[next] === nodeKinds.moreOfLeaf) next++;
      return next;
    };
    while (features[at]! >= 0) {
      const value = row[features[at]!]!;
      const missingFirst = (flags[at]! & nodeFlags.missingFirst) !== 0;
      const isMissing = Number.isNaN(value);
      const lightgbm = booster.library === 'lightgbm';
      // LightGBM takes what is missing for 0 where training met none.
      const asZero = lightgbm && isMissing && (flags[at]! & nodeFlags.missingIsNaN) === 0;
      const known = asZero ? 0 : value;
      const first =
        isMissing && !asZero
          ? missingFirst
          : lightgbm
            ? known <= values[at]!
            : Math.fround(known) < values[at]!;
      at = first ? at + 1 : skip(at + 1);
    }
    const several = features[at + 1] === nodeKinds.moreOfLeaf;
    for (let output = 0; output < outputs; output++) {
      if (several) sums[output]! += values[at + output]! * weight;
      else if (tree % outputs === output) sums[output]! += values[at]! * weight;
    }
  }
  return sums;
}

function open(name: string, content: string | Buffer) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return openTensorFile(path);
}
const xgboost = (trees: object[], names: string[] = []) =>
  open(
    'xgb.json',
    JSON.stringify({
      learner: { feature_names: names, gradient_booster: { model: { trees } } },
      version: [3, 0, 0],
    }),
  );
const lightgbm = (trees: string) => open('m.txt', `tree\nversion=v4\n${trees}\nend of trees\n`);

const versions = ['new', 'old'];
const xgboostFiles = ['xgboost', 'xgboost-dart', 'xgboost-classes', 'xgboost-categories'];
const catboostFiles = [
  'catboost',
  'catboost-regression',
  'catboost-classes',
  'catboost-categories',
];
const shapeless = ['catboost-lossguide', 'catboost-depthwise'];
/** By version, as the older XGBoost has no leaves with several values. */
const withFacts: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  versions.map((version) => [
    version,
    [
      ...[...xgboostFiles, ...(version === 'new' ? ['xgboost-vectors'] : [])].flatMap((name) => [
        `${name}.json`,
        `${name}.ubj`,
      ]),
      ...['lightgbm', 'lightgbm-categories', 'lightgbm-linear', 'lightgbm-dart'].map(
        (name) => `${name}.txt`,
      ),
      ...[...catboostFiles, ...shapeless].map((name) => `${name}.json`),
    ],
  ]),
);
const everyFile = versions.flatMap((version) =>
  withFacts[version]!.map((name) => [version, name] as const),
);

describe('boosted trees', () => {
  it.each([
    ...everyFile.filter(([, name]) => !name.endsWith('.ubj')),
    ...versions.map((version) => [version, 'xgboost-linear.json'] as const),
  ])('agree with the library bit by bit: %s %s', async (version, name) => {
    const file = await openTensorFile(join(fixtures, version, name));
    await expectTensors(file, expectedOf(join(fixtures, version))[name]!);
    expect(file).toMatchObject({ format: /^[a-z]+/.exec(name)?.[0], badge: 'data', notes: [] });
  });

  it.each([
    ...everyFile.filter(([, name]) => name.endsWith('.ubj')),
    ...versions.map((version) => [version, 'xgboost-linear.ubj'] as const),
  ])('are the same as UBJSON: %s %s', async (version, binary) => {
    const name = binary.slice(0, -'.ubj'.length);
    const file = await openTensorFile(join(fixtures, version, `${name}.ubj`));
    await expectTensors(file, expectedOf(join(fixtures, version))[`${name}.json`]!);
    const text = await openTensorFile(join(fixtures, version, `${name}.json`));
    expect(file.metadata).toEqual(text.metadata);
    expect(file.booster).toEqual(text.booster);
  });

  it.each(versions.flatMap((version) => catboostFiles.map((name) => [version, name] as const)))(
    "are the same in CatBoost's binary format: %s %s",
    async (version, name) => {
      const file = await openTensorFile(join(fixtures, version, `${name}.cbm`));
      await expectTensors(file, expectedOf(join(fixtures, version))[`${name}.json`]!);
      const text = await openTensorFile(join(fixtures, version, `${name}.json`));
      expect(file.booster).toEqual(text.booster);
    },
  );

  it.each(versions.flatMap((version) => shapeless.map((name) => [version, name] as const)))(
    'of any shape are read as a whole: %s %s',
    async (version, name) => {
      const binary = await openTensorFile(join(fixtures, version, `${name}.cbm`));
      expect(binary.notes).toEqual([expect.stringContaining('not symmetric')]);
      const text = await openTensorFile(join(fixtures, version, `${name}.json`));
      const sorted = async (file: TensorFile) => {
        const leaves = file.tensors.filter((tensor) => tensor.name.endsWith('leaf_values'));
        const bytes = Buffer.concat(await Promise.all(leaves.map(elementsOf)));
        return new Float64Array(Uint8Array.from(bytes).buffer).toSorted();
      };
      expect(await sorted(binary)).toEqual(await sorted(text));
      expect(binary.booster).toEqual(text.booster);
    },
  );

  it.each(everyFile)('have the importances that the library says: %s %s', async (version, name) => {
    const all = JSON.parse(readFileSync(join(fixtures, version, 'facts.json'), 'utf8'));
    const expected: Facts = all[name];
    const { booster } = await openTensorFile(join(fixtures, version, name));
    expect(booster?.treeCount).toBe(expected.trees);
    expect(booster?.trees.reduce((sum, { splits }) => sum + splits, 0)).toBe(expected.nodes);
    const leaves = booster?.trees.reduce((sum, one) => sum + one.leaves, 0);
    expect(leaves).toBe(expected.leaves);
    expect(booster?.features.map(({ splits }) => splits)).toEqual(
      expected.features.map(({ splits }) => splits),
    );
    expect(booster?.features.map((one) => one.name)).toEqual(
      expected.features.map((one) => one.name),
    );
    for (const [index, { gain }] of expected.features.entries()) {
      const found = booster?.features[index]?.gain;
      if (gain === null) expect(found).toBe(null);
      else expect(found).toBeCloseTo(gain, gain > 1 ? 3 : 5);
    }
  });

  const factsOf = (version: string): Record<string, Facts> =>
    JSON.parse(readFileSync(join(fixtures, version, 'facts.json'), 'utf8'));
  it.each(everyFile.filter(([version, name]) => factsOf(version)[name]?.rows))(
    'make of rows what the library makes of them: %s %s',
    async (version, name) => {
      const { rows = [], margins = [] } = factsOf(version)[name]!;
      const file = await openTensorFile(join(fixtures, version, name));
      const base = file.tensors.find((tensor) => tensor.name === 'base_score');
      const start = base ? new Float32Array(Uint8Array.from(await elementsOf(base)).buffer) : [0];
      for (const [index, row] of rows.entries()) {
        const values = row.map((value) => value ?? Number.NaN);
        const found = marginOf(file.booster!, values, margins[index]!.length);
        for (const [output, margin] of margins[index]!.entries()) {
          const from = start[output] ?? start[0]!;
          const logit = file.booster!.objective === 'binary:logistic';
          const offset = logit ? Math.log(from / (1 - from)) : from;
          expect(found[output]! + offset, `row ${index}`).toBeCloseTo(margin, 5);
        }
      }
    },
  );

  it('say what they are', async () => {
    const xgb = await openTensorFile(join(fixtures, 'new/xgboost.json'));
    expect(Object.fromEntries(xgb.metadata)).toMatchObject({
      objective: 'binary:logistic',
      booster: 'gbtree',
      num_feature: '4',
    });
    expect(xgb.booster?.trees[0]?.depth).toBe(3);
    const lgb = await openTensorFile(join(fixtures, 'new/lightgbm.txt'));
    expect(Object.fromEntries(lgb.metadata)).toMatchObject({
      version: 'v4',
      objective: 'binary sigmoid:1',
      num_leaves: '5',
    });
    const cat = await openTensorFile(join(fixtures, 'new/catboost.json'));
    expect(cat.booster?.objective).toBe('Logloss');
    expect(cat.booster?.trees[0]).toMatchObject({ splits: 2, leaves: 4, depth: 2 });
  });

  it('keep numbers of text as they were', async () => {
    const file = await lightgbm('\nTree=0\nnum_leaves=2\nleaf_value=-0.1 inf nan 1e-300\n\n');
    const bytes = await elementsOf(file.tensors[0]!);
    const expected = new Float64Array([-0.1, Number.POSITIVE_INFINITY, Number.NaN, 1e-300]);
    expect(bytes).toEqual(Buffer.from(expected.buffer));
    expect(file.booster?.trees).toMatchObject([{ splits: 0, leaves: 1, depth: 0 }]);
  });

  const node = (left: number[], right: number[], split_indices: number[]) =>
    xgboost([{ left_children: left, right_children: right, split_indices }]);
  it.each<[string, () => Promise<unknown>, string]>([
    ['a tree that goes in circles', () => node([0], [0], [0]), 'goes in circles'],
    ['a child that is not there', () => node([5, -1], [1, -1], [0, 0]), 'a node too few'],
    ['lists of two lengths', () => node([1, -1], [], [0]), 'a node too few'],
    [
      'a column that is not there',
      () => node([1, -1, -1], [2, -1, -1], [-7]),
      'column that does not exist',
    ],
    [
      'a huge column',
      () => node([1, -1, -1], [2, -1, -1], [2 ** 40]),
      'column that does not exist',
    ],
    ['a tree that is none', () => xgboost([[] as object]), 'no object'],
    ['a key twice', () => open('xgb.json', '{"learner":{"a":1,"a":2}}'), 'occurs twice'],
    [
      'nesting without end',
      () => open('xgb.json', `{"learner":{"a":${'['.repeat(99_999)}`),
      'nested too deeply',
    ],
    ['no learner', () => open('xgb.json', '{"version":[1],"x":{"learner":{}}}'), 'no learner'],
    ['half a text', () => open('m.txt', 'tree\nversion=v4\nTree=0\n'), 'cut short'],
    ['words for numbers', () => lightgbm('Tree=0\nleaf_value=1 two'), 'is no number'],
    ['a list twice', () => lightgbm('Tree=0\nleaf_value=1\nleaf_value=2'), 'occurs twice'],
    [
      'a circle',
      () => lightgbm('Tree=0\nleft_child=0\nright_child=0\nsplit_feature=0'),
      'in circles',
    ],
    ['no features', () => open('catboost.json', '{"trees":[]}'), 'no features_info'],
    [
      'a half node',
      () =>
        open(
          'catboost.json',
          '{"features_info":{"float_features":[]},"trees":[{"split":{},"left":{}}]}',
        ),
      'a node too few',
    ],
  ])('refuse %s', async (_, opened, message) => {
    await expect(opened()).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining(message),
    });
  });

  const ubjson = (...parts: Array<string | number[]>) =>
    open(
      'x.ubj',
      Buffer.concat([
        Buffer.from('{L\0\0\0\0\0\0\0\x07learner', 'latin1'),
        ...parts.map((part) => Buffer.from(part as string, 'latin1')),
      ]),
    );
  const long = (value: number) =>
    `L${String.fromCharCode(...Array.from({ length: 8 }, (_, i) => Math.floor(value / 256 ** (7 - i)) % 256))}`;
  it.each<[string, string, string]>([
    ['a list longer than the file', `[$d#${long(2 ** 40)}`, 'more than it holds'],
    ['an open list longer than the file', `[#${long(2 ** 40)}`, 'more than it holds'],
    ['a negative length', `[$d#i\xff`, 'no size'],
    ['a text longer than the file', `S${long(1000)}`, 'cut short'],
    ['a text beyond reason', `S${long(2 ** 40)}`, 'longer than'],
    ['an unknown mark', 'x', 'is unknown'],
    ['nesting without end', '['.repeat(5000), 'nested too deeply'],
    ['something behind the end', '{}}Z', 'follows the end'],
    ['a key twice', `{i\x01aZi\x01aZ}}`, 'occurs twice'],
    ['an endless list', '[ZZZZ', 'cut short'],
  ])('refuse UBJSON with %s', async (_, rest, message) => {
    await expect(ubjson(rest)).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining(message),
    });
  });

  it.each([
    'xgboost.json',
    'xgboost.ubj',
    'lightgbm.txt',
    'catboost-lossguide.json',
    'catboost.cbm',
  ])('survive damage: %s', async (name) => {
    await survivesDamage(join(fixtures, 'new', name), join(folder, `xgb-${name}`), 100);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { paramColumns, splittable } from '../../../../src-main/tracking/importance/columns.ts';
import { measureImportance } from '../../../../src-main/tracking/importance/index.ts';
import { randomNumbers, shuffle } from '../../../../src-main/tracking/importance/random.ts';
import { ranks, spearman } from '../../../../src-main/tracking/importance/ranks.ts';
import { growTree, predict } from '../../../../src-main/tracking/importance/tree.ts';

/** What SciPy and scikit-learn said: see record.py there. */
const expected = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../fixtures/importance/expected.json'), 'utf8'),
) as {
  params: Record<string, string>[];
  metric: number[];
  spearman: Record<string, number>;
  tied: { x: number[]; y: number[]; spearman: number };
  tree: number[];
  forest: { score: number; importances: Record<string, number> };
};
const y = Float64Array.from(expected.metric);
const column = (key: string) => Float64Array.from(expected.params, (run) => Number(run[key]));

describe('rank correlation', () => {
  it('is what SciPy says, ties too', () => {
    for (const [key, value] of Object.entries(expected.spearman)) {
      expect(spearman(column(key), y), key).toBeCloseTo(value, 12);
    }
    const { x, y: other, spearman: value } = expected.tied;
    expect(spearman(Float64Array.from(x), Float64Array.from(other))).toBeCloseTo(value, 12);
  });

  it('takes infinities as ends, and has nothing to say of a constant', () => {
    expect([...ranks(Float64Array.of(5, Number.NEGATIVE_INFINITY, 5))]).toEqual([2.5, 1, 2.5]);
    expect(spearman(Float64Array.of(1, 1, 1), Float64Array.of(1, 2, 3))).toBeNull();
  });
});

describe('a tree', () => {
  const rows = Int32Array.from(y.keys());
  const options = { maxDepth: 4, minLeaf: 3, columnsPerSplit: 1, random: randomNumbers(1) };

  it('predicts what scikit-learn predicts', () => {
    const lr = column('lr');
    const tree = growTree([lr], y, rows, options);
    rows.forEach((row) => {
      expect(predict(tree, () => lr[row] as number)).toBeCloseTo(expected.tree[row] as number, 10);
    });
  });

  it('is one leaf where nothing varies', () => {
    const same = new Float64Array(y.length);
    const tree = growTree([same], y, rows, options);
    expect(typeof tree.root).toBe('number');
    expect(typeof growTree([column('lr')], same, rows, options).root).toBe('number');
  });

  it('splits what lacks a value from what has one', () => {
    const x = Float64Array.of(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, 1, 1);
    const tree = growTree([x], Float64Array.of(0, 0, 5, 5), Int32Array.of(0, 1, 2, 3), {
      ...options,
      minLeaf: 1,
    });
    expect(predict(tree, () => Number.NEGATIVE_INFINITY)).toBe(0);
    expect(predict(tree, () => 1)).toBe(5);
  });
});

describe('columns', () => {
  it('are numbers or categories; what never varies or never repeats is left out', () => {
    const runs = Array.from({ length: 8 }, (_, i) => ({
      lr: i % 2 === 0 ? '1e-3' : '0.1',
      optimizer: i % 3 === 0 ? 'sgd' : 'adam',
      id: `run-${i}`,
      epochs: '10',
      ...(i < 4 ? { warmup: '5' } : {}),
    }));
    const { columns, leftOut } = paramColumns(runs);
    expect(columns.map(({ key, kind, present }) => [key, kind, present])).toEqual([
      ['lr', 'number', 8],
      ['optimizer', 'category', 8],
      ['warmup', 'number', 4],
    ]);
    expect(leftOut).toEqual([
      { key: 'epochs', why: 'constant' },
      { key: 'id', why: 'unique' },
    ]);
  });

  it('order categories by their mean target, over the rows that are learnt from', () => {
    const { columns } = paramColumns([{ a: 'x' }, { a: 'x' }, { a: 'z' }, { a: 'z' }, {}]);
    const target = Float64Array.of(10, 20, 1, 3, 100);
    const rows = Int32Array.of(0, 1, 2);
    const found = splittable(columns[0] as never, target, rows);
    expect([...found]).toEqual([15, 15, 1, 1, Number.NEGATIVE_INFINITY]);
  });
});

describe('importance', () => {
  it('agrees with scikit-learn on what matters, how much, and what does not', async () => {
    const found = await measureImportance(expected.params, expected.metric);
    const value = (key: string) => found.params.find((param) => param.key === key)?.importance;
    expect(found.explained?.value).toBeGreaterThan(expected.forest.score - 0.15);
    expect(found.explained?.value).toBeLessThan(expected.forest.score + 0.15);
    for (const [key, weight] of Object.entries(expected.forest.importances)) {
      expect(value(key)?.value, key).toBeGreaterThan(weight - 0.2);
      expect(value(key)?.value, key).toBeLessThan(weight + 0.2);
    }
    expect(found.params.slice(0, 2).map((param) => param.key)).toEqual(['lr', 'depth']);
    // What has no effect is not told apart from nothing.
    expect(value('seed')?.low).toBeLessThan(0.03);
    expect(value('batch')?.low).toBeLessThan(0.03);
    const depth = found.params.find((param) => param.key === 'depth')?.correlation;
    expect(depth?.value).toBeCloseTo(expected.spearman.depth as number, 12);
    expect(depth?.low).toBeLessThan(depth?.value as number);
    expect(depth?.high).toBeGreaterThan(depth?.value as number);
  });

  it('says the same each time', async () => {
    const few = expected.params.slice(0, 20);
    const metric = expected.metric.slice(0, 20);
    expect(await measureImportance(few, metric)).toEqual(await measureImportance(few, metric));
  });

  it('finds a category that matters, and lacking values', async () => {
    const random = randomNumbers(3);
    const names = ['a', 'b', 'c'];
    const runs = Array.from({ length: 60 }, (_, i) => ({
      kind: names[i % 3] as string,
      noise: String(random()),
      ...(i % 2 === 0 ? { extra: '1' } : {}),
    }));
    const metric = runs.map((run, i) => (run.kind === 'b' ? 5 : 0) + (i % 2) * 2 + random() * 0.1);
    const { params } = await measureImportance(runs, metric);
    expect(params.map((param) => param.key).slice(0, 2)).toEqual(['kind', 'extra']);
    expect(params[0]).toMatchObject({ kind: 'category', correlation: null });
    expect(params[0]?.importance?.low).toBeGreaterThan(0.3);
  });

  it('leaves runs without the metric out, and says nothing of too few', async () => {
    const metric = expected.metric.map((value, i) => (i < 4 ? value : i % 2 ? null : Number.NaN));
    const found = await measureImportance(expected.params, metric);
    expect(found).toMatchObject({ runs: 4, used: 4, params: [], explained: null });
    const none = await measureImportance([], []);
    expect(none).toMatchObject({ runs: 0, params: [] });
    const constant = await measureImportance(
      expected.params,
      expected.metric.map(() => 1),
    );
    expect(constant.explained).toBeNull();
    expect(constant.params.every((param) => param.importance === null)).toBe(true);
  });

  it('tells how far it is, and stops when told', async () => {
    const told: number[] = [];
    await measureImportance(expected.params.slice(0, 12), expected.metric.slice(0, 12), {
      onProgress: ({ done }) => told.push(done),
    });
    expect(told).toEqual(Array.from({ length: 30 }, (_, i) => i));
    await expect(
      measureImportance(expected.params, expected.metric, { signal: AbortSignal.abort() }),
    ).rejects.toThrow();
  });
});

it('shuffles evenly', () => {
  const random = randomNumbers(5);
  const first = new Float64Array(4);
  for (let i = 0; i < 4000; i++) {
    const place = shuffle(Int32Array.of(0, 1, 2, 3), random)[0] as number;
    first[place] = (first[place] as number) + 1;
  }
  for (const count of first) expect(Math.abs(count - 1000)).toBeLessThan(150);
});

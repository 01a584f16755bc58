import { describe, expect, it } from 'vitest';
import { updateRun } from '../../../../src-main/store/runs.ts';
import { parseField, parseOrderBy } from '../../../../src-main/tracking/query/index.ts';
import { aggregateCells } from '../../../../src-main/tracking/table/aggregate.ts';
import {
  aggregateGroups,
  groupByFields,
  groupBySeed,
  nestRuns,
  orderGroups,
  packColumns,
  readRows,
  sampleWithMetric,
  summariseKeys,
} from '../../../../src-main/tracking/table/index.ts';
import { arrange } from '../../../../src-main/tracking/table/tree.ts';
import { type MadeRun, makeStore } from '../query/support.ts';

const seeds = 'seed|random_state';

function open(runs: readonly MadeRun[]) {
  const made = makeStore(runs);
  const all = () => made.search('', 'experiment_number, number').runs;
  const names = new Map(made.ids.map((id, index) => [id, runs[index]?.name ?? '']));
  const nameOf = (id: string): string => names.get(id) ?? '?';
  return { ...made, all, nameOf };
}

describe('rows', () => {
  it('have the columns asked for, in order, and nothing where a run has nothing', () => {
    const { store, ids } = open([
      {
        name: 'a',
        params: { lr: '1e-3', 'train.yaml::lr': '0.5' },
        metrics: { loss: [3, 1, 2], acc: [0.1, 0.9, 0.5] },
        tags: { team: 'red' },
      },
      { name: 'b' },
    ]);
    const fields = [
      'params.lr',
      'params.`train.yaml:lr`',
      'metrics.loss',
      'best(metrics.loss)',
      'best(metrics.acc)',
      'count(metrics.acc)',
      'tags.team',
      'tags.`mlflow.runName`',
      'experiment',
    ].map(parseField);
    const rows = readRows(store, [...ids].reverse(), fields);
    expect(rows.map((row) => row.name)).toEqual(['b', 'a']);
    expect(rows[1]?.values).toEqual(['1e-3', '0.5', 2, 1, 0.9, 3, 'red', 'a', 'first']);
    expect(rows[0]?.values).toEqual([null, null, null, null, null, null, null, 'b', 'first']);
  });

  it('tell a metric that diverged from one that is not there, and leave out runs that are gone', () => {
    const { store, ids } = open([{ name: 'a', metrics: { loss: [1, Number.NaN] } }]);
    const rows = readRows(store, ['f'.repeat(32), ...ids], [parseField('metrics.loss')]);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.values).toEqual([Number.NaN]);
  });

  it('prefer what was logged to what stands in the main file', () => {
    const { store, ids, tracking } = open([{ name: 'a' }]);
    tracking.setParams(ids[0] as string, [{ file: 'params.yaml', key: 'lr', value: '1' }]);
    expect(readRows(store, ids, [parseField('params.lr')])[0]?.values).toEqual(['1']);
    tracking.setParams(ids[0] as string, [
      { file: 'params.yaml', key: 'lr', value: '1' },
      { file: '', key: 'lr', value: '2' },
    ]);
    expect(readRows(store, ids, [parseField('params.lr')])[0]?.values).toEqual(['2']);
  });

  it('refuse a column that is none', () => {
    expect(() => parseField('params.')).toThrow(/Which of the params/);
    expect(() => parseField('nothing')).toThrow(/A run has no/);
    expect(() => parseField('params.a params.b')).toThrow(/more than the name/);
  });
});

describe('keys', () => {
  it('differ where values differ or are missing', async () => {
    const { store, all } = open([
      { name: 'a', params: { lr: '1', depth: '3', 'my key': 'x' }, metrics: { loss: [1] } },
      { name: 'b', params: { lr: '2', depth: '3' }, metrics: { loss: [1] } },
    ]);
    const { fields, exact } = await summariseKeys(
      store,
      all().map(({ seq }) => seq),
    );
    expect(exact).toBe(true);
    expect(fields.map(({ field, differs }) => [field, differs])).toEqual([
      ['metrics.loss', false],
      ['params.depth', false],
      ['params.lr', true],
      ['params.`my key`', true],
    ]);
  });

  it('name those of other runs as not present', async () => {
    const { store, all } = open([
      { name: 'a', params: { lr: '1' } },
      { name: 'b', params: { other: '1' } },
    ]);
    const [first] = all();
    const { fields } = await summariseKeys(store, [first?.seq as number]);
    expect(fields.map(({ key, present }) => [key, present])).toEqual([
      ['lr', true],
      ['other', false],
    ]);
  });

  it('are found among many runs though the sample has not seen them differ', async () => {
    const runs = Array.from({ length: 2503 }, (_, index) => ({
      name: `r${index}`,
      params: {
        same: 'x',
        rare: index === 1301 ? 'other' : 'x',
        ...(index === 777 ? { lonely: '1' } : {}),
      },
    }));
    const { store, all } = open(runs);
    const seqs = all().map(({ seq }) => seq);
    const { fields, exact } = await summariseKeys(store, seqs);
    expect(exact).toBe(true);
    expect(Object.fromEntries(fields.map(({ key, differs }) => [key, differs]))).toEqual({
      same: false,
      rare: true,
      lonely: true,
    });
    const without = await summariseKeys(
      store,
      seqs.filter((_, index) => index !== 1301 && index !== 777),
    );
    expect(without.fields.map(({ key, differs, present }) => [key, differs, present])).toEqual([
      ['lonely', false, false],
      ['rare', false, true],
      ['same', false, true],
    ]);
  });
});

describe('groups', () => {
  const runs: MadeRun[] = [
    { name: 'a1', params: { opt: 'adam', seed: '1' }, metrics: { acc: [0.8] } },
    { name: 'b1', params: { opt: 'sgd', seed: '1' }, metrics: { acc: [0.95] } },
    { name: 'a2', params: { opt: 'adam', seed: '2' }, metrics: { acc: [0.9] } },
    { name: 'b2', params: { opt: 'sgd', random_state: '7' }, metrics: { acc: [0.2] } },
    { name: 'c', metrics: { acc: [0.1] } },
    { name: 'd' },
    { name: 'e', experiment: 'second', params: { opt: 'adam', seed: '3' } },
  ];

  it('have the runs with the same values, in the order of the first', () => {
    const { store, all, nameOf } = open(runs);
    const groups = groupByFields(store, all(), [
      parseField('params.opt'),
      parseField('experiment'),
    ]);
    expect(
      groups.map((group) => [group.values, group.runs.map(({ id }) => nameOf(id)).join()]),
    ).toEqual([
      [['adam', 'first'], 'a1,a2'],
      [['sgd', 'first'], 'b1,b2'],
      [[null, 'first'], 'c,d'],
      [['adam', 'second'], 'e'],
    ]);
  });

  it('by a time are those of a day', () => {
    const { store, all } = open(runs.slice(0, 2));
    const [group] = groupByFields(store, all(), [parseField('created')]);
    expect(group?.values[0]).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it('by seed have the runs that differ in nothing else', async () => {
    const { store, all, nameOf } = open(runs);
    const groups = await groupBySeed(store, all(), seeds);
    const named = groups.map((group) => group.runs.map(({ id }) => nameOf(id)).join());
    expect(named).toEqual(['a1,a2', 'b1,b2', 'c', 'd', 'e']);
    const none = await groupBySeed(store, all(), 'nothing like this');
    expect(none).toHaveLength(7);
    await expect(groupBySeed(store, all(), '(')).rejects.toThrow(/no regular expression/);
  });

  it('come by their mean when ordered by a metric', async () => {
    const { store, all, nameOf } = open(runs);
    const groups = await groupBySeed(store, all(), seeds);
    const [order] = parseOrderBy('metrics.acc DESC');
    const ordered = orderGroups(store, groups, order);
    expect(ordered.map((group) => nameOf(group.runs[0]?.id ?? ''))).toEqual([
      'a1',
      'b1',
      'c',
      'd',
      'e',
    ]);
    const [other] = parseOrderBy('metrics.acc');
    expect(orderGroups(store, groups, other).map((g) => nameOf(g.runs[0]?.id ?? ''))[0]).toBe('c');
  });

  it('are summed up column by column', () => {
    const { store, ids } = open(runs);
    const [rows] = aggregateGroups(
      store,
      [[ids[0] as string, ids[2] as string]],
      ['metrics.acc', 'params.opt', 'params.seed', 'metrics.none'].map(parseField),
    );
    const [acc, opt, seed, none] = rows ?? [];
    expect(acc).toMatchObject({ n: 2, min: 0.8, max: 0.9, best: 0.9, distinct: 2, same: null });
    expect(acc?.mean).toBeCloseTo(0.85, 12);
    expect(acc?.deviation).toBeCloseTo(Math.SQRT1_2 * 0.1, 12);
    expect(opt).toMatchObject({ n: 0, mean: null, distinct: 1, same: 'adam' });
    expect(seed).toMatchObject({ n: 2, mean: 1.5, distinct: 2 });
    expect(none).toMatchObject({ n: 0, distinct: 0, same: null });
  });

  it('keep what large numbers differ in, and are not spoilt by NaN', () => {
    const large = aggregateCells([1e15, 1e15 + 1, 1e15 + 2], null);
    expect(large).toMatchObject({ mean: 1e15 + 1, deviation: 1, best: null });
    const nan = aggregateCells([1, Number.NaN, 3, null], 'lower');
    expect(nan).toMatchObject({ n: 2, mean: 2, best: 1, distinct: 3 });
    expect(aggregateCells([1, Number.POSITIVE_INFINITY], 'lower')).toMatchObject({
      mean: Number.POSITIVE_INFINITY,
      deviation: null,
    });
    expect(aggregateCells([5], null)).toMatchObject({ mean: 5, deviation: null, same: 5 });
  });
});

describe('nested runs', () => {
  it('stand behind the run they are nested in', () => {
    const { store, ids, all, nameOf } = open(['a', 'b', 'c', 'd', 'e'].map((name) => ({ name })));
    const [a, b, , d] = ids as [string, string, string, string];
    const parents: [string, string][] = [
      [ids[2] as string, a],
      [d, ids[2] as string],
      [ids[4] as string, a],
    ];
    store.transaction(() => {
      for (const [child, parent] of parents) updateRun(store, child, { parent_id: parent });
    });
    const { ids: ordered, depths } = nestRuns(store, all());
    expect(ordered.map(nameOf).join('')).toBe('acdeb');
    expect([...depths]).toEqual([0, 1, 2, 1, 0]);
    // Without the run between, they are no longer below each other.
    const some = all().filter(({ id }) => id === a || id === b || id === d);
    expect(nestRuns(store, some).ids.map(nameOf).join('')).toBe('abd');
  });

  it('are all there though they claim each other as parents', () => {
    const ring = new Map([
      ['a', 'b'],
      ['b', 'a'],
      ['c', 'c'],
    ]);
    const { ids, depths } = arrange(['a', 'b', 'c'], ring);
    expect([...ids].sort()).toEqual(['a', 'b', 'c']);
    expect(depths).toHaveLength(3);
  });

  it('may be nested deeper than can be said', () => {
    const ids = Array.from({ length: 30_000 }, (_, index) => String(index));
    const { depths } = arrange(ids, new Map(ids.map((id, at) => [id, ids[at - 1] ?? null])));
    expect(depths.at(-1)).toBe(255);
  });
});

describe('packed columns', () => {
  it('are numbers where they are written so, and texts by their place', async () => {
    const { store, all } = open([
      { name: 'a', params: { lr: '1e-3', opt: 'sgd' }, metrics: { loss: [3, 1] } },
      { name: 'b', params: { lr: ' ', opt: 'adam' }, metrics: { loss: [Number.NaN] } },
      { name: 'c', params: { opt: 'sgd' }, tags: { fold: '2' } },
    ]);
    const fields = ['params.lr', 'params.opt', 'min(metrics.loss)', 'tags.fold', 'run_name'];
    const packed = await packColumns(store, all(), fields.map(parseField));
    expect(packed.labels).toEqual(['01.1', '01.2', '01.3']);
    expect(packed.names).toEqual(['a', 'b', 'c']);
    const [lr, opt, loss, fold, name] = packed.columns;
    expect([...(lr?.numbers ?? [])]).toEqual([0.001, Number.NaN, Number.NaN]);
    expect([lr?.texts, [...(lr?.places ?? [])]]).toEqual([[' '], [-1, 0, -1]]);
    expect([opt?.texts, [...(opt?.places ?? [])]]).toEqual([
      ['sgd', 'adam'],
      [0, 1, 0],
    ]);
    expect([...(loss?.numbers ?? [])]).toEqual([1, Number.NaN, Number.NaN]);
    expect([...(fold?.numbers ?? []), ...(fold?.places ?? [])]).toEqual([
      Number.NaN,
      Number.NaN,
      2,
    ]);
    expect(name?.texts).toEqual(['a', 'b', 'c']);
  });

  it('are read in parts, in which no run is lost', async () => {
    const { store, all } = open(
      Array.from({ length: 2500 }, (_, index) => ({
        name: `r${index}`,
        params: { n: String(index) },
        ...(index % 2 === 0 ? { metrics: { acc: [index] } } : {}),
      })),
    );
    const [n, acc] = (await packColumns(store, all(), ['params.n', 'metrics.acc'].map(parseField)))
      .columns;
    expect(n?.numbers).toEqual(Float64Array.from({ length: 2500 }, (_, index) => index));
    expect(acc?.numbers[2498]).toBe(2498);
    expect(acc?.numbers[2499]).toBeNaN();
    const sample = await sampleWithMetric(store, all(), {
      kind: 'metric',
      key: 'acc',
      summary: 'last',
    });
    expect(sample.total).toBe(1250);
    expect(sample.ids).toHaveLength(1000);
    expect(new Set(sample.ids).size).toBe(1000);
  });
});

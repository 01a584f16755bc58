import { describe, expect, it } from 'vitest';
import { type MadeRun, makeStore } from './support.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

const runs: MadeRun[] = [
  {
    name: 'a',
    params: { lr: '0.1', 'model.depth': '4', opt: 'adam', shuffle: 'True', 'train.yaml::lr': '9' },
    tags: { team: 'red' },
    metrics: { loss: [3, 1, 2], 'val/acc': [0.5] },
  },
  { name: 'b', params: { lr: '1e-2', opt: 'SGD' }, tags: { team: 'Ä_1' }, metrics: { loss: [0] } },
  { name: 'c', params: { lr: 'auto' }, metrics: { loss: [nan], other: [inf] } },
  { name: 'd', experiment: 'second', params: { lr: '10' }, note: 'the best' },
];

describe('a search', () => {
  it.each([
    ['', 'abcd'],
    ['metrics.loss >= 0', 'ab'],
    ['NOT metrics.loss >= 0', 'cd'],
    ['metrics.loss != 2', 'bc'],
    ['metrics.loss = NaN', 'c'],
    ['metrics.loss != NaN', 'ab'],
    ['metrics.loss IS NULL', 'd'],
    ['metrics.loss IS NOT NULL', 'abc'],
    ['metrics.loss IN (0, 2, 5)', 'ab'],
    ['metrics.loss NOT IN (0)', 'ac'],
    ['metrics.loss BETWEEN 1 AND 3', 'a'],
    ['metrics.loss NOT BETWEEN 1 AND 3', 'bc'],
    ['metrics.other = inf OR metrics.other IN (inf, 1)', 'c'],
    ['min(metrics.loss) = 1 AND max(metrics.loss) = 3', 'a'],
    ['count(metrics.loss) > 2', 'a'],
    ['step(metrics.loss) = 0', 'bc'],
    ['metrics.val/acc > 0', 'a'],
    ['params.lr = "0.1"', 'a'],
    ['params.lr = 0.10', 'a'],
    ['params.lr < 0.1', 'b'],
    ['params.lr != 10', 'abc'],
    ['params.lr NOT IN (10, 0.1)', 'bc'],
    ['params.lr IN ("auto", 10)', 'cd'],
    ['params.lr BETWEEN 0.01 AND 0.1', 'ab'],
    ['params.`train.yaml:lr` = 9', 'a'],
    ['params.shuffle = true', 'a'],
    ['params.shuffle != true', ''],
    ['params.opt IS NULL', 'cd'],
    ['params.opt LIKE "%D%"', 'b'],
    ['params.opt ILIKE "%D%"', 'ab'],
    ['params.opt NOT LIKE "a%"', 'b'],
    ['params.opt LIKE "[a]dam"', ''],
    ['tags.team LIKE "Ä__"', 'b'],
    ['tags.team ILIKE "ä%"', 'b'],
    ['tags.team != "red"', 'b'],
    ['depth = 4', 'a'],
    ['lr < 0.5 loss >= 0', 'ab'],
    ['nothing > 0', ''],
    ['status = scheduled AND status IN ("SCHEDULED")', 'abcd'],
    ['status:sched kind:command', 'abcd'],
    ['experiment:2', 'd'],
    ['experiment = "first" AND number > 2', 'c'],
    ['label = "02.1" OR 01.1', 'ad'],
    ['note IS NOT NULL', 'd'],
    ['starred:yes', ''],
    ['starred = no', 'abcd'],
    ['created > 1h ago AND created <= now', 'abcd'],
    ['created = today OR created = yesterday', 'abcd'],
    ['duration > 1s', ''],
    ['NOT duration > 1s', 'abcd'],
    ['exit_code IS NULL', 'abcd'],
    ['tags.mlflow.runName IN ("a", "d")', 'ad'],
    ['artifact_uri LIKE "mlflow-artifacts:/%"', 'abcd'],
    ['dataset.name = "x"', ''],
    ['name = "a" OR (name = "b" AND NOT (metrics.loss > 0 OR name = "c"))', 'ab'],
  ])('for %s finds %s', (filter, wanted) => {
    expect(makeStore(runs).find(filter).join('')).toBe(wanted);
  });

  it.each([
    ['metrics.loss', 'bacd'],
    ['metrics.loss DESC', 'abcd'],
    ['min(metrics.loss) DESC', 'abcd'],
    ['params.lr', 'badc'],
    ['params.lr DESC', 'dabc'],
    ['name DESC', 'dcba'],
    ['experiment_number DESC, number DESC', 'dcba'],
    ['tags.team, name DESC', 'abdc'],
    ['label', 'abcd'],
  ])('orders by %s: %s', (order, wanted) => {
    expect(makeStore(runs).find('', order).join('')).toBe(wanted);
  });

  it('leaves out the trash, and other experiments, and counts what is on other pages', () => {
    const { search, store, ids } = makeStore(runs);
    store.db.prepare('UPDATE runs SET deleted_at = 1 WHERE id = ?').run(ids[1]);
    expect(search('').total).toBe(3);
    expect(search('', '', { view: 'all' }).total).toBe(4);
    expect(search('', '', { view: 'deleted' }).runs.map((run) => run.id)).toEqual([ids[1]]);
    expect(search('', '', { experimentIds: [] }).total).toBe(0);
    const first = store.db
      .prepare('SELECT experiment_id FROM runs WHERE id = ?')
      .pluck()
      .get(ids[0]);
    const page = search('name != "b"', 'name', {
      experimentIds: [String(first)],
      limit: 1,
      offset: 1,
    });
    expect(page).toEqual({ runs: [{ seq: 3, id: ids[2] }], total: 2 });
    expect(search('', '', { limit: 0 })).toEqual({ runs: [], total: 3 });
  });

  it('gives the same page by index as by sorting everything', () => {
    const many = Array.from(
      { length: 300 },
      (_, index): MadeRun => ({
        name: `r${(index * 7) % 10}`,
        params: { p: `v${index % 5}`, ...(index % 3 === 0 ? { q: '1' } : {}) },
        metrics: index % 4 === 0 ? {} : { m: [index % 13 === 0 ? nan : (index * 31) % 17] },
      }),
    );
    const { search } = makeStore(many);
    for (const filter of ['', 'params.q IS NULL', 'NOT metrics.m > 8']) {
      for (const order of [
        '',
        'metrics.m',
        'metrics.m DESC, name',
        'created',
        'name DESC',
        'params.p',
      ]) {
        const all = search(filter, order).runs;
        for (const [offset, limit] of [
          [0, 5],
          [3, 20],
          [0, 1],
          [200, 50],
          [290, 100],
        ] as const) {
          const page = search(filter, order, { offset, limit }).runs;
          expect(page, `${filter} | ${order}`).toEqual(all.slice(offset, offset + limit));
        }
      }
    }
  });
});

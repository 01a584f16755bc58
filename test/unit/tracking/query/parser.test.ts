import { describe, expect, it } from 'vitest';
import { CairnError } from '../../../../src-main/base/errors.ts';
import { parseFilter, parseOrderBy } from '../../../../src-main/tracking/query/index.ts';

const now = Date.parse('2026-11-21T12:00:00Z');

function problem(read: () => unknown): { column: number | null; sentence: string } {
  try {
    read();
  } catch (error) {
    if (error instanceof CairnError && error.code === 'invalid') {
      return { column: error.place?.column ?? null, sentence: error.message };
    }
    throw error;
  }
  throw new Error('no error');
}

describe('a filter', () => {
  it('binds AND tighter than OR, and NOT tighter than both', () => {
    const filter = parseFilter('name = "a" OR NOT name = "b" AND name = "c"');
    expect(filter).toMatchObject({
      kind: 'or',
      of: [
        { kind: 'test' },
        { kind: 'and', of: [{ kind: 'not', of: { kind: 'test' } }, { kind: 'test' }] },
      ],
    });
  });

  it('takes keys in backticks and quotes, and values in either quotes', () => {
    const wanted = {
      kind: 'test',
      field: { kind: 'param', key: "it's a key.x" },
      test: { kind: 'compare', comparator: '=', value: { kind: 'text', text: 'say "x"' } },
    };
    expect(parseFilter("params.`it's a key.x` = 'say \"x\"'")).toEqual(wanted);
    expect(parseFilter('params."it\'s a key.x"="say ""x"""')).toEqual(wanted);
    expect(parseFilter("params.'it''s a key.x' = 'say \"x\"'")).toEqual(wanted);
  });

  it.each([
    ['metrics.a<-.5', -0.5],
    ['metrics.a > 1e-3', 0.001],
    ['metrics.a > +2.', 2],
    ['metrics.a > -inf', Number.NEGATIVE_INFINITY],
    ['duration > 1h30m', 5_400_000],
    ['duration > 90', 90],
    ['memory > 2GiB', 2 ** 31],
    ['created > 2d ago', now - 2 * 86_400_000],
  ])('reads the number of %s', (text, number) => {
    expect(parseFilter(text, { now })).toMatchObject({ test: { value: { number } } });
  });

  it('takes a day for all of that day', () => {
    expect(parseFilter('created = 2026-02-03T10Z', { now })).toMatchObject({
      test: {
        value: {
          from: Date.parse('2026-02-03T10:00:00Z'),
          before: Date.parse('2026-02-03T11:00:00Z'),
        },
      },
    });
    const local = new Date(2026, 1, 3).getTime();
    expect(parseFilter('created = "2026-02-03"', { now })).toMatchObject({
      test: { value: { from: local, before: new Date(2026, 1, 4).getTime() } },
    });
  });

  it('takes what is no comparison for words', () => {
    expect(parseFilter('this is "in fact" fine')).toMatchObject({
      kind: 'and',
      of: [
        { words: 'this', phrase: false },
        { words: 'is' },
        { words: 'in fact', phrase: true },
        { words: 'fine' },
      ],
    });
  });

  it.each([
    ["metrics.a = 'x'", 13],
    ['metrics.a > nan', 11],
    ['metrics.a BETWEEN 1 AND NaN', 25],
    ['metrics.a LIKE "x"', 11],
    ['params.a = ', 12],
    ['params.a LIKE x', 15],
    ['params.a IN ("x" "y")', 18],
    ['params.a IN "x"', 13],
    ['params.a BETWEEN 1 AND "x"', 24],
    ['dataset.size = "x"', 1],
    ['attributes.loss = 1', 1],
    ['metrics. > 1', 1],
    ['status = DONE', 10],
    ['status < "FINISHED"', 8],
    ['starred = maybe', 11],
    ['created > 2026-02-31', 11],
    ['created > soon ago', 11],
    ['(name = "a"', 1],
    ['name = "a")', 11],
    ['name = "a" AND', 15],
    ['OR name = "a"', 1],
    ['NOT', 4],
    ['()', 2],
    ['name = "a', 8],
    ['min(params.a) > 1', 5],
    ['min(metrics.a > 1', 15],
    ['metrics.a\n  > ?', 5],
    [`${'('.repeat(101)}a`, 101],
  ])('says where %j is wrong', (text, column) => {
    const found = problem(() => parseFilter(text, { now }));
    expect(found).toMatchObject({ column });
    expect(found.sentence).toMatch(/[.)]$/);
  });

  it('refuses in the dialect of MLflow what is no comparison or has no quotes, and passes by ANDs', () => {
    const mlflow = { dialect: 'mlflow' } as const;
    for (const text of [
      'loss',
      'status = FINISHED',
      'params.a = x',
      'loss > 1',
      '"metrics.a" > 1',
    ]) {
      expect(() => parseFilter(text, mlflow), text).toThrow(CairnError);
    }
    expect(parseFilter('AND metrics.a > 1 AND AND metrics.b > 2 AND', mlflow)).toMatchObject({
      kind: 'and',
      of: [{ kind: 'test' }, { kind: 'test' }],
    });
    expect(parseFilter('AND', mlflow)).toEqual({ kind: 'every' });
  });
});

describe('an order', () => {
  it('is one clause of a list, or several with commas in a text', () => {
    const wanted = [
      { field: { kind: 'metric', key: 'a b', summary: 'last' }, descending: true },
      { field: { kind: 'attribute', name: 'start_time' }, descending: false },
    ];
    expect(parseOrderBy('metrics.`a b` desc, Created ASC')).toMatchObject(wanted);
    expect(parseOrderBy(['metrics."a b" DESC', 'attributes.start_time'])).toMatchObject(wanted);
    expect(parseOrderBy('')).toEqual([]);
  });

  it.each([
    'metrics.a DOWN',
    'metrics.a, attributes.name, metrics.a',
    'dataset.name',
    'loss',
    'metrics.a,',
    ', metrics.a',
  ])('refuses %j', (text) => {
    expect(problem(() => parseOrderBy(text)).column).toBeGreaterThan(0);
  });

  it('has no commas in a list', () => {
    expect(() => parseOrderBy(['metrics.a, metrics.b'])).toThrow(CairnError);
    expect(() => parseOrderBy([''])).toThrow(CairnError);
  });
});

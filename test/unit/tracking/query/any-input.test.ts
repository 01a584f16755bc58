import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CairnError } from '../../../../src-main/base/errors.ts';
import {
  type Filter,
  parseFilter,
  parseOrderBy,
  searchRuns,
} from '../../../../src-main/tracking/query/index.ts';
import { makeStore } from './support.ts';

const word = fc.constantFrom(
  ...[
    'metrics.',
    'params.',
    'tags.',
    'dataset.',
    'attributes.',
    'run.',
    'status',
    'name',
    'created',
  ],
  ...[
    'duration',
    'starred',
    'memory',
    'loss',
    'lr',
    'kind',
    'min',
    '`',
    '"',
    "'",
    '(',
    ')',
    ',',
    '.',
  ],
  ...[
    '=',
    '!=',
    '<',
    '>=',
    'LIKE',
    'ILIKE',
    'IN',
    'NOT',
    'AND',
    'OR',
    'BETWEEN',
    'IS',
    'NULL',
    'ago',
  ],
  ...[
    '1',
    '-0.5',
    '1e999',
    'NaN',
    'inf',
    '10m',
    '2026-01-01',
    'FINISHED',
    '%',
    '_',
    '*',
    '?',
    '[',
    ']',
  ],
  ...[
    ';',
    '--',
    '/*',
    '\\',
    '\0',
    '\u{1f600}',
    '\ud800',
    'é',
    '损失',
    "'; DROP TABLE runs; --",
    ':',
  ],
);
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(fc.tuple(word, fc.constantFrom('', ' ')), { maxLength: 25 })
    .map((words) => words.flat().join('')),
);

/** Undefined where it is an error that a user is told. */
function read<T>(reading: () => T): T | undefined {
  try {
    return reading();
  } catch (error) {
    if (!(error instanceof CairnError) || error.code !== 'invalid') throw error;
    expect(error.place?.column).toBeGreaterThan(0);
    return undefined;
  }
}

describe('any input', () => {
  it('is a filter that the store answers, or an error with its place', () => {
    const { store } = makeStore([
      { name: 'a', params: { lr: '0.1' }, metrics: { loss: [1] }, tags: { t: 'x' } },
      { name: 'b', note: 'loss' },
    ]);
    let answered = 0;
    fc.assert(
      fc.property(
        text,
        text,
        fc.constantFrom('cairn' as const, 'mlflow' as const),
        (some, order, dialect) => {
          const filter = read(() => parseFilter(some, { dialect }));
          const orderBy = read(() => parseOrderBy(order, { dialect }));
          const found = searchRuns(store, {
            ...(filter === undefined ? {} : { filter }),
            ...(orderBy === undefined ? {} : { orderBy }),
          });
          if (filter !== undefined) answered += 1;
          expect(found.total).toBeLessThanOrEqual(2);
        },
      ),
      { numRuns: 1000 },
    );
    expect(answered).toBeGreaterThan(100);
    expect(store.db.prepare('SELECT count(*) FROM runs').pluck().get()).toBe(2);
  });

  it('in a value is only ever compared', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (value) => {
        const { find } = makeStore([
          { name: 'a', params: { p: value }, tags: { [`k ${value}`]: 'v' } },
          { name: 'b', params: { p: `${value}.` } },
        ]);
        const quoted = (word: string) => `"${word.replaceAll('"', '""')}"`;
        expect(find(`params.p = ${quoted(value)}`)).toEqual(['a']);
        expect(find(`params.p IN (${quoted(value)})`)).toEqual(['a']);
        expect(find(`tags.${quoted(`k ${value}`)} = 'v'`)).toEqual(['a']);
      }),
      { numRuns: 25 },
    );
  });

  it('negated is what is left', () => {
    const { store } = makeStore([
      { name: 'a', params: { lr: '0.1' }, metrics: { loss: [1] }, tags: { t: 'x' } },
      { name: 'b', metrics: { loss: [Number.NaN] }, note: 'loss' },
      { name: 'c', params: { lr: 'auto' } },
    ]);
    const count = (filter: Filter) => searchRuns(store, { filter }).total;
    fc.assert(
      fc.property(text, (some) => {
        const filter = read(() => parseFilter(some));
        if (filter === undefined) return;
        expect(count(filter) + count({ kind: 'not', of: filter })).toBe(3);
      }),
      { numRuns: 300 },
    );
  });

  it('of any length is answered or refused at once', () => {
    const { search } = makeStore([{ name: 'a', params: { p: 'a'.repeat(5000) } }]);
    expect(search(Array.from({ length: 1000 }, () => 'name = "a"').join(' AND ')).total).toBe(1);
    expect(search(`params.p LIKE "${'%a'.repeat(2000)}%"`).total).toBe(1);
    expect(
      search(`name IN (${Array.from({ length: 9000 }, (_, index) => index).map((n) => `"${n}"`)})`)
        .total,
    ).toBe(0);
    for (const long of [
      'a '.repeat(2000),
      '('.repeat(5000),
      `"${'x'.repeat(200_000)}"`,
      'NOT '.repeat(20_000),
    ]) {
      expect(() => search(long)).toThrow(CairnError);
    }
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stability, variation } from '../../../src-main/diffing/table/drift.ts';
import { guessKey } from '../../../src-main/diffing/table/guess-key.ts';
import { diffTables } from '../../../src-main/diffing/table/index.ts';
import type { TableSource } from '../../../src-main/diffing/table/source.ts';

type Cell = string | null;

/** A table in memory, in batches of a few rows. */
function source(
  names: readonly string[],
  rows: readonly (readonly Cell[])[],
  batch = 3,
): TableSource {
  return {
    columns: names.map((name) => ({ name, type: null })),
    size: rows.length,
    notes: [],
    async *batches() {
      for (let start = 0; start < rows.length; start += batch) {
        const part = rows.slice(start, start + batch);
        const column = async (index: number) => part.map((row) => row[index] ?? null);
        const some = async (index: number, rows: readonly number[]) =>
          rows.map((at) => part[at]?.[index] ?? null);
        yield { start, rows: part.length, column, some };
      }
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

const options = { key: null, only: null, limit: 1000 };

const cell = fc.option(fc.constantFrom('a', 'b', '1', '2.5'), { nil: null });
const rows = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 30 }).map(String), cell, cell), {
  selector: ([id]) => id,
  maxLength: 14,
});

test('what is found added, removed and changed makes the right table of the left one', async () => {
  await fc.assert(
    fc.asyncProperty(rows, rows, async (a, b) => {
      const names = ['id', 'x', 'y'];
      const diff = await diffTables(
        source(names, a),
        source(names, b),
        { ...options, key: ['id'] },
        {},
      );
      const made = new Map(a.map((row) => [row[0], [...row] as Cell[]]));
      const at = (name: string) => diff.shownColumns.indexOf(name);
      for (const { change, left, right } of diff.shown) {
        const id = ((right ?? left) as Cell[])[at('id')] as string;
        if (change === 'removed') made.delete(id);
        else
          made.set(
            id,
            names.map((name) => (right as Cell[])[at(name)] as Cell),
          );
      }
      const sorted = (all: Iterable<readonly Cell[]>) =>
        [...all].map((row) => JSON.stringify(row)).sort();
      expect(sorted(made.values())).toEqual(sorted(b));
      const { added, removed, modified, same } = diff.rows;
      expect([removed + modified + same, added + modified + same]).toEqual([a.length, b.length]);
    }),
  );
});

test('a table is the same as itself, whatever the order of its rows and columns', async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (a) => {
      const turned = a.toReversed().map(([id, x, y]) => [y, id, x]);
      const diff = await diffTables(
        source(['id', 'x', 'y'], a),
        source(['y', 'id', 'x'], turned),
        { ...options, key: ['id'] },
        {},
      );
      expect(diff.rows).toMatchObject({ added: 0, removed: 0, modified: 0, same: a.length });
    }),
  );
});

test('rows of one key are taken in their order, and the others are said to be many', async () => {
  const a = source(
    ['id', 'x'],
    [
      ['1', 'a'],
      ['1', 'b'],
      ['1', 'c'],
    ],
  );
  const b = source(
    ['id', 'x'],
    [
      ['1', 'a'],
      ['1', 'B'],
    ],
  );
  const diff = await diffTables(a, b, { ...options, key: ['id'] }, {});
  expect(diff.rows).toMatchObject({ same: 1, modified: 1, removed: 1, added: 0 });
  expect(diff.notes[0]).toContain('2 rows');
});

test('a hundred thousand rows of one key take no longer than others', async () => {
  const many = Array.from({ length: 100_000 }, (_, index) => ['k', String(index)]);
  const started = performance.now();
  const tables = [source(['id', 'x'], many, 5000), source(['id', 'x'], many, 5000)] as const;
  const diff = await diffTables(...tables, { ...options, key: ['id'] }, {});
  expect(diff.rows.same).toBe(100_000);
  expect(performance.now() - started).toBeLessThan(10_000);
});

test('without a key rows are taken by their position', async () => {
  const [a, b] = [source(['x'], [['1'], ['2']]), source(['x'], [['1'], ['3'], ['4']])];
  const diff = await diffTables(a, b, { ...options, key: [] }, {});
  expect(diff.rows).toMatchObject({ same: 1, modified: 1, added: 1 });
});

test('columns that came and went are told, and do not make rows change', async () => {
  const a = source(
    ['id', 'old'],
    [
      ['1', 'x'],
      ['2', 'y'],
    ],
  );
  const b = source(
    ['id', 'new'],
    [
      ['1', 'x'],
      ['2', 'y'],
    ],
  );
  const diff = await diffTables(a, b, options, {});
  expect(diff.rows).toMatchObject({ same: 2, modified: 0 });
  expect(diff.columns.map(({ name, change }) => [name, change])).toEqual([
    ['id', 'same'],
    ['new', 'added'],
    ['old', 'removed'],
  ]);
});

test('a cancelled comparison ends', async () => {
  const [a, b] = [source(['x'], [['1']]), source(['x'], [['2']])];
  await expect(diffTables(a, b, options, { signal: AbortSignal.abort() })).rejects.toThrow();
});

describe('the key', () => {
  const sample = (columns: Record<string, Cell[]>) => new Map(Object.entries(columns));

  test('is a column that is called like one, before others without twins', () => {
    const table = sample({ height: ['1.5', '2.5'], note: ['a', 'b'], user_id: ['7', '8'] });
    expect(guessKey(table, table)).toEqual(['user_id']);
  });

  test('may be two columns together', () => {
    const table = sample({
      run: ['a', 'a', 'b'],
      step: ['1', '2', '1'],
      loss: ['0.1', '0.2', '0.3'],
    });
    expect(guessKey(table, table)).toEqual(['run', 'step']);
  });

  test('is none where only a measurement has no twins, values are missing, or nothing is shared', () => {
    expect(guessKey(sample({ x: ['0.1', '0.2'] }), sample({ x: ['0.1', '0.2'] }))).toEqual([]);
    expect(guessKey(sample({ id: ['1', null] }), sample({ id: ['1', '2'] }))).toEqual([]);
    expect(guessKey(sample({ id: ['1', '2'] }), sample({ id: ['3', '4'] }))).toEqual([]);
  });
});

describe('drift', () => {
  const even = Array.from({ length: 1000 }, (_, index) => index);

  test('of numbers is nothing against themselves, and strong when they are shifted', () => {
    expect(stability(even, even)).toMatchObject({ measure: 'psi', level: 'none' });
    expect(stability(even, even)?.value).toBeCloseTo(0, 12);
    expect(
      stability(
        even,
        even.map((value) => value + 500),
      )?.level,
    ).toBe('strong');
  });

  test('of numbers is the sum over bins, by hand', () => {
    // Half of the values are at or below the median on the left, a quarter on the right.
    const left = [0, 0, 1, 1];
    const right = [0, 1, 1, 1];
    const expected = (0.25 - 0.5) * Math.log(0.25 / 0.5) + (0.75 - 0.5) * Math.log(0.75 / 0.5);
    const bins = stability(
      left.flatMap((one) => Array(25).fill(one)),
      right.flatMap((one) => Array(25).fill(one)),
    );
    expect(bins?.value).toBeGreaterThan(expected * 0.9);
  });

  test('of categories is half the sum of the differences of shares', () => {
    const left = new Map([
      ['a', 50],
      ['b', 50],
    ]);
    const right = new Map([
      ['a', 75],
      ['b', 25],
    ]);
    const found = variation(left, right);
    expect(found?.value).toBeCloseTo(0.25, 12);
    // scipy.stats.chi2_contingency([[50, 50], [75, 25]], correction=False)
    expect(found?.p).toBeCloseTo(0.0002607296328553164, 12);
    expect(variation(left, left)).toMatchObject({ value: 0, p: 1, level: 'none' });
  });

  test('columns say what they hold', async () => {
    const table = (missing: Cell) =>
      Array.from({ length: 40 }, (_, index): Cell[] => {
        return [String(index), String(index % 2), index % 4 === 0 ? missing : 'cat'];
      });
    const [numbers, moved] = [table(null), table('dog')];
    const names = ['id', 'flag', 'kind'];
    const { columns } = await diffTables(source(names, numbers), source(names, moved), options, {});
    expect(columns[2]).toMatchObject({
      kind: 'category',
      changedRows: 10,
      left: { missing: 10, distinct: 1, top: [{ value: 'cat', count: 30 }] },
      right: { missing: 0, distinct: 2 },
      drift: { measure: 'tv', value: 0.25 },
    });
    expect(columns[1]).toMatchObject({
      kind: 'number',
      change: 'same',
      left: { mean: 0.5, max: 1 },
    });
  });
});

test('a table of thousands of columns is compared in bounded pieces', async () => {
  const names = Array.from({ length: 3000 }, (_, index) => `c${index}`);
  const rows = Array.from({ length: 60 }, (_, row) => names.map((_, at) => String(row * 7 + at)));
  const other = rows.map((row) => row.map((value, at) => (at % 1000 === 1 ? `${value}9` : value)));
  const diff = await diffTables(
    source(names, rows, 20),
    source(names, other, 20),
    { ...options, key: ['c0'] },
    {},
  );
  expect(diff.rows.modified).toBe(60);
  expect(diff.shownColumns.length).toBeLessThanOrEqual(200);
  expect(diff.columns.filter((one) => one.change === 'modified').map((one) => one.name)).toEqual([
    'c1',
    'c1001',
    'c2001',
  ]);
});

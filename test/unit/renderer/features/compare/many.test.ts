import { expect, test } from 'vitest';
import {
  bestOf,
  manyRows,
  numbered,
} from '../../../../../src-renderer/features/compare/many/rows.ts';
import { fakeMany, fakeSide } from '../../../../support/fake-compare.ts';

test('the best of several values is the one that no other shares', () => {
  expect(bestOf([0.5, 0.9, null], 'higher')).toBe(1);
  expect(bestOf([0.5, 0.9, null], 'lower')).toBe(0);
  expect(bestOf([0.9, 0.9, 0.1], 'higher')).toBeNull();
  expect(bestOf([0.9], 'higher')).toBeNull();
  expect(bestOf([0.5, 0.9], null)).toBeNull();
});

test('every tab has its rows, a value for each side', () => {
  const sides = ['02.1', '02.2', '02.3'].map((label) => fakeSide(label, { [label]: label }));
  const many = fakeMany(sides);
  for (const tab of ['params', 'metrics', 'environment'] as const) {
    const rows = manyRows(many, tab);
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
    for (const row of rows) expect(row.values).toHaveLength(3);
  }
});

test('texts that occur twice have names of their own', () => {
  const ids = numbered(['a', 'b', 'a']).map(({ id }) => id);
  expect(new Set(ids).size).toBe(3);
});

import { expect, it } from 'vitest';
import { importances } from '../../../../../src-renderer/features/models/boosters.ts';

const feature = (name: string, gain: number | null, splits: number) => ({ name, gain, splits });

it('puts the columns side by side, the weightiest share of either side first', () => {
  const left = [feature('a', 1, 5), feature('b', 3, 1)];
  const right = [feature('c', null, 9), feature('a', null, 1)];
  const rows = importances(left, right);
  expect(rows.map(({ name }) => name)).toEqual(['c', 'b', 'a']);
  expect(rows[2]).toEqual({ name: 'a', left: left[0], right: right[1] });
  expect(rows[0]?.left).toBeNull();
});

it('knows models without a split', () => {
  expect(importances([], [])).toEqual([]);
  expect(importances([feature('a', 0, 0)], [])).toHaveLength(1);
});

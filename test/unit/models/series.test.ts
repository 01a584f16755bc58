import { expect, it } from 'vitest';
import type { TensorChange } from '../../../src-main/contract/diff.ts';
import { movementOf, seriesSteps } from '../../../src-main/models/series.ts';

const moved = (name: string, relativeL2: number | null) => {
  const side = { mean: 0, std: 1, min: 0, max: 0 };
  return { name, relativeL2, elements: 4, stats: { left: side, right: side } } as TensorChange;
};

it('compares every checkpoint with the first and with the one before, and none twice', () => {
  expect(seriesSteps(1)).toEqual([]);
  expect(seriesSteps(3)).toEqual([
    { at: 1, from: 0, against: ['first', 'previous'] },
    { at: 2, from: 1, against: ['previous'] },
    { at: 2, from: 0, against: ['first'] },
  ]);
});

it('has a part for each layer, and for each block where there are many', () => {
  const few = movementOf([moved('a.weight', 3), moved('a.bias', 1), moved('b.weight', null)]);
  expect(few.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(few[0]?.change).toBeCloseTo(Math.sqrt(5), 12);
  expect(few[1]?.change).toBeNull();
  const many = Array.from({ length: 60 }, (_, at) => [
    moved(`h.${at}.q.weight`, 1),
    moved(`h.${at}.k.weight`, 1),
  ]).flat();
  expect(movementOf([...many, moved('head.weight', 0)])).toHaveLength(61);
});

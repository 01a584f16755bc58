import { expect, it } from 'vitest';
import { evenly } from '../../../src-main/api/media-histograms.ts';

it('takes steps evenly, with the first and the last', () => {
  expect(evenly([1, 2, 3], 3)).toEqual([1, 2, 3]);
  expect(evenly([], 2)).toEqual([]);
  const steps = Array.from({ length: 1001 }, (_, step) => step);
  expect(evenly(steps, 5)).toEqual([0, 250, 500, 750, 1000]);
  const taken = evenly(steps.slice(0, 41), 40);
  expect(taken).toHaveLength(40);
  expect(new Set(taken).size).toBe(40);
});

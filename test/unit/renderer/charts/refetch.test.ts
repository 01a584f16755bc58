import { expect, it } from 'vitest';
import { pointsFor } from '../../../../src-renderer/charts/refetch.ts';

it('asks for fewer points a curve where there are very many', () => {
  expect(pointsFor(0)).toEqual({ whole: 1000, stretch: 2400 });
  expect(pointsFor(30).whole).toBe(1000);
  expect(pointsFor(50)).toEqual({ whole: 600, stretch: 1440 });
  expect(pointsFor(1000).whole).toBe(400);
});

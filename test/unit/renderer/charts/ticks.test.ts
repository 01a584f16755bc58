import { describe, expect, it } from 'vitest';
import { isSpread, logTicks, niceTicks } from '../../../../src-renderer/charts/ticks.ts';

describe('niceTicks', () => {
  it('are round, within the ends, and free of rounding errors', () => {
    expect(niceTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(niceTicks(0.1, 0.32, 4)).toEqual([0.1, 0.2, 0.3]);
    expect(niceTicks(-7, 12, 4)).toEqual([-5, 0, 5, 10]);
    expect(niceTicks(3, 99_000, 3)).toEqual([50_000]);
    expect(niceTicks(1e-9, 5e-9, 4)).toEqual([1e-9, 2e-9, 3e-9, 4e-9, 5e-9]);
  });

  it('are the one value where there is no range', () => {
    expect(niceTicks(4, 4, 5)).toEqual([4]);
    expect(niceTicks(Number.NaN, Number.NaN, 5)).toEqual([]);
  });
});

describe('logTicks', () => {
  it('are powers of ten, and steps between them where there are few', () => {
    expect(logTicks(1e-4, 1)).toEqual([1e-4, 1e-3, 1e-2, 0.1, 1]);
    expect(logTicks(1, 60)).toEqual([1, 2, 5, 10, 20, 50]);
    expect(logTicks(3, 4)).toEqual([3, 4]);
  });
});

it('takes values over powers of ten for a logarithmic scale', () => {
  expect(isSpread([1e-4, 1e-2])).toBe(true);
  expect(isSpread([1, 10])).toBe(false);
  expect(isSpread([0, 1000])).toBe(false);
  expect(isSpread([-1, 1000])).toBe(false);
  expect(isSpread([])).toBe(false);
});

import { describe, expect, it } from 'vitest';
import {
  durationUnit,
  fromLocalClock,
  lastFinite,
  longest,
  oddPoints,
  toLocalClock,
  xColumn,
} from '../../../../src-renderer/charts/columns.ts';
import type { Series } from '../../../../src-renderer/charts/types.ts';

const f = (...values: number[]): Float64Array => Float64Array.from(values);
const series = (times: Float64Array): Series => ({
  runId: 'r',
  key: 'loss',
  label: '01.1',
  color: '#000',
  steps: times.map((_, i) => i),
  times,
  values: times,
});

describe('xColumn', () => {
  it('counts relative time from the earliest point, also when points came out of order', () => {
    expect([...xColumn(series(f(3000, 1000, 2000)), 'relative')]).toEqual([2000, 0, 1000]);
  });

  it('hands on steps and times as they are', () => {
    const one = series(f(5, 6));
    expect(xColumn(one, 'step')).toBe(one.steps);
    expect(xColumn(one, 'time')).toBe(one.times);
  });
});

describe('durationUnit', () => {
  it.each([
    [1500, 'ms'],
    [2000, 's'],
    [119_999, 's'],
    [120_000, 'min'],
    [3 * 3_600_000, 'h'],
    [3 * 86_400_000, 'd'],
    [0, 'ms'],
  ])('%d ms is told in %s', (ms, unit) => {
    expect(durationUnit(ms)).toBe(unit);
  });
});

describe('local clock', () => {
  it('goes there and back, across a change of clocks too', () => {
    for (const time of [Date.UTC(2025, 0, 1), Date.UTC(2025, 6, 1, 12), Date.UTC(2025, 2, 30, 3)]) {
      expect(fromLocalClock(toLocalClock(f(time))[0] as number)).toBe(time);
    }
  });

  it('leaves what is no time alone', () => {
    expect(toLocalClock(f(Number.NaN))[0]).toBeNaN();
  });
});

describe('oddPoints', () => {
  it('finds lone points, NaN and both infinities', () => {
    const odd = oddPoints(
      f(1, Number.NaN, 2, Number.POSITIVE_INFINITY, 3, 4, Number.NEGATIVE_INFINITY),
    );
    expect(odd).toEqual({ alone: [0, 2], nan: [1], up: [3], down: [6], below: [] });
  });

  it('counts a single point as alone and an empty series as nothing', () => {
    expect(oddPoints(f(1)).alone).toEqual([0]);
    expect(oddPoints(f())).toEqual({ alone: [], nan: [], up: [], down: [], below: [] });
  });

  it('treats what a log axis cannot show as a gap', () => {
    expect(oddPoints(f(0, 5, -1), true)).toMatchObject({ alone: [1], below: [0, 2] });
    expect(oddPoints(f(0, 5, -1), false)).toMatchObject({ alone: [], below: [] });
  });
});

it('finds the longest x and the last finite value', () => {
  expect(longest([f(1, 9), f(Number.POSITIVE_INFINITY, 4)])).toBe(9);
  expect(longest([])).toBe(0);
  expect(lastFinite(f(1, 2, Number.NaN))).toBe(1);
  expect(lastFinite(f(Number.NaN))).toBe(-1);
});

import { describe, expect, it } from 'vitest';
import {
  allSteps,
  histogramPath,
  rangeOfAll,
  stepAt,
} from '../../../../../src-renderer/features/runs/media/steps.ts';

describe('steps of several runs', () => {
  it('are all of them, once, rising', () => {
    expect(allSteps([[0, 10], [5, 10, 20], []])).toEqual([0, 5, 10, 20]);
  });

  it.each([
    [-1, null],
    [0, 0],
    [7, 5],
    [99, 20],
  ])('at %d a run shows what it logged last', (step, shown) => {
    expect(stepAt([0, 5, 20], step)).toBe(shown);
  });
});

describe('a histogram', () => {
  /** Heights of the bars, the highest 1, by their place from 0 to 59. */
  const heightsOf = (path: string): Map<number, number> =>
    new Map(
      [...path.matchAll(/H([\d.]+)V([\d.]+)H/g)].map(([, x, y]) => [
        Math.round((Number(x) * 60) / 100),
        (40 - Number(y)) / 38,
      ]),
    );

  it('draws buckets by how dense they are', () => {
    const heights = heightsOf(histogramPath(Float64Array.of(0, 1, 4), Float64Array.of(3, 3)));
    expect(heights.size).toBe(60);
    expect(heights.get(0)).toBe(1);
    expect(heights.get(14)).toBe(1);
    expect(heights.get(15)).toBeCloseTo(1 / 3, 2);
    expect(heights.get(59)).toBeCloseTo(1 / 3, 2);
  });

  it('shows the others beside a bucket that has next to no width', () => {
    const edges = Float64Array.of(-6, -1e-12, 1e-12, 6);
    const heights = heightsOf(histogramPath(edges, Float64Array.of(300, 1, 300)));
    expect(Math.min(...heights.values())).toBeGreaterThan(0.8);
  });

  it('draws values that are all the same in the middle', () => {
    const heights = heightsOf(histogramPath(Float64Array.of(2, 2), Float64Array.of(9)));
    expect([...heights]).toEqual([[30, 1]]);
  });

  it('takes its place on a scale that others share', () => {
    const counts = Float64Array.of(4, 4);
    const path = histogramPath(Float64Array.of(0, 1, 2), counts, [-2, 2]);
    expect(path).toMatch(/^M0 40H50\.00V/);
    expect(path).toContain('H100.00V40Z');
    expect(histogramPath(Float64Array.of(0, 0), counts, [-1, 3])).toMatch(/^M0 40H25\.00V/);
    expect(rangeOfAll([null, [0, 1], [-3, 0.5]])).toEqual([-3, 1]);
    expect(rangeOfAll([null])).toBeNull();
  });

  it('survives edges without end and empty ones', () => {
    const edges = Float64Array.of(-1.7e308, 0, Number.POSITIVE_INFINITY);
    expect(histogramPath(edges, Float64Array.of(1, 2))).not.toMatch(/NaN|Infinity/);
    expect(histogramPath(Float64Array.of(), Float64Array.of())).toBe('M0 40Z');
  });
});

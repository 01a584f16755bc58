import { describe, expect, it } from 'vitest';
import {
  allSteps,
  histogramPath,
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
  it('draws buckets by how dense they are', () => {
    const path = histogramPath(Float64Array.of(0, 1, 4), Float64Array.of(3, 3));
    expect(path).toBe('M0 40H0.00V2.00H25.00V40H25.00V27.33H100.00V40Z');
  });

  it('survives edges without end and empty ones', () => {
    const edges = Float64Array.of(-1.7e308, 0, Number.POSITIVE_INFINITY);
    expect(histogramPath(edges, Float64Array.of(1, 2))).not.toMatch(/NaN|Infinity/);
    expect(histogramPath(Float64Array.of(), Float64Array.of())).toBe('M0 40Z');
  });
});

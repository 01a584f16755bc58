import { describe, expect, test } from 'vitest';
import {
  chiSquareTail,
  sampleOf,
  studentTails,
  welchTest,
} from '../../../src-main/diffing/statistics.ts';

describe('tails', () => {
  // scipy.stats.chi2.sf and 2 * scipy.stats.t.sf
  test.each([
    [3.841458820694124, 1, 0.05],
    [0.5, 1, 0.47950012218695337],
    [10, 4, 0.04042768199451279],
    [100, 80, 0.064570368921133],
    [0, 3, 1],
  ])('of chi-square at %d with %d degrees', (x, freedom, p) => {
    expect(chiSquareTail(x, freedom)).toBeCloseTo(p, 9);
  });

  test.each([
    [2.2281388519649385, 10, 0.05],
    [1, 1, 0.5],
    [-12.706204736432095, 1, 0.05],
    [0, 5, 1],
    [3, 2.5, 0.07257609554903183],
  ])('of t at %d with %d degrees', (t, freedom, p) => {
    expect(studentTails(t, freedom)).toBeCloseTo(p, 9);
  });
});

describe("Welch's test", () => {
  test('agrees with scipy.stats.ttest_ind(a, b, equal_var=False)', () => {
    const a = sampleOf([0.91, 0.92, 0.9, 0.93]);
    const b = sampleOf([0.94, 0.95, 0.93, 0.97, 0.94]);
    expect(welchTest(a, b)).toBeCloseTo(0.013092475988425, 12);
  });

  test('says nothing of one value, or of values that do not vary', () => {
    expect(welchTest(sampleOf([1]), sampleOf([1, 2]))).toBeNull();
    expect(welchTest(sampleOf([1, 1]), sampleOf([2, 2]))).toBeNull();
  });
});

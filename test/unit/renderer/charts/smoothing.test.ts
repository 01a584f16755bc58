import { describe, expect, it } from 'vitest';
import { smooth, typicalSpacing } from '../../../../src-renderer/charts/smoothing.ts';

/** TensorBoard's slider, per point: the reference for evenly spaced series. */
function perPoint(values: readonly number[], weight: number): number[] {
  let last = 0;
  return values.map((value, i) => {
    last = last * weight + (1 - weight) * value;
    return last / (1 - weight ** (i + 1));
  });
}

describe('smooth', () => {
  it('is the raw line at weight 0', () => {
    expect([...smooth([0, 1, 2], [3, 1, 2], 0, 1)]).toEqual([3, 1, 2]);
  });

  it('is the debiased moving average for evenly spaced points', () => {
    const values = [5, 1, 4, 1, 3, 8, 2];
    const x = values.map((_, i) => i * 10);
    const expected = perPoint(values, 0.7);
    smooth(x, values, 0.7, 10).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] as number, 10);
    });
  });

  it('keeps a constant constant, whatever the spacing', () => {
    for (const value of smooth([0, 1, 50, 51, 900], [2, 2, 2, 2, 2], 0.95, 3)) {
      expect(value).toBeCloseTo(2, 12);
    }
  });

  it('forgets more over a longer gap', () => {
    const near = smooth([0, 1], [0, 1], 0.9, 1)[1] as number;
    const far = smooth([0, 20], [0, 1], 0.9, 1)[1] as number;
    expect(far).toBeGreaterThan(near);
  });

  it('leaves non-finite points in place and out of the others', () => {
    const smoothed = smooth([0, 1, 2, 3], [1, Number.NaN, Number.POSITIVE_INFINITY, 1], 0.9, 1);
    expect(smoothed[0]).toBe(1);
    expect(smoothed[1]).toBeNaN();
    expect(smoothed[2]).toBe(Number.POSITIVE_INFINITY);
    expect(smoothed[3]).toBeCloseTo(1, 12);
  });

  it('gives nearly the same line for a thinned series with the spacing of the whole', () => {
    const x = Array.from({ length: 2000 }, (_, i) => i);
    const values = x.map((i) => Math.sin(i / 200));
    const whole = smooth(x, values, 0.98, 1);
    const thinX = x.filter((i) => i % 10 === 0);
    const thin = smooth(
      thinX,
      thinX.map((i) => values[i] as number),
      0.98,
      typicalSpacing(thinX, 2000),
    );
    const at = thinX.length - 1;
    expect(thin[at]).toBeCloseTo(whole[at * 10] as number, 1);
  });
});

describe('typicalSpacing', () => {
  it('divides the span by the points of the whole series', () => {
    expect(typicalSpacing([0, 50, 100], 101)).toBe(1);
    expect(typicalSpacing([0, 50, 100])).toBe(50);
  });

  it('is 0, which counts points, when there is no span', () => {
    expect(typicalSpacing([7])).toBe(0);
    expect(typicalSpacing([7, 7, 7])).toBe(0);
    expect(typicalSpacing([9, 3])).toBe(0);
  });
});

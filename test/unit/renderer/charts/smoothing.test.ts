import { describe, expect, it } from 'vitest';
import {
  gaussian,
  smooth,
  smoothSeries,
  typicalSpacing,
} from '../../../../src-renderer/charts/smoothing.ts';

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

describe('gaussian', () => {
  it('weighs the neighbours of both sides by their distance', () => {
    const weight = Math.exp(-0.5);
    const smoothed = gaussian([0, 1, 2], [0, 3, 0], 1);
    expect(smoothed[1]).toBeCloseTo(3 / (1 + 2 * weight), 12);
    expect(smoothed[0]).toBeCloseTo((3 * weight) / (1 + weight + Math.exp(-2)), 12);
    expect(smoothed[0]).toBe(smoothed[2]);
  });

  it('is the raw line without a width, and keeps a constant constant', () => {
    expect([...gaussian([0, 1], [4, 5], 0)]).toEqual([4, 5]);
    for (const value of gaussian([0, 1, 50, 51], [2, 2, 2, 2], 10))
      expect(value).toBeCloseTo(2, 12);
  });

  it('leaves non-finite points in place and out of the others', () => {
    const smoothed = gaussian([0, 1, 2], [1, Number.NaN, 1], 5);
    expect(smoothed[0]).toBeCloseTo(1, 12);
    expect(smoothed[1]).toBeNaN();
  });
});

describe('smoothSeries', () => {
  const column = (values: readonly number[]) => Float64Array.from(values);
  const thinned = (values: readonly number[], total: number, means?: readonly number[]) => ({
    runId: 'a',
    key: 'loss',
    label: 'a',
    color: '#000',
    steps: column(values.map((_, i) => (i * total) / values.length)),
    times: column(values.map((_, i) => i)),
    values: column(values),
    total,
    ...(means === undefined ? {} : { means: column(means) }),
  });
  const wave = Array.from({ length: 500 }, (_, i) => Math.sin(i / 7));
  const average = (amount: number) => ({ kind: 'average', amount }) as const;

  it("is TensorBoard's for the points that TensorBoard would draw", () => {
    const expected = perPoint(wave, 0.9);
    smoothSeries(thinned(wave, 500), 'step', average(0.9)).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] as number, 9);
    });
  });

  it('smooths a series of a hundred thousand points as one of a thousand', () => {
    const thousand = Array.from({ length: 1000 }, (_, i) => Math.sin(i / 7));
    const long = smoothSeries(thinned(thousand, 100_000), 'step', average(0.9));
    const expected = perPoint(thousand, 0.9);
    expect(long[999]).toBeCloseTo(expected[999] as number, 9);
  });

  it('smooths what thinned points stand for', () => {
    const spikes = wave.map((_, i) => (i % 2 === 0 ? 0 : 100));
    const means = wave.map(() => 1);
    for (const value of smoothSeries(thinned(spikes, 90_000, means), 'step', average(0.5))) {
      expect(value).toBeCloseTo(1, 9);
    }
  });

  it('counts points where x may come back', () => {
    const back = { ...thinned([1, 2, 1, 2], 4), x: column([0, 1, 0, 1]) };
    const expected = perPoint([1, 2, 1, 2], 0.5);
    expect(smoothSeries(back, 'metric', average(0.5))[3]).toBeCloseTo(expected[3] as number, 12);
  });
});

import { describe, expect, it } from 'vitest';
import { band, ordered, thinBand, valuesAt } from '../../../src-main/tracking/bands.ts';

const line = (x: number[], y: number[]) => ordered(Float64Array.from(x), Float64Array.from(y));

describe('band', () => {
  it('is mean, lowest and highest at common steps', () => {
    const found = band([line([0, 1, 2], [1, 2, 3]), line([0, 1, 2], [3, 2, 7])], 'range');
    expect([...found.x]).toEqual([0, 1, 2]);
    expect([...found.mean]).toEqual([2, 2, 5]);
    expect([...found.low]).toEqual([1, 2, 3]);
    expect([...found.high]).toEqual([3, 2, 7]);
    expect([...found.counts]).toEqual([2, 2, 2]);
  });

  it('is one sample deviation around the mean, exact for large values close together', () => {
    const near = 1e9;
    const found = band(
      [near + 1, near + 2, near + 3].map((y) => line([5], [y])),
      'deviation',
    );
    expect(found.mean[0]).toBe(near + 2);
    expect(found.low[0]).toBe(near + 1);
    expect(found.high[0]).toBe(near + 3);
    expect([...band([line([1], [4])], 'deviation').low]).toEqual([4]);
  });

  it('interpolates the run that logged less often, and never beyond its ends', () => {
    const found = band([line([0, 1, 2, 3, 4], [0, 0, 0, 0, 0]), line([1, 3], [10, 20])], 'range');
    expect([...found.x]).toEqual([0, 1, 2, 3, 4]);
    expect([...found.high]).toEqual([0, 10, 15, 20, 0]);
    expect([...found.counts]).toEqual([1, 2, 2, 2, 1]);
  });

  it('leaves NaN and infinities out and does not interpolate across them', () => {
    const found = band(
      [
        line([0, 1, 2], [1, Number.NaN, 1]),
        line([0, 0.5, 1, 2], [3, 3, 3, Number.POSITIVE_INFINITY]),
      ],
      'range',
    );
    expect([...found.mean]).toEqual([2, 3, 3, 1]);
    const empty = band([line([0], [Number.NaN])], 'range');
    expect(empty.mean[0]).toBeNaN();
    expect(empty.low[0]).toBeNaN();
  });

  it('keeps to a range', () => {
    const found = band([line([0, 1, 2, 3], [0, 1, 2, 3])], 'range', [1, 2]);
    expect([...found.x]).toEqual([1, 2]);
  });

  it('has nothing to say of nothing', () => {
    expect(band([], 'range').x).toHaveLength(0);
    expect(band([line([], [])], 'deviation').x).toHaveLength(0);
  });
});

it('takes the last of repeated steps, in order of the steps', () => {
  const found = line([0, 1, 2, 1, 2], [0, 1, 2, 10, 20]);
  expect([...found.x]).toEqual([0, 1, 2]);
  expect([...found.y]).toEqual([0, 10, 20]);
});

it('thins a band without losing a spike of the mean or of its width', () => {
  const x = Array.from({ length: 10_000 }, (_, i) => i);
  const calm = line(
    x,
    x.map((i) => (i === 7777 ? 90 : 1)),
  );
  const wild = line(
    x,
    x.map((i) => (i === 7777 ? 110 : i === 1234 ? -40 : 1)),
  );
  const thin = thinBand(band([calm, wild], 'range'), 200);
  expect(thin.x.length).toBeLessThanOrEqual(200);
  expect(Math.max(...thin.mean)).toBe(100);
  expect(Math.max(...thin.high)).toBe(110);
  expect(Math.min(...thin.low)).toBe(-40);
});

it('looks a line up at places in any order', () => {
  const found = valuesAt(line([0, 10], [0, 100]), Float64Array.of(5, -1, 10, 2, 11));
  expect([...found]).toEqual([50, Number.NaN, 100, 20, Number.NaN]);
});

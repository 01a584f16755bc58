import { describe, expect, it } from 'vitest';
import { paretoFront } from '../../../../src-renderer/charts/front.ts';

describe('the Pareto front', () => {
  const x = [1, 2, 3, 4, 2];
  const y = [9, 5, 6, 1, 7];

  it('is what nothing beats in both, from left to right', () => {
    expect(paretoFront(x, y, { x: 'min', y: 'min' })).toEqual([0, 1, 3]);
    expect(paretoFront(x, y, { x: 'max', y: 'max' })).toEqual([0, 4, 2, 3]);
    expect(paretoFront(x, y, { x: 'min', y: 'max' })).toEqual([0]);
    expect(paretoFront(x, y, { x: 'max', y: 'min' })).toEqual([3]);
  });

  it('has every point of it, by the definition', () => {
    let state = 1;
    const next = (): number => {
      state = (state * 48_271) % 2_147_483_647;
      return Math.floor((state / 2_147_483_647) * 20);
    };
    const a = Array.from({ length: 200 }, next);
    const b = Array.from({ length: 200 }, next);
    const beaten = (i: number): boolean =>
      a.some(
        (_, j) =>
          (a[j] as number) <= (a[i] as number) &&
          (b[j] as number) <= (b[i] as number) &&
          ((a[j] as number) < (a[i] as number) || (b[j] as number) < (b[i] as number)),
      );
    const expected = a.flatMap((_, i) => (beaten(i) ? [] : [i]));
    const front = paretoFront(a, b, { x: 'min', y: 'min' });
    expect([...front].sort((i, j) => i - j)).toEqual(expected);
  });

  it('leaves out what is not a number', () => {
    expect(paretoFront([null, 1, Number.NaN], [1, 1, 0], { x: 'min', y: 'min' })).toEqual([1]);
    expect(paretoFront([], [], { x: 'min', y: 'min' })).toEqual([]);
  });
});

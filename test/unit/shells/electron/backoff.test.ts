import { expect, it } from 'vitest';
import { Backoff } from '../../../../src-main/shells/electron/backoff.ts';

it('waits longer after each fall, gives up, and begins anew when told or after a healthy while', () => {
  const backoff = new Backoff();
  const falls = (count: number, now: number) =>
    Array.from({ length: count }, () => {
      backoff.up(now);
      return backoff.fell(now + 100);
    });
  expect(falls(7, 0)).toEqual([250, 1000, 2000, 5000, 10_000, null, null]);
  backoff.reset();
  expect(falls(1, 0)).toEqual([250]);
  backoff.up(1000);
  expect(backoff.fell(30_000)).toBe(1000);
  backoff.up(31_000);
  expect(backoff.fell(91_001)).toBe(250);
});

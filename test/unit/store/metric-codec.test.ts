import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodePoints, encodePoints } from '../../../src-main/store/metric-codec.ts';
import type { Points } from '../../../src-main/store/points.ts';

function points(rows: readonly (readonly [number, number, number])[]): Points {
  return {
    steps: Float64Array.from(rows, (row) => row[0]),
    times: Float64Array.from(rows, (row) => row[1]),
    values: Float64Array.from(rows, (row) => row[2]),
  };
}

const anything = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.float(),
  fc.constantFrom(0, -0, Number.NaN, Infinity, -Infinity, 1e308, 2 ** 50, -(2 ** 50), 2 ** 53),
);

it('gives back every number bit by bit', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anything, anything, anything), { maxLength: 40 }), (rows) => {
      const written = points(rows);
      const read = decodePoints(encodePoints(written));
      for (const column of ['steps', 'times', 'values'] as const) {
        expect(read[column].length).toBe(rows.length);
        expect([...read[column]].every((n, i) => Object.is(n, written[column][i]))).toBe(true);
      }
    }),
  );
});

it('takes a few bytes a point for what a training loop logs', () => {
  const rows = Array.from(
    { length: 1024 },
    (_, i) => [i, 1_700_000_000_000 + i * 250 + (i % 3), Math.fround(1 / (i + 1))] as const,
  );
  expect(encodePoints(points(rows)).length / 1024).toBeLessThan(7);
});

it('refuses bytes that were cut', () => {
  const bytes = encodePoints(
    points([
      [1, 2, 3],
      [4, 5, 0.1],
    ]),
  );
  for (let length = 0; length < bytes.length; length++) {
    expect(() => decodePoints(bytes.subarray(0, length))).toThrow(RangeError);
  }
});

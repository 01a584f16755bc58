import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commonSubsequence, longestRising } from '../../../src-main/diffing/sequence.ts';

const items = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 40 });

test('pairs equal items in the order of both, each once', () => {
  fc.assert(
    fc.property(items, items, (left, right) => {
      let before = [-1, -1];
      for (const [i, j] of commonSubsequence(left, right)) {
        expect(left[i]).toBe(right[j]);
        expect(i).toBeGreaterThan(before[0] as number);
        expect(j).toBeGreaterThan(before[1] as number);
        before = [i, j];
      }
    }),
  );
});

test('finds as many pairs as there are', () => {
  fc.assert(
    fc.property(items, items, (left, right) => {
      expect(commonSubsequence(left, right)).toHaveLength(lcsLength(left, right));
    }),
  );
});

test('two sequences of thousands of unlike items still keep what they share, in short time', () => {
  const left = Array.from({ length: 20_000 }, (_, index) => index * 2);
  const right = Array.from({ length: 20_000 }, (_, index) =>
    index === 9000 ? 18_002 : index * 2 + 1,
  );
  const started = performance.now();
  expect(commonSubsequence(left, right)).toEqual([[9001, 9000]]);
  expect(performance.now() - started).toBeLessThan(5000);
});

test('a longest rising subsequence rises and is no shorter than another', () => {
  fc.assert(
    fc.property(items, (values) => {
      const kept = [...longestRising(values)]
        .sort((a, b) => a - b)
        .map((at) => values[at] as number);
      expect(kept.every((value, at) => at === 0 || value > (kept[at - 1] as number))).toBe(true);
      const sorted = [...new Set(values)].sort((a, b) => a - b);
      expect(kept).toHaveLength(lcsLength(values, sorted));
    }),
  );
});

function lcsLength(a: readonly number[], b: readonly number[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const item of a) {
    const next = [0];
    for (let j = 1; j <= b.length; j++) {
      const diagonal = (row[j - 1] as number) + 1;
      next[j] = item === b[j - 1] ? diagonal : Math.max(row[j] as number, next[j - 1] as number);
    }
    row = next;
  }
  return row[b.length] as number;
}

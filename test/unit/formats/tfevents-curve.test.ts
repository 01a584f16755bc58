import { expect, it } from 'vitest';
import { precisionRecallOf } from '../../../src-main/formats/tfevents-curve.ts';

/** As TensorBoard counts them, for scores of ten positives and ten negatives. */
function rowsOf(count: number): number[] {
  const at = (row: (threshold: number) => number) =>
    Array.from({ length: count }, (_, index) => Math.fround(row(index / (count - 1))));
  const positives = (threshold: number) => Math.round(10 * (1 - threshold));
  const wrong = (threshold: number) => Math.round(8 * (1 - threshold) ** 2);
  return [
    ...at(positives),
    ...at(wrong),
    ...at((threshold) => 10 - wrong(threshold)),
    ...at((threshold) => 10 - positives(threshold)),
    ...at(
      (threshold) => positives(threshold) / Math.max(1, positives(threshold) + wrong(threshold)),
    ),
    ...at((threshold) => positives(threshold) / 10),
  ];
}

it('reads the six rows of a curve', () => {
  const curve = precisionRecallOf([6, 11], rowsOf(11));
  expect(curve?.thresholds.at(3)).toBeCloseTo(0.3);
  expect(curve?.recall[0]).toBe(1);
  expect(curve?.recall.at(-1)).toBe(0);
  expect(curve?.precision[0]).toBeCloseTo(10 / 18);
});

it('takes no other tensor for one', () => {
  const rows = rowsOf(11);
  expect(precisionRecallOf([66], rows)).toBeNull();
  expect(precisionRecallOf([6, 12], rows)).toBeNull();
  expect(precisionRecallOf([6, 0], [])).toBeNull();
  expect(precisionRecallOf([6, 11], rows.with(46, 0.9))).toBeNull();
  expect(precisionRecallOf([6, 11], rows.with(60, Number.NaN))).toBeNull();
  expect(precisionRecallOf([6, 2], Array(12).fill(7))).toBeNull();
});

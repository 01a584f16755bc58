/**
 * The tensors of TensorBoard's plugin `pr_curves`: six rows of float32 over thresholds, namely true
 * positives, false positives, true negatives, false negatives, precision and recall
 * (tensorboard/plugins/pr_curve/summary.py). Only the first value of a tag names its plugin, so it is
 * told by what stands in it.
 */
export interface PrecisionRecall {
  readonly thresholds: readonly number[];
  readonly precision: readonly number[];
  readonly recall: readonly number[];
}

const rows = 6;
/** The counts are sums of float32, and both quotients are written as such. */
const tolerance = 1e-3;

/** @returns null for any other tensor. */
export function precisionRecallOf(
  shape: readonly number[],
  values: ArrayLike<number>,
): PrecisionRecall | null {
  const [first, count = 0] = shape;
  if (shape.length !== 2 || first !== rows || count < 2 || values.length !== rows * count) {
    return null;
  }
  const row = (at: number) => Array.from({ length: count }, (_, i) => values[at * count + i] ?? 0);
  const [truePositives, falsePositives, falseNegatives] = [row(0), row(1), row(3)];
  const [precision, recall] = [row(4), row(5)];
  for (const [at, positives] of truePositives.entries()) {
    const found = positives + (falsePositives[at] ?? 0);
    const real = positives + (falseNegatives[at] ?? 0);
    if (!isShare(precision[at], positives, found) || !isShare(recall[at], positives, real)) {
      return null;
    }
  }
  return {
    // They are spread evenly, both ends included.
    thresholds: truePositives.map((_, at) => at / (count - 1)),
    precision,
    recall,
  };
}

/** Where nothing was counted, either end stands for the quotient. */
function isShare(written: number | undefined, part: number, whole: number): boolean {
  if (written === undefined || !(written >= 0 && written <= 1 + tolerance)) return false;
  return whole <= 0 || Math.abs(written - part / whole) <= tolerance;
}

/** Rank correlation. */

/** Ranks from 1; equal values share the mean of theirs. */
export function ranks(values: Float64Array): Float64Array {
  const order = Int32Array.from(values.keys()).sort(
    (a, b) => (values[a] as number) - (values[b] as number),
  );
  const result = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    const value = values[order[start] as number];
    let end = start + 1;
    while (end < order.length && values[order[end] as number] === value) end += 1;
    for (let i = start; i < end; i++) result[order[i] as number] = (start + end + 1) / 2;
    start = end;
  }
  return result;
}

/**
 * Spearman's rank correlation, −1 to 1, with ties as SciPy has them (Pearson's of mean ranks); null
 * where one of the columns does not vary.
 * @param x, y columns of equal length without NaN; infinities are the largest and the least
 */
export function spearman(x: Float64Array, y: Float64Array): number | null {
  const [a, b] = [ranks(x), ranks(y)];
  const middle = (x.length + 1) / 2;
  let [both, left, right] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [da, db] = [(a[i] as number) - middle, (b[i] as number) - middle];
    both += da * db;
    left += da * da;
    right += db * db;
  }
  return left === 0 || right === 0 ? null : both / Math.sqrt(left * right);
}

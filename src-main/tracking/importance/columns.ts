/** Params, which are texts, as columns of numbers that can be ranked and split. */

/** One param of all runs. */
export interface ParamColumn {
  readonly key: string;
  /** Numbers have an order, categories only differ. */
  readonly kind: 'number' | 'category';
  /** NaN where a run lacks the param; for a category the place in `categories`. */
  readonly values: Float64Array;
  readonly categories: readonly string[];
  /** Runs that have it. */
  readonly present: number;
}

/** Why a param says nothing: it never varies, or it is another in every run, as a name is. */
export interface LeftOut {
  readonly key: string;
  readonly why: 'constant' | 'unique';
}

/** From params as they were logged, a record per run, to columns; keys in order of their names. */
export function paramColumns(runs: readonly Readonly<Record<string, string>>[]): {
  readonly columns: ParamColumn[];
  readonly leftOut: LeftOut[];
} {
  const keys = [...new Set(runs.flatMap((params) => Object.keys(params)))].sort();
  const columns: ParamColumn[] = [];
  const leftOut: LeftOut[] = [];
  for (const key of keys) {
    const column = columnOf(
      key,
      runs.map((params) => params[key]),
    );
    const seen = new Set(column.values);
    if (seen.size < 2) leftOut.push({ key, why: 'constant' });
    else if (column.kind === 'category' && column.categories.length > runs.length / 2)
      leftOut.push({ key, why: 'unique' });
    else columns.push(column);
  }
  return { columns, leftOut };
}

function columnOf(key: string, texts: readonly (string | undefined)[]): ParamColumn {
  const there = texts.filter((text) => text !== undefined);
  const numeric = there.every((text) => text.trim() !== '' && !Number.isNaN(Number(text)));
  if (numeric) {
    const values = Float64Array.from(texts, (text) =>
      text === undefined ? Number.NaN : Number(text),
    );
    return { key, kind: 'number', values, categories: [], present: there.length };
  }
  const categories = [...new Set(there)].sort();
  const values = Float64Array.from(texts, (text) =>
    text === undefined ? Number.NaN : categories.indexOf(text),
  );
  return { key, kind: 'category', values, categories, present: there.length };
}

/**
 * The column as numbers that a threshold can split. Lacking is below everything. Categories stand
 * in the order of their mean target over `rows`, which for a regression tree loses no split
 * (Breiman et al., Classification and Regression Trees, 1984).
 */
export function splittable(
  column: ParamColumn,
  target: Float64Array,
  rows: Int32Array,
): Float64Array {
  if (column.kind === 'number') {
    return column.values.map((value) => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value));
  }
  const sums = new Float64Array(column.categories.length);
  const counts = new Float64Array(column.categories.length);
  let all = 0;
  for (const row of rows) {
    const value = target[row] as number;
    all += value;
    const category = column.values[row] as number;
    if (Number.isNaN(category)) continue;
    sums[category] = (sums[category] as number) + value;
    counts[category] = (counts[category] as number) + 1;
  }
  const middle = all / rows.length;
  return column.values.map((category) => {
    if (Number.isNaN(category)) return Number.NEGATIVE_INFINITY;
    const count = counts[category] as number;
    return count === 0 ? middle : (sums[category] as number) / count;
  });
}

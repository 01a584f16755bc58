/** A regression tree (CART): each split is the one that lowers the squared error most. */
import { shuffle } from './random.ts';

export interface TreeOptions {
  readonly maxDepth: number;
  /** Rows that a leaf has, at least. */
  readonly minLeaf: number;
  /** Columns that are looked at for a split, at most, drawn anew for each. */
  readonly columnsPerSplit: number;
  readonly random: () => number;
}

interface Split {
  readonly column: number;
  /** Rows whose value is not above it go left. */
  readonly threshold: number;
  readonly left: Node;
  readonly right: Node;
}
type Node = number | Split;

export interface Tree {
  readonly root: Node;
}

/**
 * @param columns values by column, then row; none is NaN
 * @param rows the rows to learn from; one that stands twice counts twice. Not empty
 */
export function growTree(
  columns: readonly Float64Array[],
  target: Float64Array,
  rows: Int32Array,
  options: TreeOptions,
): Tree {
  return { root: grow(columns, target, rows, options, 0) };
}

/** What the tree says of a row, where `value` gives the row's value in a column. */
export function predict(tree: Tree, value: (column: number) => number): number {
  let node = tree.root;
  while (typeof node !== 'number') {
    node = value(node.column) <= node.threshold ? node.left : node.right;
  }
  return node;
}

function grow(
  columns: readonly Float64Array[],
  target: Float64Array,
  rows: Int32Array,
  options: TreeOptions,
  depth: number,
): Node {
  const found =
    depth < options.maxDepth && rows.length >= 2 * options.minLeaf
      ? bestSplit(columns, target, rows, options)
      : null;
  if (found === null) return mean(target, rows);
  const values = columns[found.column] as Float64Array;
  const isLeft = (row: number): boolean => (values[row] as number) <= found.threshold;
  return {
    ...found,
    left: grow(columns, target, rows.filter(isLeft), options, depth + 1),
    right: grow(
      columns,
      target,
      rows.filter((row) => !isLeft(row)),
      options,
      depth + 1,
    ),
  };
}

function bestSplit(
  columns: readonly Float64Array[],
  target: Float64Array,
  rows: Int32Array,
  { minLeaf, columnsPerSplit, random }: TreeOptions,
): { column: number; threshold: number } | null {
  const total = rows.reduce((sum, row) => sum + (target[row] as number), 0);
  const count = rows.length;
  let best: { column: number; threshold: number } | null = null;
  // A split has to be better than none by more than rounding.
  let most = total ** 2 / count;
  most += Math.abs(most) * 1e-12 + 1e-300;
  let looked = 0;
  for (const column of shuffle(Int32Array.from(columns.keys()), random)) {
    if (looked >= columnsPerSplit) break;
    const values = columns[column] as Float64Array;
    const sorted = rows.slice().sort((a, b) => (values[a] as number) - (values[b] as number));
    // As scikit-learn: a column that does not vary here does not count as looked at.
    if (values[sorted[0] as number] === values[sorted[count - 1] as number]) continue;
    looked += 1;
    let left = 0;
    for (let i = 0; i < count - 1; i++) {
      left += target[sorted[i] as number] as number;
      const [low, high] = [values[sorted[i] as number], values[sorted[i + 1] as number]] as [
        number,
        number,
      ];
      const size = i + 1;
      if (low === high || size < minLeaf || count - size < minLeaf) continue;
      const gain = left ** 2 / size + (total - left) ** 2 / (count - size);
      if (gain > most) {
        most = gain;
        best = { column, threshold: between(low, high) };
      }
    }
  }
  return best;
}

/** The middle, which is not `high`; beside an infinity the finite neighbour tells them apart too. */
function between(low: number, high: number): number {
  const middle = low + (high - low) / 2;
  return Number.isFinite(middle) && middle < high ? middle : low;
}

function mean(target: Float64Array, rows: Int32Array): number {
  let sum = 0;
  for (const row of rows) sum += target[row] as number;
  return sum / rows.length;
}

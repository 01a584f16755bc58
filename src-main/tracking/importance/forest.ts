/** A small random forest, and what it loses when one column is shuffled (Breiman 2001). */
import { type ParamColumn, splittable } from './columns.ts';
import { drawWithReplacement, shuffle } from './random.ts';
import { growTree, predict, type Tree } from './tree.ts';

const maxDepth = 8;

/** Rows as leaves have them at least, for `count` rows: few rows are learnt by heart easily. */
const leafSize = (count: number): number => (count < 30 ? 2 : 3);

interface GrownTree {
  readonly tree: Tree;
  /** The columns as this tree saw them: categories in the order of its own rows. */
  readonly columns: readonly Float64Array[];
  readonly seen: ReadonlySet<number>;
}

export interface Forest {
  /** Share of the variance that it explains in rows its trees did not see; may be below 0. */
  readonly explained: number;
  /** By column: how much less that is once the column's values are shuffled. */
  readonly importances: Float64Array;
}

/**
 * Grows a forest on `rows` (which may repeat) and asks it about the rows that its trees did not see.
 * @returns null when no row is left to ask about, or what is left does not vary
 */
export function measureForest(
  columns: readonly ParamColumn[],
  target: Float64Array,
  rows: Int32Array,
  trees: number,
  random: () => number,
): Forest | null {
  const grown = Array.from({ length: trees }, () => growOne(columns, target, rows, random));
  const asked: number[] = [];
  for (let row = 0; row < target.length; row++) {
    if (grown.some((one) => !one.seen.has(row))) asked.push(row);
  }
  const variance = sumOfSquares(target, asked);
  if (asked.length < 2 || !(variance > 0)) return null;
  const places = Int32Array.from(asked.keys());
  const plain = squaredError(grown, target, asked, -1, places);
  const importances = new Float64Array(columns.length);
  for (let column = 0; column < columns.length; column++) {
    const used = grown.some((one) => uses(one.tree.root, column));
    if (!used) continue;
    const mixed = squaredError(grown, target, asked, column, shuffle(places.slice(), random));
    importances[column] = (mixed - plain) / variance;
  }
  return { explained: 1 - plain / variance, importances };
}

function growOne(
  columns: readonly ParamColumn[],
  target: Float64Array,
  rows: Int32Array,
  random: () => number,
): GrownTree {
  const bag = drawWithReplacement(rows.length, rows.length, random).map(
    (place) => rows[place] as number,
  );
  const seenBy = columns.map((column) => splittable(column, target, bag));
  const tree = growTree(seenBy, target, bag, {
    maxDepth,
    minLeaf: leafSize(target.length),
    // A third is usual for regression; with few columns all are looked at.
    columnsPerSplit: Math.max(Math.min(4, columns.length), Math.ceil(columns.length / 3)),
    random,
  });
  return { tree, columns: seenBy, seen: new Set(bag) };
}

/** Of the mean over the trees that did not see a row; `column` is read from the row at `order`. */
function squaredError(
  grown: readonly GrownTree[],
  target: Float64Array,
  asked: readonly number[],
  column: number,
  order: Int32Array,
): number {
  let error = 0;
  asked.forEach((row, place) => {
    const other = asked[order[place] as number] as number;
    let [sum, count] = [0, 0];
    for (const { tree, columns, seen } of grown) {
      if (seen.has(row)) continue;
      sum += predict(tree, (at) => columns[at]?.[at === column ? other : row] as number);
      count += 1;
    }
    error += (sum / count - (target[row] as number)) ** 2;
  });
  return error;
}

function uses(node: Tree['root'], column: number): boolean {
  if (typeof node === 'number') return false;
  return node.column === column || uses(node.left, column) || uses(node.right, column);
}

function sumOfSquares(target: Float64Array, rows: readonly number[]): number {
  const mean = rows.reduce((sum, row) => sum + (target[row] as number), 0) / rows.length;
  return rows.reduce((sum, row) => sum + ((target[row] as number) - mean) ** 2, 0);
}

/** Curves and matrices that evaluation tools log under their usual names, without saying how to draw them. */
import { isObject, type PlotTable, toCell } from './tables.ts';

export interface Matrix {
  /** What was there, from the top. */
  readonly rows: string[];
  /** What was predicted, from the left. */
  readonly columns: string[];
  readonly values: number[][];
}

export interface KnownCurve {
  readonly kind: 'roc' | 'precision-recall';
  readonly x: number;
  readonly y: number;
  /** A column that tells several curves apart; null where there is one. */
  readonly by: number | null;
}

const mostClasses = 300;

/** Whether the name of a file says that it may hold one of these. */
export function mayBePlot(path: string): boolean {
  const name = path.split('/').pop() ?? '';
  if (!/\.(json|csv|tsv|ya?ml)$/i.test(name)) return false;
  return /confusion|(^|[^a-z])(roc|prc?)([^a-z]|$)|precision.?recall|recall.?precision/i.test(name);
}

export function isConfusionName(path: string): boolean {
  return /confusion/i.test(path.split('/').pop() ?? '');
}

/** ROC where both rates are columns, precision and recall where those are. */
export function knownCurve(table: PlotTable): KnownCurve | null {
  const place = (...names: string[]) =>
    table.columns.findIndex((column) =>
      names.includes(column.toLowerCase().replaceAll(/[^a-z]/g, '')),
    );
  const by = place('class', 'label', 'classlabel', 'positiveclass', 'fold', 'model');
  const group = by === -1 ? null : by;
  const [fpr, tpr] = [
    place('fpr', 'falsepositiverate', 'x'),
    place('tpr', 'truepositiverate', 'y'),
  ];
  const named = (index: number) => index !== -1 && (table.columns[index] ?? '').length > 1;
  if (named(fpr) && named(tpr)) return { kind: 'roc', x: fpr, y: tpr, by: group };
  const [recall, precision] = [place('recall'), place('precision')];
  if (recall === -1 || precision === -1) return null;
  return { kind: 'precision-recall', x: recall, y: precision, by: group };
}

/** A matrix from rows of what was there and what was predicted, counted if they say no number. */
export function countPairs(
  table: PlotTable,
  actual: number,
  predicted: number,
  count: number | null,
): Matrix | null {
  const names = new Set<string>();
  for (const row of table.rows) {
    for (const index of [actual, predicted]) {
      const cell = row[index];
      if (cell !== null && cell !== undefined) names.add(String(cell));
    }
  }
  if (names.size === 0 || names.size > mostClasses) return null;
  const labels = [...names].sort(naturally);
  const places = new Map(labels.map((label, index) => [label, index]));
  const values = labels.map(() => labels.map(() => 0));
  for (const row of table.rows) {
    const [from, to] = [places.get(String(row[actual])), places.get(String(row[predicted]))];
    const amount = count === null ? 1 : row[count];
    const line = from === undefined ? undefined : values[from];
    if (line === undefined || to === undefined || typeof amount !== 'number') continue;
    line[to] = (line[to] ?? 0) + amount;
  }
  return { rows: labels, columns: labels, values };
}

/** A matrix of a file that is named as one: pairs to be counted, or a square of numbers. */
export function matrixOf(value: unknown, tables: readonly PlotTable[]): Matrix | null {
  const square = squareOf(value, 0);
  if (square !== null) return square;
  for (const table of tables) {
    const found = matrixOfTable(table);
    if (found !== null) return found;
  }
  return null;
}

function matrixOfTable(table: PlotTable): Matrix | null {
  const place = (pattern: RegExp) => table.columns.findIndex((column) => pattern.test(column));
  const actual = place(/actual|true|target|expected|y_?true/i);
  const predicted = place(/predict|y_?pred|output/i);
  if (actual !== -1 && predicted !== -1 && actual !== predicted) {
    const count = place(/^(count|n|value|number|npredictions)$/i);
    return countPairs(table, actual, predicted, count === -1 ? null : count);
  }
  // A square with its labels above, and often before.
  const { columns, rows } = table;
  const labelled = rows.length === columns.length - 1;
  if (!labelled && rows.length !== columns.length) return null;
  const values = rows.map((row) => (labelled ? row.slice(1) : [...row]));
  if (!isSquare(values)) return null;
  const names = labelled ? columns.slice(1) : [...columns];
  const beside = labelled ? rows.map((row) => String(row[0] ?? '')) : names;
  return { rows: beside, columns: names, values };
}

/** `[[…], …]`, or an object that holds one with its labels beside it. */
function squareOf(value: unknown, depth: number): Matrix | null {
  if (Array.isArray(value)) {
    const values = value.map((row) => (Array.isArray(row) ? row.map(toCell) : []));
    if (!isSquare(values)) return null;
    const names = values.map((_, index) => String(index));
    return { rows: names, columns: names, values };
  }
  if (!isObject(value) || depth > 2) return null;
  for (const inner of Object.values(value)) {
    const found = squareOf(inner, depth + 1);
    if (found === null) continue;
    const labels = Object.values(value).find(
      (list): list is unknown[] =>
        Array.isArray(list) &&
        list.length === found.rows.length &&
        list.every((one) => typeof one === 'string' || typeof one === 'number'),
    );
    if (labels === undefined) return found;
    const names = labels.map(String);
    return { ...found, rows: names, columns: names };
  }
  return null;
}

function isSquare(values: readonly (readonly unknown[])[]): values is number[][] {
  return (
    values.length >= 2 &&
    values.length <= mostClasses &&
    values.every(
      (row) => row.length === values.length && row.every((cell) => typeof cell === 'number'),
    )
  );
}

function naturally(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

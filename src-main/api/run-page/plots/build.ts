/** Drawings out of definitions and tables: one for all runs that have a file for it. */
import type { RunPlot } from '../../../contract/run-page.ts';
import { decimate } from '../../../store/decimate.ts';
import type { PlotDefinition } from './definitions.ts';
import { countPairs, type KnownCurve, type Matrix } from './recognise.ts';
import type { PlotCell, PlotTable } from './tables.ts';

/** Points of one series that are sent. */
const mostPoints = 3000;
const mostBars = 200;
const mostSeries = 60;

/** Gives the tables of a file of the run; null where the run does not have it. */
export type TablesOf = (path: string) => Promise<readonly PlotTable[] | null>;

const shapes: Readonly<Record<string, RunPlot['shape']>> = {
  linear: 'line',
  simple: 'line',
  smooth: 'line',
  scatter: 'points',
  scatter_jitter: 'points',
  confusion: 'confusion',
  confusion_normalized: 'confusion',
  bar_horizontal: 'bar',
  bar_horizontal_sorted: 'bar',
};

/** Whether a template is one of those that DVC brings along. */
export function isKnownTemplate(template: string): boolean {
  return Object.hasOwn(shapes, template);
}

function emptyPlot(key: string, title: string, shape: RunPlot['shape']): RunPlot {
  return {
    ...{ key, title, shape, smooth: false, chance: false, normalised: false },
    ...{ xTitle: '', yTitle: '', series: [], bars: [], matrices: [] },
  };
}

/** Adds what a run has for a definition to the drawing of that name. @returns whether it had any */
export async function addDefined(
  plots: Map<string, RunPlot>,
  definition: PlotDefinition,
  runId: string,
  tablesOf: TablesOf,
): Promise<boolean> {
  const { key, title, template } = definition;
  const shape = shapes[template] ?? 'line';
  const plot = plots.get(key) ?? emptyPlot(key, title, shape);
  const several = definition.y.length > 1;
  let found = false;
  for (const { path, column } of definition.y) {
    const table = tableWith(await tablesOf(path), column ?? definition.x?.column ?? null);
    if (table === null) continue;
    const x = await columnX(definition, path, table, tablesOf);
    const y = column === null ? lastBut(table, x?.index ?? -1) : table.columns.indexOf(column);
    if (y === -1) continue;
    const yName = table.columns[y] ?? '';
    plot.xTitle ||= definition.xTitle ?? x?.name ?? '';
    plot.yTitle ||= definition.yTitle ?? (several ? '' : yName);
    plot.chance ||= shape === 'line' && isRoc(x?.name ?? '', yName);
    const name = several ? nameOf(definition, path, yName) : '';
    found = add(plot, template, runId, name, table, x, y) || found;
  }
  if (found) plots.set(key, plot);
  return found;
}

function isRoc(x: string, y: string): boolean {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z]/g, '');
  return /^(fpr|falsepositiverate)$/.test(plain(x)) && /^(tpr|truepositiverate)$/.test(plain(y));
}

interface XColumn {
  /** In the same table; -1 where it comes from another. */
  readonly index: number;
  readonly name: string;
  readonly cells: readonly PlotCell[];
}

function add(
  plot: RunPlot,
  template: string,
  runId: string,
  name: string,
  table: PlotTable,
  x: XColumn | null,
  y: number,
): boolean {
  const cells = table.rows.map((row) => row[y] ?? null);
  if (plot.shape === 'confusion') {
    if (x === null || x.index === -1) return false;
    plot.normalised = template === 'confusion_normalized';
    const matrix = countPairs(table, y, x.index, null);
    if (matrix === null) return false;
    plot.matrices.push({ runId, ...matrix });
    return true;
  }
  if (plot.shape === 'bar') {
    if (x === null) return false;
    const pairs = cells.flatMap((label, row) => {
      const value = x.cells[row];
      return typeof value === 'number' && label !== null ? [[String(label), value] as const] : [];
    });
    if (template.endsWith('_sorted')) pairs.sort((a, b) => b[1] - a[1]);
    const shown = pairs.slice(0, mostBars);
    plot.bars.push({
      ...{ runId, name, labels: shown.map(([label]) => label) },
      values: Float64Array.from(shown, ([, value]) => value),
    });
    return shown.length > 0;
  }
  plot.smooth = template === 'smooth';
  return addSeries(plot, runId, name, x?.cells ?? null, cells);
}

/** Rows without a number in y are left out; x counts the rows where it is no number. */
function addSeries(
  plot: RunPlot,
  runId: string,
  name: string,
  x: readonly PlotCell[] | null,
  y: readonly PlotCell[],
): boolean {
  if (plot.series.length >= mostSeries) return false;
  const counted = x === null || !x.some((cell) => typeof cell === 'number');
  const points = y.flatMap((value, row) => {
    const at = counted ? row : x[row];
    return typeof value === 'number' && typeof at === 'number' ? [[at, value] as const] : [];
  });
  if (points.length === 0) return false;
  const columns = {
    steps: Float64Array.from(points, ([at]) => at),
    values: Float64Array.from(points, ([, value]) => value),
  };
  const thin = decimate({ ...columns, times: columns.steps }, mostPoints);
  plot.series.push({ runId, name, x: thin.steps, y: thin.values });
  return true;
}

async function columnX(
  { x }: PlotDefinition,
  yPath: string,
  table: PlotTable,
  tablesOf: TablesOf,
): Promise<XColumn | null> {
  if (x === null) return null;
  const other = x.path !== null && x.path !== yPath;
  const from = other ? tableWith(await tablesOf(x.path as string), x.column) : table;
  const index = from?.columns.indexOf(x.column) ?? -1;
  if (from === null || index === -1) return null;
  const cells = from.rows.map((row) => row[index] ?? null);
  return { index: other ? -1 : index, name: x.column, cells };
}

/** The table of a file that has a column; the first one where none is named. */
function tableWith(tables: readonly PlotTable[] | null, column: string | null): PlotTable | null {
  if (tables === null) return null;
  const found = column === null ? tables[0] : tables.find((one) => one.columns.includes(column));
  return found ?? null;
}

function lastBut(table: PlotTable, other: number): number {
  return table.columns.findLastIndex((_, index) => index !== other);
}

/** What tells the lines of one drawing apart: the file, the column, or both. */
function nameOf({ y }: PlotDefinition, path: string, column: string): string {
  const files = new Set(y.map((one) => one.path));
  const columns = new Set(y.map((one) => one.column));
  const file = path.split('/').pop() ?? path;
  if (files.size === 1) return column;
  return columns.size === 1 ? file : `${file} ${column}`;
}

/** Adds the curves of a table that is named as ROC, or as precision and recall. */
export function addCurves(
  plots: Map<string, RunPlot>,
  key: string,
  runId: string,
  table: PlotTable,
  curve: KnownCurve,
): void {
  const plot = plots.get(key) ?? emptyPlot(key, key.split('/').pop() ?? key, 'line');
  plot.chance = curve.kind === 'roc';
  plot.xTitle = table.columns[curve.x] ?? '';
  plot.yTitle = table.columns[curve.y] ?? '';
  const { by } = curve;
  const groups =
    by === null
      ? new Map([['', table.rows]])
      : Map.groupBy(table.rows, (row) => String(row[by] ?? ''));
  for (const [name, rows] of groups) {
    const column = (index: number) => rows.map((row) => row[index] ?? null);
    addSeries(plot, runId, name, column(curve.x), column(curve.y));
  }
  if (plot.series.length > 0) plots.set(key, plot);
}

export function addMatrix(
  plots: Map<string, RunPlot>,
  key: string,
  runId: string,
  matrix: Matrix,
): void {
  const plot = plots.get(key) ?? emptyPlot(key, key.split('/').pop() ?? key, 'confusion');
  plot.matrices.push({ runId, ...matrix });
  plots.set(key, plot);
}

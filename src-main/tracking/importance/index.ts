/**
 * Which params matter for a metric: by rank correlation, and by what a small random forest loses
 * without each of them. Both are told with how sure they are, from resampling the runs (bootstrap,
 * Efron 1979): from few runs one learns little, and should see so. Pure, but for its pauses.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Work } from '../../base/progress.ts';
import { type LeftOut, type ParamColumn, paramColumns } from './columns.ts';
import { measureForest } from './forest.ts';
import { drawWithReplacement, randomNumbers, shuffle } from './random.ts';
import { spearman } from './ranks.ts';

/** A value, and the fifth and ninety-fifth of a hundred that resampled runs give. */
interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

interface ParamImportance {
  readonly key: string;
  readonly kind: 'number' | 'category';
  /** Runs that have it. */
  readonly runs: number;
  /** Spearman's, over the runs that have the param; null for more than two categories. */
  readonly correlation: Estimate | null;
  /** Share of the metric's variance that the forest no longer explains when the param is shuffled. */
  readonly importance: Estimate | null;
}

interface Importance {
  /** Runs with a finite value of the metric; `used` of them were taken, drawn evenly. */
  readonly runs: number;
  readonly used: number;
  /** The most important first. */
  readonly params: readonly ParamImportance[];
  readonly leftOut: readonly LeftOut[];
  /** Share of the variance that the forest explains in runs it did not see; null without a forest. */
  readonly explained: Estimate | null;
}

/** Fewer runs than this say nothing of any param. */
const fewestRuns = 6;
const mostRuns = 500;
const resamples = 30;
const treesPerResample = 12;

/**
 * @param runs the params of each run as they were logged
 * @param target the metric of each run; those that are not finite are left out
 */
export async function measureImportance(
  runs: readonly Readonly<Record<string, string>>[],
  target: readonly (number | null)[],
  { signal, onProgress }: Work = {},
): Promise<Importance> {
  const random = randomNumbers(1);
  const finite = target.flatMap((value, i) =>
    value !== null && Number.isFinite(value) ? [i] : [],
  );
  const taken = [...shuffle(Int32Array.from(finite), random).slice(0, mostRuns)].sort(
    (a, b) => a - b,
  );
  const { columns, leftOut } = paramColumns(taken.map((i) => runs[i] ?? {}));
  const counts = { runs: finite.length, used: taken.length };
  if (taken.length < fewestRuns || columns.length === 0) {
    return { ...counts, params: [], leftOut, explained: null };
  }
  const y = Float64Array.from(taken, (i) => target[i] as number);
  const explained: number[] = [];
  const losses: Float64Array[] = [];
  const correlations = columns.map((): number[] => []);
  for (let round = 0; round < resamples; round++) {
    onProgress?.({ phase: 'Weighing the params', done: round, total: resamples, unit: 'items' });
    await nextTurn();
    signal?.throwIfAborted();
    const rows = drawWithReplacement(y.length, y.length, random);
    const forest = measureForest(columns, y, rows, treesPerResample, random);
    if (forest !== null) {
      explained.push(forest.explained);
      losses.push(forest.importances);
    }
    columns.forEach((column, i) => {
      const found = correlate(column, y, rows);
      if (found !== null) correlations[i]?.push(found);
    });
  }
  const all = Int32Array.from(y.keys());
  const params = columns.map((column, i): ParamImportance => {
    const value = correlate(column, y, all);
    const lost = losses.map((one) => one[i] as number);
    return {
      key: column.key,
      kind: column.kind,
      runs: column.present,
      correlation: value === null ? null : { value, ...spread(correlations[i] ?? [], value) },
      importance: estimate(lost),
    };
  });
  params.sort((a, b) => (b.importance?.value ?? 0) - (a.importance?.value ?? 0));
  return { ...counts, params, leftOut, explained: estimate(explained) };
}

function correlate(column: ParamColumn, y: Float64Array, rows: Int32Array): number | null {
  if (column.kind === 'category' && column.categories.length > 2) return null;
  const there = rows.filter((row) => !Number.isNaN(column.values[row] as number));
  if (there.length < 3) return null;
  return spearman(
    Float64Array.from(there, (row) => column.values[row] as number),
    Float64Array.from(there, (row) => y[row] as number),
  );
}

/** The mean, and how far the resamples lie apart. */
function estimate(values: readonly number[]): Estimate | null {
  if (values.length === 0) return null;
  const value = values.reduce((sum, one) => sum + one, 0) / values.length;
  return { value, ...spread(values, value) };
}

function spread(values: readonly number[], middle: number): { low: number; high: number } {
  if (values.length === 0) return { low: middle, high: middle };
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => sorted[Math.round((sorted.length - 1) * share)] as number;
  return { low: Math.min(at(0.05), middle), high: Math.max(at(0.95), middle) };
}

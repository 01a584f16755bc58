/** How far the values of a column have gone from what they were. */
import type { ColumnChange } from '../../contract/diff-table.ts';
import { chiSquareTail } from '../statistics.ts';
import { type ColumnGatherer, quantile } from './column-stats.ts';

type Drift = ColumnChange['drift'];

const bins = 10;
/** Fewer values say nothing of a distribution. */
const leastValues = 20;

export function driftOf(left: ColumnGatherer, right: ColumnGatherer, numeric: boolean): Drift {
  if (left.count < leastValues || right.count < leastValues) return null;
  if (numeric) return stability(left.sample, right.sample);
  const { categories: a } = left;
  const { categories: b } = right;
  return a === null || b === null ? null : variation(a, b);
}

/**
 * The population stability index, Σ (q − p) ln(q / p) over tenths of the left side. Usual limits:
 * below 0.1 nothing to speak of, from 0.25 another population.
 */
export function stability(left: readonly number[], right: readonly number[]): Drift {
  if (left.length === 0 || right.length === 0) return null;
  const sorted = left.toSorted((x, y) => x - y);
  const edges = new Set<number>();
  for (let bin = 1; bin < bins; bin++) edges.add(quantile(sorted, bin / bins));
  const limits = [...edges];
  const [p, q] = [countBins(left, limits), countBins(right, limits)];
  let value = 0;
  for (const [index, count] of p.entries()) {
    // Half a value where there is none: an empty bin would make the index infinite.
    const before = Math.max(count, 0.5) / left.length;
    const after = Math.max(q[index] ?? 0, 0.5) / right.length;
    value += (after - before) * Math.log(after / before);
  }
  const level = value < 0.1 ? 'none' : value < 0.25 ? 'some' : 'strong';
  return { measure: 'psi', value, p: null, level };
}

/** Values up to and with a limit belong to the bin before it. */
function countBins(values: readonly number[], limits: readonly number[]): number[] {
  const counts = new Array<number>(limits.length + 1).fill(0);
  for (const value of values) {
    let [low, high] = [0, limits.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((limits[middle] as number) < value) low = middle + 1;
      else high = middle;
    }
    counts[low] = (counts[low] as number) + 1;
  }
  return counts;
}

/** Total variation, with a chi-square test of whether both sides could be of one population. */
export function variation(
  left: ReadonlyMap<string, number>,
  right: ReadonlyMap<string, number>,
): Drift {
  const sum = (counts: ReadonlyMap<string, number>) =>
    [...counts.values()].reduce((total, count) => total + count, 0);
  const [n, m] = [sum(left), sum(right)];
  if (n === 0 || m === 0) return null;
  const values = new Set([...left.keys(), ...right.keys()]);
  let difference = 0;
  let chiSquare = 0;
  for (const value of values) {
    const [x, y] = [left.get(value) ?? 0, right.get(value) ?? 0];
    difference += Math.abs(x / n - y / m);
    const share = (x + y) / (n + m);
    chiSquare += (x - n * share) ** 2 / (n * share) + (y - m * share) ** 2 / (m * share);
  }
  const value = difference / 2;
  const p = values.size > 1 ? chiSquareTail(chiSquare, values.size - 1) : 1;
  const level = value < 0.05 || p > 0.01 ? 'none' : value < 0.2 ? 'some' : 'strong';
  return { measure: 'tv', value, p, level };
}

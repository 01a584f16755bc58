/** Runs put together by what they have in one field, for charts over groups. Pure. */
import { byValue } from '../../charts/index.ts';
import type { Value } from './fields.ts';

export interface ValueGroup {
  readonly name: string;
  readonly values: readonly number[];
  /** The places of the runs, one for each value. */
  readonly indices: readonly number[];
}

/** What a group is called by the value that its runs share. */
export function named(value: Value): string {
  return value === null ? '–' : String(value);
}

/** The finite numbers of each group, groups by name; runs without a number are left out. */
export function valuesByGroup(
  groups: readonly Value[],
  values: readonly Value[],
): readonly ValueGroup[] {
  const found = new Map<string, { values: number[]; indices: number[] }>();
  values.forEach((value, index) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return;
    const name = named(groups[index] ?? null);
    let group = found.get(name);
    if (group === undefined) {
      group = { values: [], indices: [] };
      found.set(name, group);
    }
    group.values.push(value);
    group.indices.push(index);
  });
  return [...found]
    .map(([name, group]) => ({ name, ...group }))
    .sort((a, b) => byValue(a.name, b.name));
}

/** The group of each run, where all but the largest ones are `others`. */
export function largestGroups(
  groups: readonly string[],
  most: number,
  others: string,
): readonly string[] {
  const counts = new Map<string, number>();
  for (const group of groups) counts.set(group, (counts.get(group) ?? 0) + 1);
  if (counts.size <= most) return groups;
  const largest = [...counts].sort((a, b) => b[1] - a[1]).slice(0, most - 1);
  const kept = new Set(largest.map(([group]) => group));
  return groups.map((group) => (kept.has(group) ? group : others));
}

/** The values, where texts but the most frequent ones are `others`. */
export function frequentTexts(
  values: readonly Value[],
  most: number,
  others: string,
): readonly Value[] {
  const texts = values.filter((value) => typeof value === 'string');
  if (new Set(texts).size <= most) return values;
  const kept = new Set(largestGroups(texts, most, others));
  return values.map((value) => (typeof value === 'string' && !kept.has(value) ? others : value));
}

/** Mean and sample standard deviation; 0 for a single value. `values` is not empty. */
export function meanAndDeviation(values: readonly number[]): {
  readonly mean: number;
  readonly deviation: number;
} {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0 };
}

/** Differences between two sets of named values. */
import type { RunCell } from '../../contract/timeline.ts';

/** Keys whose value differs, those that are new and those that are gone, in order of the keys. */
export function changedValues(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): RunCell['params'] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys
    .filter((key) => before[key] !== after[key])
    .map((key) => ({ key, before: before[key] ?? null, after: after[key] ?? null }));
}

/** Comparing single values. */
import type { ChangeKind } from '../../contract/common.ts';

/** What became of a value that is null where it does not exist. */
export function changeOf<T>(left: T | null, right: T | null): ChangeKind {
  if (left === right) return 'same';
  if (left === null) return 'added';
  return right === null ? 'removed' : 'modified';
}

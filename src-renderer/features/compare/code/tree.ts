/** The whole tree of code: files that differ, and those that do not. */
import { type DiffSummary, type FileChange, topics, useOperation } from '../../../client/index.ts';

/** Unchanged files beyond these are found by the search only. */
const mostUnchanged = 2000;

/** @param whole also what is the same on both sides */
export function useTree(summary: DiffSummary, whole: boolean): readonly FileChange[] {
  const right = useOperation(
    'diff.files',
    { side: { kind: 'tracked', reference: summary.right.reference } },
    { topics: [topics.workspace], enabled: whole },
  );
  if (!whole || right.data === undefined) return summary.code;
  const paths = right.data.files.flatMap((file) => (file.from === 'code' ? [file.path] : []));
  return wholeTree(summary.code, paths);
}

/** Changed files among all others, in the order of paths. */
export function wholeTree(changed: readonly FileChange[], paths: readonly string[]): FileChange[] {
  const known = new Set(changed.map((file) => file.path));
  const same = paths
    .filter((path) => !known.has(path))
    .map((path): FileChange => {
      return { path, from: null, change: 'same', binary: false, added: 0, removed: 0 };
    });
  return [...changed, ...same].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The files to list: every one that differs, and as many of the others as a list can hold. */
export function listed(files: readonly FileChange[]): FileChange[] {
  let same = 0;
  return files.filter((file) => file.change !== 'same' || ++same <= mostUnchanged);
}

/** What differs from HEAD in the opened folder. */
import { type Place, readCode } from './code-state.ts';
import type { StatusEntry, StatusOptions, TreeEntry } from './types.ts';

/** No file is too large to be compared, but one of another size is not read. */
const maxFileBytes = 10 << 20;

/**
 * @param head every file of HEAD, by path relative to the work tree
 * @returns entries by path relative to the opened folder, sorted
 */
export async function readStatus(
  place: Place,
  head: ReadonlyMap<string, TreeEntry>,
  options: StatusOptions,
): Promise<StatusEntry[]> {
  const { prefix } = place.layout;
  const found: StatusEntry[] = [];
  const present = new Set<string>();
  for (const { file, oid } of await readCode(place, {
    ...options,
    maxFileBytes,
    untracked: false,
  })) {
    present.add(file.path);
    if (!file.path.startsWith(prefix)) continue;
    const change = changeOf(file.tracked?.stage ?? null, head.get(file.path), file.mode, oid);
    if (change !== null) found.push({ path: file.path.slice(prefix.length), change });
  }
  for (const path of head.keys()) {
    if (path.startsWith(prefix) && !present.has(path)) {
      found.push({ path: path.slice(prefix.length), change: 'removed' });
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function changeOf(
  stage: number | null,
  before: TreeEntry | undefined,
  mode: string,
  oid: string | null,
): StatusEntry['change'] | null {
  if (stage !== null && stage > 0) return 'conflicted';
  if (before === undefined) return stage === null ? 'untracked' : 'added';
  return before.oid === oid && before.mode === mode ? null : 'modified';
}

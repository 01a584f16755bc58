/** What a command changed in the folder, by comparing what `stat` says before and after. */
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { leftOut } from './snapshot.ts';

/** Beyond this many files the folder is not scanned: what came out is then not known. */
const limit = 30_000;

export type Scan = ReadonlyMap<string, string>;

/** Workspace path → what tells a change. Null for a folder with too many files. */
export function scanFolder(root: string): Scan | null {
  const found = new Map<string, string>();
  const pending = [''];
  for (let prefix = pending.pop(); prefix !== undefined; prefix = pending.pop()) {
    for (const entry of entriesOf(join(root, prefix))) {
      const path = prefix + entry.name;
      if (leftOut(path, entry.isDirectory())) continue;
      if (entry.isDirectory()) pending.push(`${path}/`);
      else if (entry.isFile()) {
        const stat = lstatSync(join(root, path), { bigint: true, throwIfNoEntry: false });
        if (stat !== undefined) found.set(path, `${stat.size} ${stat.mtimeNs} ${stat.ino}`);
        if (found.size > limit) return null;
      }
    }
  }
  return found;
}

/** Paths that are new or different, sorted. */
export function changedPaths(before: Scan, after: Scan): string[] {
  return [...after]
    .filter(([path, mark]) => before.get(path) !== mark)
    .map(([path]) => path)
    .sort();
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // Not ours to read, or gone since its parent was read.
    return [];
  }
}

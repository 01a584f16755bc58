/** The files of a folder of keys: `params/`, `tags/`, `metrics/`. A key with `/` is a file in folders. */
import { type Dirent, readdirSync } from 'node:fs';
import { sep } from 'node:path';

/** Keys have at most 250 characters for MLflow, so folders of theirs are not deeper than this. */
const deepest = 64;

/** Calls `each` with every key and its absolute path. Links are not followed; no folder, no keys. */
export function eachKeyFile(folder: string, each: (key: string, absolute: string) => void): void {
  walk(folder, '', 0, each);
}

function walk(
  folder: string,
  prefix: string,
  depth: number,
  each: (key: string, absolute: string) => void,
): void {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return;
  }
  for (const entry of entries) {
    const absolute = folder + sep + entry.name;
    if (entry.isFile()) each(prefix + entry.name, absolute);
    else if (entry.isDirectory() && depth < deepest) {
      walk(absolute, `${prefix}${entry.name}/`, depth + 1, each);
    }
  }
}

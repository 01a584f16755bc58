/** The same artifact in the folders of two runs, without its bytes being there twice. */
import {
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  rmdirSync,
  rmSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { errnoOf } from '../base/errors.ts';

/**
 * Puts every file of one folder into another that has none of its name. Artifacts are never written
 * in place, so that a hard link is as good as a copy.
 * @returns those it put there, relative to the folder
 */
export function linkMissing(from: string, into: string): string[] {
  if (!existsSync(from)) return [];
  const put: string[] = [];
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const source = join(entry.parentPath, entry.name);
    const path = relative(from, source);
    const target = join(into, path);
    try {
      mkdirSync(dirname(target), { recursive: true });
      linkOrCopy(source, target);
      put.push(path);
    } catch (error) {
      // The other run has one of that name, or a file where a folder would have to be.
      const code = errnoOf(error);
      if (code !== 'EEXIST' && code !== 'ENOTDIR') throw error;
    }
  }
  return put;
}

/** Removes what {@link linkMissing} put there, and the folders that it leaves empty. */
export function removeLinked(folder: string, paths: readonly string[]): void {
  for (const path of paths) {
    rmSync(join(folder, path), { force: true });
    removeEmpty(folder, dirname(path));
  }
}

function removeEmpty(folder: string, below: string): void {
  try {
    rmdirSync(join(folder, below));
  } catch {
    return;
  }
  if (below !== '.') removeEmpty(folder, dirname(below));
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch (error) {
    if (errnoOf(error) === 'EEXIST' || errnoOf(error) === 'ENOTDIR') throw error;
    // Some file systems know no links.
    copyFileSync(source, target, constants.COPYFILE_EXCL);
  }
}

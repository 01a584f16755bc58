/** A file that is there whole or not at all: written beside its place, moved there at the end. */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { asCairnError, CairnError, errnoOf } from '../base/errors.ts';
import { newId } from '../base/ids.ts';

/**
 * @param write is given the open file and its path for the time being
 * @throws CairnError `conflict` when there is a file already and it may not be overwritten, `invalid`
 *   for a folder, `read-only` or `not-found` where nothing can be written
 */
export async function writeWholeFile<T>(
  { path, overwrite }: { readonly path: string; readonly overwrite: boolean },
  write: (file: number, temporary: string) => T | Promise<T>,
): Promise<T> {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there?.isDirectory() === true) {
    throw new CairnError('invalid', `${path} is a folder. Name a file in it.`);
  }
  if (!overwrite && there !== undefined) {
    throw new CairnError(
      'conflict',
      `${path} exists already. Choose another name, or overwrite it.`,
    );
  }
  const temporary = `${path}.${newId().slice(0, 8)}.part`;
  let file: number | null = null;
  let isBegun = false;
  try {
    mkdirSync(dirname(path), { recursive: true });
    file = openSync(temporary, 'wx');
    isBegun = true;
    const result = await write(file, temporary);
    fsyncSync(file);
    closeSync(file);
    file = null;
    renameSync(temporary, path);
    return result;
  } catch (error) {
    if (file !== null) closeSync(file);
    if (isBegun) rmSync(temporary, { force: true });
    throw explain(error, path);
  }
}

/** Of the file that was asked for, not of the one beside it. */
function explain(cause: unknown, path: string): CairnError {
  const code = errnoOf(cause);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new CairnError(
      'read-only',
      `${path} cannot be written: you have no permission there. Choose another folder.`,
      { cause },
    );
  }
  // A file in the place of the folder: EEXIST.
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EEXIST') {
    return new CairnError(
      'not-found',
      `${path} cannot be written: its folder is not there, and cannot be made.`,
      { cause },
    );
  }
  return asCairnError(cause);
}

/** A file that is there whole or not at all: written beside its place, moved there at the end. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { asCairnError, CairnError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';

/**
 * @param write is given the open file and its path for the time being
 * @throws CairnError `conflict` when there is a file already and it may not be overwritten
 */
export async function writeWholeFile<T>(
  { path, overwrite }: { readonly path: string; readonly overwrite: boolean },
  write: (file: number, temporary: string) => T | Promise<T>,
): Promise<T> {
  if (!overwrite && existsSync(path)) {
    throw new CairnError(
      'conflict',
      `${path} exists already. Choose another name, or overwrite it.`,
    );
  }
  const temporary = `${path}.${newId().slice(0, 8)}.part`;
  let file: number | null = null;
  try {
    mkdirSync(dirname(path), { recursive: true });
    file = openSync(temporary, 'wx');
    const result = await write(file, temporary);
    fsyncSync(file);
    closeSync(file);
    file = null;
    renameSync(temporary, path);
    return result;
  } catch (error) {
    if (file !== null) closeSync(file);
    rmSync(temporary, { force: true });
    throw asCairnError(error);
  }
}

/** Reading files of the work tree by their workspace path, never outside the workspace. */
import { createReadStream } from 'node:fs';
import { lstat, readFile, readlink, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { CairnError, errnoOf } from '../../base/errors.ts';
import { blobHash } from '../../git/index.ts';

/**
 * The absolute path of a workspace path.
 * @throws CairnError `invalid` when it leads out of the workspace
 */
export async function workPath(root: string, path: string): Promise<string> {
  const absolute = join(root, path);
  if (isAbsolute(path) || !isInside(root, absolute) || path.includes('\0')) throw outside(path);
  try {
    const folder = await realpath(dirname(absolute));
    if (!isInside(await realpath(root), folder, true)) throw outside(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  return absolute;
}

/**
 * The content as Git would store it: of a link, where it leads. Null where there is no such file.
 * @throws CairnError `invalid` when the path leads out of the workspace
 */
export async function readWorkFile(
  root: string,
  path: string,
  maxBytes: number,
): Promise<Uint8Array | 'too large' | null> {
  const absolute = await workPath(root, path);
  try {
    const found = await lstat(absolute);
    if (found.isSymbolicLink()) return Buffer.from(await readlink(absolute));
    if (!found.isFile()) return null;
    return found.size > maxBytes ? 'too large' : await readFile(absolute);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/**
 * What Git would call the content, however large; null where there is no regular file.
 * @throws CairnError `invalid` when the path leads out of the workspace
 */
export async function blobOfWorkFile(root: string, path: string): Promise<string | null> {
  const absolute = await workPath(root, path);
  try {
    const found = await lstat(absolute);
    if (!found.isFile()) return null;
    const hash = blobHash(found.size);
    for await (const chunk of createReadStream(absolute)) hash.update(chunk as Buffer);
    return hash.digest('hex');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Whether a path of the workspace is a file, through links. */
export async function isWorkFile(root: string, path: string): Promise<boolean> {
  try {
    return (await stat(await workPath(root, path))).isFile();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function isInside(folder: string, path: string, orEqual = false): boolean {
  const way = relative(folder, path);
  if (way === '') return orEqual;
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function isMissing(error: unknown): boolean {
  const code = errnoOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function outside(path: string): CairnError {
  return new CairnError('invalid', `${path} leads out of the opened folder.`);
}

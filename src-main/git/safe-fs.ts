/**
 * The file system that isomorphic-git writes through: a file appears whole or not at all, and
 * durable, because it appears in the user's own object store.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, type PathLike, promises } from 'node:fs';
import { dirname, join } from 'node:path';
import { errnoOf } from '../base/errors.ts';

const objectFile = /[\\/]objects[\\/][0-9a-f]{2}[\\/][0-9a-f]{38}$/;

type WriteOptions = Parameters<typeof promises.writeFile>[2];

/** `git gc` removes folders of objects that are empty, perhaps just when we write into one. */
const attempts = 4;

async function writeFile(
  path: string,
  data: Uint8Array | string,
  options?: WriteOptions,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await writeOnce(path, data, options);
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT' || attempt === attempts) throw error;
      await promises.mkdir(dirname(path), { recursive: true });
    }
  }
}

async function writeOnce(
  path: string,
  data: Uint8Array | string,
  options: WriteOptions,
): Promise<void> {
  const suffix = randomBytes(6).toString('hex');
  const isObject = objectFile.test(path);
  // Git removes what a crash leaves behind under the first name, and takes no `.lock` for a ref.
  const temporary = isObject ? join(dirname(path), `tmp_obj_${suffix}`) : `${path}.${suffix}.lock`;
  const encoding = typeof options === 'string' ? options : undefined;
  try {
    const handle = await promises.open(temporary, 'wx', isObject ? 0o444 : 0o666);
    try {
      await handle.writeFile(data, encoding === undefined ? undefined : { encoding });
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await promises.rename(temporary, path);
  } catch (error) {
    await promises.rm(temporary, { force: true });
    // Windows does not replace a read-only file; another process has written the same object.
    if (isObject && existsSync(path)) return;
    throw error;
  }
}

const { readFile, unlink, readdir, mkdir, rmdir, stat, lstat, readlink, symlink } = promises;

export const safeFs = {
  promises: {
    writeFile,
    readFile,
    unlink,
    readdir,
    mkdir: (path: PathLike) => mkdir(path),
    rmdir,
    stat,
    lstat,
    readlink,
    symlink,
  },
};

/**
 * The file system that isomorphic-git writes through: a file appears whole or not at all, and
 * durable, because it appears in the user's own object store.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, type PathLike, promises } from 'node:fs';
import { dirname, join } from 'node:path';

const objectFile = /[\\/]objects[\\/][0-9a-f]{2}[\\/][0-9a-f]{38}$/;

async function writeFile(
  path: string,
  data: Uint8Array | string,
  options?: Parameters<typeof promises.writeFile>[2],
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

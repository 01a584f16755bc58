/** Copying one file so that what has its name is whole, and on the disk. */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CairnError } from '../../base/errors.ts';

const unfinished = /^\.cairn-[0-9a-f]+\.part$/;
/** File systems keep times no finer than this. */
const sameTimeMs = 2000;

/**
 * Copies unless a copy of the same size and time is there: what a former attempt has copied is not
 * copied again.
 * @throws CairnError `changed` when the file changes while it is copied
 */
export async function copyOnce(from: string, to: string): Promise<void> {
  const before = await stat(from);
  const there = await stat(to).catch(() => null);
  const isDone =
    there?.isFile() === true &&
    there.size === before.size &&
    Math.abs(there.mtimeMs - before.mtimeMs) < sameTimeMs;
  if (isDone) return;
  await mkdir(dirname(to), { recursive: true });
  const temporary = join(dirname(to), `.cairn-${randomBytes(8).toString('hex')}.part`);
  try {
    await copyFile(from, temporary, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    const [copied, after] = await Promise.all([stat(temporary), stat(from)]);
    if (copied.size !== after.size || after.mtimeMs !== before.mtimeMs) {
      throw new CairnError(
        'failed',
        `${from} changed while it was copied. Wait until nothing writes to it, and try again.`,
      );
    }
    await utimes(temporary, before.atime, before.mtime);
    await flush(temporary);
    await rename(temporary, to);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Removes what a copying that was cut short has left unfinished in a run's folder. */
export async function removeUnfinished(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (unfinished.test(entry.name)) await rm(join(entry.parentPath, entry.name), { force: true });
  }
}

/** Makes the names in folders durable. Windows cannot, and needs not: NTFS journals names. */
export async function flushFolders(
  folders: Iterable<string>,
  platform: NodeJS.Platform = process.platform,
): Promise<void> {
  if (platform === 'win32') return;
  for (const folder of folders) await flush(folder, 'r');
}

/** Windows flushes only what is open for writing. */
async function flush(path: string, flags = 'r+'): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

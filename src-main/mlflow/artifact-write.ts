/** Writing an artifact: under another name first, so that what has its name is always whole. */
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CairnError, errnoOf } from '../base/errors.ts';

/**
 * Streams `content` to `file`, making folders as needed. When this returns, the content survives a
 * crash; when it throws, nothing changed.
 */
export async function writeStream(file: string, content: Readable): Promise<void> {
  const folder = dirname(file);
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST' && errnoOf(error) !== 'ENOTDIR') throw error;
    throw new CairnError('exists', 'A file of that name is in the way of the folder.', {
      cause: error,
    });
  }
  const temporary = join(folder, `.cairn-${randomBytes(8).toString('hex')}.part`);
  try {
    await pipeline(content, createWriteStream(temporary, { flags: 'wx', flush: true }));
    await rename(temporary, file);
    await syncFolder(folder);
  } catch (error) {
    await rm(temporary, { force: true });
    if (errnoOf(error) !== 'EISDIR' && errnoOf(error) !== 'ENOTEMPTY') throw error;
    throw new CairnError('exists', 'There is a folder of that name.', { cause: error });
  }
}

/** Makes the new name itself durable. Windows cannot, and needs not: NTFS journals names. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

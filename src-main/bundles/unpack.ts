/** Taking a verified bundle apart into folders of the caller's choice. */
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, readdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CairnError, errnoOf } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import { isSafeName, isWindowsName } from './entry-name.ts';
import type { Archive } from './zip-reader.ts';

/** @throws CairnError `exists` unless the folder is new or empty */
export async function requireEmptyFolder(folder: string): Promise<void> {
  try {
    if ((await readdir(folder)).length > 0) {
      throw new CairnError('exists', `${folder} is not empty. Name a new folder, or an empty one.`);
    }
  } catch (error) {
    if (errnoOf(error) === 'ENOTDIR') throw new CairnError('exists', `${folder} is a file.`);
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
}

/** Takes back what was put into a folder that was empty before, or (`remove`) not there at all. */
export async function clearFolder(folder: string, remove: boolean): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    await rm(join(folder, name), { recursive: true, force: true, maxRetries: 3 });
  }
  if (remove) await rmdir(folder).catch(() => undefined);
}

/**
 * Writes every entry below `prefix` into `folder`, without the prefix. Nothing is overwritten.
 * @throws CairnError `invalid` for a name that leads elsewhere, `unsupported` for one that this
 * system cannot have
 */
export async function unpack(
  archive: Archive,
  prefix: string,
  folder: string,
  work: Work,
  platform: NodeJS.Platform = process.platform,
): Promise<void> {
  const entries = archive.entries.filter(
    (entry) => entry.name.startsWith(prefix) && !entry.directory && entry.name !== prefix,
  );
  await mkdir(folder, { recursive: true });
  let done = 0;
  for (const entry of entries) {
    work.signal?.throwIfAborted();
    work.onProgress?.({ phase: 'Unpacking', done: done++, total: entries.length, unit: 'items' });
    const name = entry.name.slice(prefix.length);
    if (entry.unsafe !== null || !isSafeName(name)) {
      const why = entry.unsafe ?? 'its name leads out of the bundle';
      throw new CairnError('invalid', `${entry.name} must not be unpacked: ${why}.`);
    }
    if (platform === 'win32' && !isWindowsName(name)) {
      throw new CairnError('unsupported', `Windows cannot have a file that is called ${name}.`);
    }
    const target = join(folder, name);
    await mkdir(dirname(target), { recursive: true });
    // `wx`: an entry never follows or replaces what is there, a link among it.
    await pipeline(await archive.stream(entry), createWriteStream(target, { flags: 'wx' }));
    if (entry.executable) await chmod(target, 0o755);
  }
}

/** Taking a verified bundle apart into folders of the caller's choice. */
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CairnError, errnoOf } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import { isSafeName } from './layout.ts';
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

/** Writes every entry below `prefix` into `folder`, without the prefix. Nothing is overwritten. */
export async function unpack(
  archive: Archive,
  prefix: string,
  folder: string,
  work: Work,
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
      throw new CairnError('invalid', `${entry.name} must not be unpacked: ${entry.unsafe}.`);
    }
    const target = join(folder, name);
    await mkdir(dirname(target), { recursive: true });
    // `wx`: an entry never follows or replaces what is there, a link among it.
    await pipeline(await archive.stream(entry), createWriteStream(target, { flags: 'wx' }));
    if (entry.executable) await chmod(target, 0o755);
  }
}

/** A file of a bundle on the disk for as long as it is looked at: readers want to read by position. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { asCairnError, CairnError } from '../../base/errors.ts';
import type { Work } from '../../base/progress.ts';
import type { Archive, ArchiveEntry } from '../../bundles/zip-reader.ts';

export interface Unpacked extends AsyncDisposable {
  /** Absolute. */
  readonly file: string;
}

/** What a file of a bundle may unpack to, to be looked at. */
const maxEntryBytes = 4 * 2 ** 30;

/** @throws CairnError `unsupported` for what is too large, `corrupt` for what cannot be read */
export async function unpackEntry(
  archive: Archive,
  entry: ArchiveEntry,
  work: Work,
): Promise<Unpacked> {
  if (entry.size > maxEntryBytes) {
    throw new CairnError('unsupported', `${entry.name} in the bundle is too large to compare.`);
  }
  const folder = await mkdtemp(join(tmpdir(), 'cairn-compare-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  const file = join(folder, 'content');
  try {
    const target = createWriteStream(file, { mode: 0o600 });
    await pipeline(await archive.stream(entry), target, { signal: work.signal });
    return { file, [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    work.signal?.throwIfAborted();
    throw asCairnError(error);
  }
}

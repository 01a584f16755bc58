/** The MD5 of files and directories, as DVC computes it. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { CairnError } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import type { HashCache } from './hash-cache.ts';
import { hashTree } from './hash-tree.ts';
import { type ManifestEntry, serialiseManifest } from './manifest.ts';
import { type FileStat, nowNs, sameStat, statPath } from './stat.ts';

export interface Hashed {
  /** 32 hex digits; `….dir` for a directory. */
  readonly hash: string;
  readonly size: number;
  /** Files of a directory; null for a file. */
  readonly files: number | null;
  readonly executable: boolean;
}

export interface HashOptions extends Work {
  readonly cache: HashCache;
  /** What to leave out of a directory, by path relative to it. */
  readonly ignore?: (path: string, directory: boolean) => boolean;
}

export interface HashedDirectory extends Hashed {
  readonly files: number;
  readonly entries: readonly ManifestEntry[];
  readonly manifest: Uint8Array;
}

const pieceBytes = 2 ** 20;
/** Reading goes on this long before others get a turn. */
const turnBytes = 32 * 2 ** 20;

/**
 * Null when nothing is at the path. Symbolic links are followed.
 * @throws CairnError `invalid` for a pipe, a device or a socket; and as walking a directory does
 */
export async function hashPath(absolute: string, options: HashOptions): Promise<Hashed | null> {
  const stat = statPath(absolute);
  if (stat === null) return null;
  if (stat.kind === 'other') {
    throw new CairnError(
      'invalid',
      `${absolute} is neither a file nor a folder, so it has no content that could be recorded.`,
    );
  }
  if (stat.kind === 'directory') {
    const tree = await hashTree(absolute, options, hashContent);
    return { hash: tree.hash, size: tree.size, files: tree.names.length, executable: false };
  }
  const known = options.cache.getFile(absolute, stat);
  if (known !== null) return fileHashed(known, stat);
  return await hashFile(absolute, stat, options);
}

/** As {@link hashPath}, with the files one by one. */
export async function hashDirectory(
  absolute: string,
  options: HashOptions,
): Promise<HashedDirectory> {
  const tree = await hashTree(absolute, options, hashContent);
  const entries = tree.names.map((path, index) => ({
    path,
    hash: tree.hashes.toString('hex', index * 16, index * 16 + 16),
  }));
  return {
    hash: tree.hash,
    size: tree.size,
    files: entries.length,
    executable: false,
    entries,
    manifest: serialiseManifest(entries),
  };
}

function fileHashed(hash: string, stat: FileStat): Hashed {
  return { hash, size: Number(stat.size), files: null, executable: stat.executable };
}

/** What changes under our hands is hashed once more; twice is a file that is being written. */
async function hashFile(absolute: string, stat: FileStat, options: HashOptions): Promise<Hashed> {
  let before = stat;
  for (let attempt = 1; ; attempt++) {
    const started = nowNs();
    const hash = await hashContent(absolute, options);
    const after = statPath(absolute) ?? before;
    if (sameStat(before, after)) {
      options.cache.setFile(absolute, after, hash, started);
      return fileHashed(hash, after);
    }
    if (attempt === 2) return fileHashed(hash, after);
    before = after;
  }
}

/**
 * The MD5 of what a file holds. Small files in one go without a turn of the event loop; large ones
 * in pieces.
 */
export async function hashContent(absolute: string, { signal }: Work): Promise<string> {
  const hash = createHash('md5');
  const file = openSync(absolute, 'r');
  try {
    let unyielded = 0;
    for (;;) {
      const count = readSync(file, piece, 0, pieceBytes, null);
      if (count === 0) return hash.digest('hex');
      hash.update(count === pieceBytes ? piece : piece.subarray(0, count));
      // A short read of a regular file is its end.
      if (count < pieceBytes && unyielded === 0) return hash.digest('hex');
      unyielded += count;
      if (unyielded >= turnBytes) {
        unyielded = 1;
        await setImmediate();
        signal?.throwIfAborted();
      }
    }
  } finally {
    closeSync(file);
  }
}

/** One buffer is enough: nothing is awaited between filling it and hashing it. */
const piece = Buffer.allocUnsafe(pieceBytes);

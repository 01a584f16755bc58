/** The MD5 of files and directories, as DVC computes it. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { Work } from '../base/progress.ts';
import type { HashCache } from './hash-cache.ts';
import { hashTree } from './hash-tree.ts';
import { type ManifestEntry, serialiseManifest } from './manifest.ts';
import { type FileStat, nowNs, statPath } from './stat.ts';

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

/** Null when nothing is at the path. Symbolic links are followed. */
export async function hashPath(absolute: string, options: HashOptions): Promise<Hashed | null> {
  const stat = statPath(absolute);
  if (stat === null) return null;
  if (stat.directory) {
    const tree = await hashTree(absolute, options, hashContent);
    return { hash: tree.hash, size: tree.size, files: tree.names.length, executable: false };
  }
  const hash = options.cache.getFile(absolute, stat) ?? (await hashFile(absolute, stat, options));
  return { hash, size: Number(stat.size), files: null, executable: stat.executable };
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

async function hashFile(absolute: string, stat: FileStat, options: HashOptions): Promise<string> {
  const started = nowNs();
  const hash = await hashContent(absolute, options);
  const after = statPath(absolute);
  if (after !== null) options.cache.setFile(absolute, after, hash, started);
  // What changed under our hands is hashed once more; twice is a file that is being written.
  if (after !== null && (after.modified !== stat.modified || after.size !== stat.size)) {
    return await hashContent(absolute, options);
  }
  return hash;
}

/** Small files in one go without a turn of the event loop; large ones in pieces. */
async function hashContent(absolute: string, { signal }: Work): Promise<string> {
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

/** A directory as one hash, reading only the files that changed since the last time. */
import { setImmediate } from 'node:timers/promises';
import type { Work } from '../base/progress.ts';
import type { HashOptions } from './hash.ts';
import type { CachedTree } from './hash-cache.ts';
import { manifestHash, serialiseManifest } from './manifest.ts';
import { isSettled, nowNs, statPlain } from './stat.ts';
import { sweep } from './sweep.ts';
import { type Walked, walkTree } from './walk-tree.ts';

const turnFiles = 2000;
const noHash = Buffer.alloc(16);

/**
 * Hashes the tree below `absolute`. Names come in the order of the file system's walk, the same on
 * every call for the same tree.
 */
export async function hashTree(
  absolute: string,
  options: HashOptions,
  hashContent: (absolute: string, work: Work) => Promise<string>,
): Promise<CachedTree> {
  const cached = options.cache.getTree(absolute);
  const walked =
    (cached === null ? null : await lookAgain(absolute, cached, options)) ??
    (await walkTree(absolute, options));
  if (walked === cached) return cached;
  // What is left out is not among the names, so other rules only make another list of them.
  if (cached !== null && isSame(walked, cached)) {
    if (walked.folders !== null) options.cache.setTree(absolute, { ...cached, ...walked });
    return cached;
  }
  const started = nowNs();
  const known = cached === null ? null : indexByName(cached);
  const hashes = Buffer.alloc(walked.names.length * 16);
  const trusted = Buffer.alloc(walked.names.length * 16);
  const total = walked.names.length;
  for (const [index, name] of walked.names.entries()) {
    if (index % turnFiles === 0) {
      await setImmediate();
      options.signal?.throwIfAborted();
      options.onProgress?.({ phase: 'Hashing', done: index, total, unit: 'items' });
    }
    const before =
      known === null || cached === null ? null : reuse(cached, known.get(name), walked, index);
    const hash = before ?? Buffer.from(await hashContent(`${absolute}/${name}`, options), 'hex');
    hash.copy(hashes, index * 16);
    if (before !== null || settled(walked.stats, index, started)) hash.copy(trusted, index * 16);
  }
  const entries = walked.names.map((path, index) => ({
    path,
    hash: hashes.toString('hex', index * 16, index * 16 + 16),
  }));
  const hash = manifestHash(serialiseManifest(entries));
  const tree = { ...walked, hash, hashes };
  // With a file that has to be read again in any case, nothing is won by not listing.
  const folders = trusted.equals(hashes) ? walked.folders : null;
  options.cache.setTree(absolute, { ...tree, hashes: trusted, folders });
  return tree;
}

/**
 * The tree without listing it: the cached one itself when nothing changed, or the same names with
 * other stats. Null when it has to be walked.
 */
async function lookAgain(
  absolute: string,
  cached: CachedTree,
  { ignore, signal }: HashOptions,
): Promise<Walked | CachedTree | null> {
  const { folders } = cached;
  if (folders === null || ignore !== undefined) return null;
  // The few folders first: with another list of names the rest would be looked at in vain.
  if ((await sweep(absolute, folders.names, folders.stats, signal)).length > 0) return null;
  const differing = await sweep(absolute, cached.names, cached.stats, signal);
  if (differing.length === 0) return cached;
  const stats = cached.stats.slice();
  for (const index of differing) {
    const stat = statPlain(`${absolute}/${cached.names[index]}`);
    if (stat === null) return null;
    stats.set([stat.inode, stat.size, stat.modified, stat.changed], index * 4);
  }
  let size = 0;
  for (let at = 1; at < stats.length; at += 4) size += Number(stats[at]);
  return { names: cached.names, stats, size, folders };
}

/** The same names with the same stats, and every hash of them trusted. */
function isSame(walked: Walked, cached: CachedTree): boolean {
  if (walked.names.length !== cached.names.length) return false;
  for (let index = 0; index < walked.stats.length; index++) {
    if (walked.stats[index] !== cached.stats[index]) return false;
  }
  for (let index = 0; index < walked.names.length; index++) {
    if (walked.names[index] !== cached.names[index]) return false;
    if (isBlank(cached.hashes, index)) return false;
  }
  return true;
}

function indexByName(cached: CachedTree): Map<string, number> {
  return new Map(cached.names.map((name, index) => [name, index]));
}

/** The hash of the file as it was known, if its stat is still the same and the hash was trusted. */
function reuse(
  cached: CachedTree,
  at: number | undefined,
  walked: Walked,
  index: number,
): Buffer | null {
  if (at === undefined || isBlank(cached.hashes, at)) return null;
  for (let part = 0; part < 4; part++) {
    if (cached.stats[at * 4 + part] !== walked.stats[index * 4 + part]) return null;
  }
  return cached.hashes.subarray(at * 16, at * 16 + 16);
}

function isBlank(hashes: Buffer, index: number): boolean {
  return hashes.compare(noHash, 0, 16, index * 16, index * 16 + 16) === 0;
}

function settled(stats: BigInt64Array, index: number, hashedAt: bigint): boolean {
  const [inode = 0n, size = 0n, modified = 0n, changed = 0n] = stats.subarray(
    index * 4,
    index * 4 + 4,
  );
  return isSettled({ inode, size, modified, changed, executable: false }, hashedAt);
}

/** A directory as one hash, reading only the files that changed since the last time. */
import { readdirSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { CairnError } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import type { HashOptions } from './hash.ts';
import type { CachedTree } from './hash-cache.ts';
import { manifestHash, serialiseManifest } from './manifest.ts';
import { isSettled, nowNs, statPath, statPlain } from './stat.ts';

const turnFiles = 2000;
const noHash = Buffer.alloc(16);

interface Walked {
  readonly names: string[];
  /** Inode, size, modified, changed of each. */
  readonly stats: BigInt64Array;
  readonly size: number;
}

/**
 * Hashes the tree below `absolute`. Names come in the order of the file system's walk, the same on
 * every call for the same tree.
 */
export async function hashTree(
  absolute: string,
  options: HashOptions,
  hashContent: (absolute: string, work: Work) => Promise<string>,
): Promise<CachedTree> {
  const walked = await walk(absolute, options);
  // What is left out is not among the names, so other rules only make another list of them.
  const cached = options.cache.getTree(absolute);
  if (cached !== null && isSame(walked, cached)) return cached;
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
  const tree = { hash, size: walked.size, names: walked.names, stats: walked.stats, hashes };
  options.cache.setTree(absolute, { ...tree, hashes: trusted });
  return tree;
}

/**
 * What DVC counts: symbolic links to files are followed, those to directories left out; so are the
 * folders of version control, and every folder that is a DVC project of its own.
 * @throws CairnError `not-found` for a link to nothing, `unsupported` for a name that is no text
 */
async function walk(absolute: string, options: HashOptions): Promise<Walked> {
  const names: string[] = [];
  let stats = new BigInt64Array(1024);
  let size = 0;
  let sinceTurn = 0;
  const pending = [''];
  for (let prefix = pending.pop(); prefix !== undefined; prefix = pending.pop()) {
    const folder = prefix === '' ? absolute : `${absolute}/${prefix.slice(0, -1)}`;
    const entries = readdirSync(folder, { withFileTypes: true });
    if (prefix !== '' && entries.some((one) => one.name === '.dvc' && one.isDirectory())) continue;
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const path = prefix + entry.name;
      const isFolder = entry.isDirectory();
      if (isFolder ? foldersLeftOut.has(entry.name) : entry.name === '.git') continue;
      if (options.ignore?.(path, isFolder) === true) continue;
      if (isFolder) {
        pending.push(`${path}/`);
        continue;
      }
      const link = entry.isSymbolicLink();
      if (!link && !entry.isFile()) continue;
      const stat = link
        ? statPath(`${folder}/${entry.name}`)
        : statPlain(`${folder}/${entry.name}`);
      if (stat === null) {
        refuseUnreadable(`${folder}/${entry.name}`, link);
        continue;
      }
      if ('kind' in stat && stat.kind !== 'file') continue;
      const at = names.length * 4;
      if (at === stats.length) {
        const grown = new BigInt64Array(stats.length * 2);
        grown.set(stats);
        stats = grown;
      }
      stats[at] = stat.inode;
      stats[at + 1] = stat.size;
      stats[at + 2] = stat.modified;
      stats[at + 3] = stat.changed;
      size += Number(stat.size);
      names.push(path);
    }
    sinceTurn += entries.length;
    if (sinceTurn > turnFiles * 5) {
      sinceTurn = 0;
      await setImmediate();
      options.signal?.throwIfAborted();
    }
  }
  return { names, stats: stats.slice(0, names.length * 4), size };
}

const foldersLeftOut = new Set(['.git', '.hg', '.dvc']);

/** What is listed and then not found: gone in between, which is no error, or one of these. */
function refuseUnreadable(path: string, link: boolean): void {
  if (link) {
    throw new CairnError(
      'not-found',
      `${path} is a link to something that does not exist. Bring that back, or remove the link.`,
    );
  }
  if (path.includes('\ufffd')) {
    throw new CairnError(
      'unsupported',
      `The name of ${path} is not valid UTF-8, and DVC cannot record it. Rename the file.`,
    );
  }
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

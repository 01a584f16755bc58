/**
 * Contents by hash, in DVC's layout: `xx/rest` below the folder, read-only. A file appears there
 * only when it is whole; nothing temporary is ever made where a name would be read as a hash.
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { copyFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CairnError, errnoOf } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import { folderTimesTell } from './folder-times.ts';
import { type Hashed, type HashOptions, hashContent, hashDirectory } from './hash.ts';
import type { HashCache } from './hash-cache.ts';
import { Linker, type LinkKind } from './link.ts';
import { type ManifestEntry, manifestHash, parseManifest } from './manifest.ts';
import { nameBeside, replacePath } from './replace.ts';
import { isSettled, nowNs, sameStat, statPath } from './stat.ts';
import { Turns } from './turns.ts';

export interface CheckoutOptions extends Work {
  readonly link: readonly LinkKind[];
  readonly executable?: boolean;
}

/** From so many files on, listing the whole store is quicker than asking for each. */
const listingPays = 5000;
const prefixes = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'));
const readOnly = 0o444;
const smallBytes = 64n * 2n ** 10n;
/** From this size on, a copy is made beside the event loop. */
const largeBytes = 4n * 2n ** 20n;
const hashOfNothing = 'd41d8cd98f00b204e9800998ecf8427e';
const pattern = /^[0-9a-f]{32}(\.dir)?$/;

export class ObjectStore {
  readonly #folder: string;
  readonly #legacy: string | undefined;
  /** Large directories that were found whole → the stamp of the store then. */
  readonly #whole = new Map<string, string>();

  /**
   * @param folder `.dvc/cache/files/md5`, say
   * @param legacy where DVC 2 kept the same: `.dvc/cache`
   */
  constructor(folder: string, legacy?: string) {
    this.#folder = folder;
    this.#legacy = legacy;
  }

  has(hash: string): boolean {
    return this.path(hash) !== null;
  }

  /** Absolute path of a content, or null when it is not here. */
  path(hash: string): string | null {
    if (!pattern.test(hash)) return null;
    const path = place(this.#folder, hash);
    if (existsSync(path)) return path;
    const old = this.#legacy === undefined ? null : place(this.#legacy, hash);
    return old !== null && existsSync(old) ? old : null;
  }

  /**
   * The files of a directory; null when its manifest is not here.
   * @throws CairnError `corrupt` when it is not what its name says
   */
  async readManifest(hash: string): Promise<ManifestEntry[] | null> {
    const path = this.path(hash);
    if (path === null) return null;
    const bytes = readFileSync(path);
    const entries = parseManifest(bytes, path);
    if (manifestHash(bytes) !== hash) throw corrupt(path);
    return entries;
  }

  /**
   * Whether a file or a directory with all of its files is here.
   * @param cache remembers large directories that are, until anything comes or goes here
   */
  async hasAll(hash: string, cache?: HashCache): Promise<boolean> {
    if (!hash.endsWith('.dir')) return this.has(hash);
    const known = this.#whole.get(hash) ?? cache?.getWhole(this.#folder, hash);
    if (typeof known === 'string' && known === this.#stamp().text) return this.has(hash);
    const entries = await this.#readSoundManifest(hash);
    if (entries === null) return false;
    const hashes = new Set(entries.map((entry) => entry.hash));
    if (hashes.size < listingPays) return entries.every((entry) => this.has(entry.hash));
    const stamp = this.#stamp();
    const listed = this.#list();
    const whole = hashes.values().every((one) => listed.has(one) || this.has(one));
    if (whole) this.#whole.set(hash, stamp.text);
    if (whole && stamp.lasting) cache?.setWhole(this.#folder, hash, stamp.text);
    return whole;
  }

  /**
   * Changes whenever a content comes or goes. `lasting` says that it will do so for other processes
   * too: its folders are not so fresh that they could change again without a trace.
   */
  #stamp(): { text: string; lasting: boolean } {
    const now = nowNs();
    let lasting = folderTimesTell(this.#folder);
    const parts = prefixes.map((prefix) => {
      const stat = statPath(join(this.#folder, prefix));
      if (stat === null) return '';
      lasting &&= isSettled(stat, now);
      return `${stat.inode} ${stat.modified} ${stat.changed}`;
    });
    return { text: parts.join(), lasting };
  }

  /** The hashes of everything here (what DVC 2 left is not listed). */
  #list(): Set<string> {
    const found = new Set<string>();
    for (const prefix of prefixes) {
      try {
        for (const name of readdirSync(join(this.#folder, prefix))) found.add(prefix + name);
      } catch {
        // No content begins with these two digits, or none that can be listed.
      }
    }
    return found;
  }

  /**
   * Saves a file, or every file of a directory and then its manifest. What is here already is left
   * alone, unless it can have been written to and is not what its name says.
   * @throws CairnError `conflict` when it changed since it was hashed; the system's error (a full
   * disk, say), and then no part of a file is here
   */
  async add(absolute: string, hashed: Hashed, options: HashOptions): Promise<void> {
    if (!hashed.hash.endsWith('.dir')) {
      const before = statPath(absolute);
      const known = before === null ? null : options.cache.getFile(absolute, before);
      await this.#addFile(absolute, hashed.hash, known === hashed.hash, options);
      return;
    }
    const directory = await hashDirectory(absolute, options);
    if (directory.hash !== hashed.hash) throw changed(absolute);
    const total = directory.entries.length;
    const turns = new Turns();
    for (const [index, entry] of directory.entries.entries()) {
      if (turns.over) {
        await turns.pass(options.signal);
        options.onProgress?.({ phase: 'Saving', done: index, total, unit: 'items' });
      }
      await this.#addFile(join(absolute, entry.path), entry.hash, false, options);
    }
    await this.addBytes(hashed.hash, directory.manifest);
  }

  /** Saves bytes that are in memory, a manifest say, under their hash. */
  async addBytes(hash: string, bytes: Uint8Array): Promise<void> {
    const path = this.path(hash);
    if (path !== null && readFileSync(path).equals(bytes)) return;
    await this.#place(hash, async (temporary) => writeFileSync(temporary, bytes, { flag: 'wx' }));
  }

  /**
   * Puts a content where the workspace wants it, in place of what is there. A directory appears as
   * a whole.
   * @throws CairnError `not-found` when some of it is not here, `corrupt`; what was there is there
   * still
   */
  async checkout(hash: string, target: string, options: CheckoutOptions): Promise<void> {
    mkdirSync(dirname(target), { recursive: true });
    const fresh = nameBeside(target);
    const linker = new Linker(options.link);
    try {
      if (hash.endsWith('.dir')) await this.#checkoutDirectory(hash, fresh, linker, options);
      else await this.#checkoutFile(hash, fresh, linker, options.executable === true);
      await replacePath(fresh, target);
    } catch (error) {
      await rm(fresh, { recursive: true, force: true });
      throw error;
    }
  }

  async #checkoutDirectory(
    hash: string,
    target: string,
    linker: Linker,
    { signal, onProgress }: Work,
  ): Promise<void> {
    const entries = await this.readManifest(hash);
    if (entries === null) throw missing(hash);
    mkdirSync(target, { recursive: true });
    const made = new Set([target]);
    const turns = new Turns();
    for (const [index, entry] of entries.entries()) {
      if (turns.over) {
        await turns.pass(signal);
        onProgress?.({ phase: 'Restoring', done: index, total: entries.length, unit: 'items' });
      }
      const path = join(target, entry.path);
      const folder = dirname(path);
      if (!made.has(folder)) {
        mkdirSync(folder, { recursive: true });
        made.add(folder);
      }
      await this.#checkoutFile(entry.hash, path, linker, false);
    }
  }

  async #checkoutFile(
    hash: string,
    target: string,
    linker: Linker,
    executable: boolean,
  ): Promise<void> {
    const source = this.path(hash);
    if (source === null) throw missing(hash);
    if (!(await isSound(source, hash))) throw corrupt(source);
    await linker.make(source, target, statSync(source).size, executable);
  }

  /** A damaged manifest is as good as none; whoever wants its files is told by readManifest. */
  async #readSoundManifest(hash: string): Promise<ManifestEntry[] | null> {
    try {
      return await this.readManifest(hash);
    } catch (error) {
      if (error instanceof CairnError && error.code === 'corrupt') return null;
      throw error;
    }
  }

  /** @param unchanged the file is known to be as it was when it was hashed */
  async #addFile(absolute: string, hash: string, unchanged: boolean, work: Work): Promise<void> {
    const here = this.path(hash);
    if (here !== null && (await isSound(here, hash))) return;
    const before = statPath(absolute);
    if (before === null) throw changed(absolute);
    if (before.size < smallBytes) {
      // Hashing what is written anyway is cheaper than knowing that it did not change.
      const bytes = readFileSync(absolute);
      if (createHash('md5').update(bytes).digest('hex') !== hash) throw changed(absolute);
      await this.#place(hash, async (temporary) => writeFileSync(temporary, bytes, { flag: 'wx' }));
      return;
    }
    await this.#place(hash, async (temporary) => {
      const mode = constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE;
      if (before.size < largeBytes) copyFileSync(absolute, temporary, mode);
      else await copyFile(absolute, temporary, mode);
      const after = statPath(absolute);
      if (after === null || !sameStat(before, after)) throw changed(absolute);
      if (!unchanged && (await hashContent(temporary, work)) !== hash) throw changed(absolute);
    });
  }

  /** Makes the content under a name that is no hash, then moves it in. */
  async #place(hash: string, write: (temporary: string) => Promise<void>): Promise<void> {
    if (!pattern.test(hash)) throw new CairnError('invalid', `“${hash}” is not an MD5 hash.`);
    // Beside `files` in DVC's cache: on the same file system, and not where names are hashes.
    const folder = join(dirname(dirname(this.#folder)), 'tmp');
    const temporary = join(folder, `cairn-${randomBytes(8).toString('hex')}`);
    mkdirSync(folder, { recursive: true });
    try {
      await write(temporary);
      protect(temporary);
      const target = place(this.#folder, hash);
      mkdirSync(dirname(target), { recursive: true });
      moveIn(temporary, target);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  }
}

/** A file with DVC's read-only mode is trusted; any other may have been written to. */
async function isSound(path: string, hash: string): Promise<boolean> {
  const { mode, size } = statSync(path);
  // What a computer that lost its power leaves of a file.
  if (size === 0 && hash !== hashOfNothing) return false;
  if (process.platform === 'win32' || (mode & 0o777) === readOnly) return true;
  if ((await hashContent(path, {})) !== hash.slice(0, 32)) return false;
  protect(path);
  return true;
}

function protect(path: string): void {
  try {
    chmodSync(path, readOnly);
  } catch {
    // Some file systems have no modes, and a shared cache may be another user's: it is looked at
    // again the next time.
  }
}

function moveIn(temporary: string, target: string): void {
  try {
    renameSync(temporary, target);
  } catch (error) {
    // Windows does not replace what is read-only.
    if (!existsSync(target) || errnoOf(error) === 'ENOSPC') throw error;
    rmSync(target, { force: true });
    renameSync(temporary, target);
  }
}

function place(folder: string, hash: string): string {
  return join(folder, hash.slice(0, 2), hash.slice(2));
}

function changed(path: string): CairnError {
  return new CairnError('conflict', `${path} changed while it was being saved. Run it again.`);
}

function corrupt(path: string): CairnError {
  return new CairnError(
    'corrupt',
    `${path} is not what its name says. Delete it and fetch it again (dvc pull), or run the stage that makes it.`,
  );
}

function missing(hash: string): CairnError {
  return new CairnError(
    'not-found',
    `The content ${hash} is not in the cache. Fetch it with “dvc pull”, or run the stage that makes it.`,
  );
}

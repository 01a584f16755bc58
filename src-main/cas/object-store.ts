/**
 * Contents by hash, in DVC's layout: `xx/rest` below the folder, read-only. A file appears there
 * only when it is whole; nothing temporary is ever made where a name would be read as a hash.
 */
import { createHash, randomBytes } from 'node:crypto';
import { constants, existsSync, readdirSync, statSync } from 'node:fs';
import {
  chmod,
  copyFile,
  link,
  mkdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { CairnError } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import { type Hashed, type HashOptions, hashDirectory } from './hash.ts';
import { type ManifestEntry, parseManifest } from './manifest.ts';
import { sameStat, statPath } from './stat.ts';

/** How a file of the workspace may share its content with the store, best first. */
export type LinkKind = 'reflink' | 'hardlink' | 'symlink' | 'copy';

export interface CheckoutOptions extends Work {
  readonly link: readonly LinkKind[];
  readonly executable?: boolean;
}

/** From so many files on, listing the whole store is quicker than asking for each. */
const listingPays = 5000;
const prefixes = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'));
const readOnly = 0o444;
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

  /** The files of a directory; null when its manifest is not here. @throws CairnError `corrupt` */
  async readManifest(hash: string): Promise<ManifestEntry[] | null> {
    const path = this.path(hash);
    return path === null ? null : parseManifest(await readFile(path), path);
  }

  /** Whether a file or a directory with all of its files is here. */
  async hasAll(hash: string): Promise<boolean> {
    if (!hash.endsWith('.dir')) return this.has(hash);
    if (this.#whole.has(hash) && this.#whole.get(hash) === this.#stamp()) return this.has(hash);
    const entries = await this.readManifest(hash);
    if (entries === null) return false;
    const hashes = new Set(entries.map((entry) => entry.hash));
    if (hashes.size < listingPays) return entries.every((entry) => this.has(entry.hash));
    const stamp = this.#stamp();
    const listed = this.#list();
    const whole = hashes.values().every((one) => listed.has(one) || this.has(one));
    if (whole) this.#whole.set(hash, stamp);
    return whole;
  }

  /** Changes whenever a content comes or goes. */
  #stamp(): string {
    return prefixes
      .map((prefix) => statSync(join(this.#folder, prefix), { throwIfNoEntry: false })?.mtimeMs)
      .join();
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
   * Saves a file, or every file of a directory and then its manifest.
   * @throws CairnError `conflict` when it changed since it was hashed, `no-space`
   */
  async add(absolute: string, hashed: Hashed, options: HashOptions): Promise<void> {
    if (!hashed.hash.endsWith('.dir')) {
      await this.#addFile(absolute, hashed.hash);
      return;
    }
    if (await this.hasAll(hashed.hash)) return;
    const directory = await hashDirectory(absolute, options);
    if (directory.hash !== hashed.hash) throw changed(absolute);
    const total = directory.entries.length;
    for (const [index, entry] of directory.entries.entries()) {
      options.signal?.throwIfAborted();
      if (index % 256 === 0) {
        await setImmediate();
        options.onProgress?.({ phase: 'Saving', done: index, total, unit: 'items' });
      }
      await this.#addFile(join(absolute, entry.path), entry.hash);
    }
    await this.addBytes(hashed.hash, directory.manifest);
  }

  async addBytes(hash: string, bytes: Uint8Array): Promise<void> {
    if (this.has(hash)) return;
    await this.#place(hash, (temporary) => writeFile(temporary, bytes, { flag: 'wx' }));
  }

  /**
   * Puts a content where the workspace wants it, in place of what is there. A directory appears as
   * a whole.
   * @throws CairnError `not-found` when some of it is not here, `corrupt`
   */
  async checkout(hash: string, target: string, options: CheckoutOptions): Promise<void> {
    await mkdir(dirname(target), { recursive: true });
    const fresh = join(dirname(target), `.cairn-${randomBytes(6).toString('hex')}`);
    try {
      if (hash.endsWith('.dir')) await this.#checkoutDirectory(hash, fresh, options);
      else await this.#checkoutFile(hash, fresh, options);
      await rm(target, { recursive: true, force: true });
      await rename(fresh, target);
    } catch (error) {
      await rm(fresh, { recursive: true, force: true });
      throw error;
    }
  }

  async #checkoutDirectory(hash: string, target: string, options: CheckoutOptions): Promise<void> {
    const entries = await this.readManifest(hash);
    if (entries === null) throw missing(hash);
    await mkdir(target, { recursive: true });
    const made = new Set([target]);
    for (const [index, entry] of entries.entries()) {
      options.signal?.throwIfAborted();
      if (index % 256 === 0) {
        options.onProgress?.({
          phase: 'Restoring',
          done: index,
          total: entries.length,
          unit: 'items',
        });
      }
      const path = join(target, entry.path);
      if (!made.has(dirname(path))) {
        await mkdir(dirname(path), { recursive: true });
        made.add(dirname(path));
      }
      await this.#checkoutFile(entry.hash, path, { ...options, executable: false });
    }
  }

  async #checkoutFile(hash: string, target: string, options: CheckoutOptions): Promise<void> {
    const source = this.path(hash);
    if (source === null) throw missing(hash);
    await this.#requireSound(source, hash);
    for (const kind of options.link) {
      try {
        await bind(kind, source, target);
        if (kind === 'hardlink' || kind === 'symlink') return;
        await chmod(target, options.executable === true ? 0o755 : 0o644);
        return;
      } catch (error) {
        if (kind === 'copy') throw error;
      }
    }
    throw new CairnError(
      'failed',
      `${target} could not be linked to the cache in any allowed way.`,
    );
  }

  /** A file with DVC's read-only mode is trusted; any other may have been written to. */
  async #requireSound(path: string, hash: string): Promise<void> {
    if (process.platform === 'win32' || (statSync(path).mode & 0o777) === readOnly) return;
    const found = createHash('md5')
      .update(await readFile(path))
      .digest('hex');
    if (found !== hash.slice(0, 32)) {
      throw new CairnError(
        'corrupt',
        `${path} is not what its name says. Delete it and fetch it again.`,
      );
    }
    await chmod(path, readOnly);
  }

  async #addFile(absolute: string, hash: string): Promise<void> {
    if (this.has(hash)) return;
    const before = statPath(absolute);
    if (before === null) throw changed(absolute);
    await this.#place(hash, async (temporary) => {
      await copyFile(absolute, temporary, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      const after = statPath(absolute);
      if (after === null || !sameStat(before, after)) throw changed(absolute);
    });
  }

  /** Makes the content under a name that is no hash, then moves it in. */
  async #place(hash: string, write: (temporary: string) => Promise<void>): Promise<void> {
    if (!pattern.test(hash)) throw new CairnError('invalid', `“${hash}” is not an MD5 hash.`);
    const folder = join(dirname(dirname(this.#folder)), 'tmp');
    const temporary = join(folder, `cairn-${randomBytes(8).toString('hex')}`);
    await mkdir(folder, { recursive: true });
    try {
      await write(temporary);
      await chmod(temporary, readOnly);
      const target = place(this.#folder, hash);
      await mkdir(dirname(target), { recursive: true });
      await rename(temporary, target);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }
}

function place(folder: string, hash: string): string {
  return join(folder, hash.slice(0, 2), hash.slice(2));
}

async function bind(kind: LinkKind, source: string, target: string): Promise<void> {
  if (kind === 'hardlink') await link(source, target);
  else if (kind === 'symlink') await symlink(source, target);
  else {
    const mode = kind === 'reflink' ? constants.COPYFILE_FICLONE_FORCE : 0;
    await copyFile(source, target, mode | constants.COPYFILE_EXCL);
  }
}

function changed(path: string): CairnError {
  return new CairnError('conflict', `${path} changed while it was being saved. Run it again.`);
}

function missing(hash: string): CairnError {
  return new CairnError(
    'not-found',
    `The content ${hash} is not in the cache. Fetch it with “dvc pull”, or run the stage that makes it.`,
  );
}

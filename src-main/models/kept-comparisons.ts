/**
 * Finished comparisons on the disk, a compressed file each, in a folder that may be deleted at any
 * time. What is used last goes last. A file is there whole or not at all; one that is damaged, or
 * that another version wrote, counts as not being there.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';
import { newId } from '../base/ids.ts';

/** Goes up when measures, matching or the shape of what is kept change. */
const version = 3;
/** What no sound file inflates to: a comparison of a million tensors. */
const maxInflated = 2 ** 29;
/** A file that was begun and not finished this long ago belongs to a process that is gone. */
const unfinishedMs = 3_600_000;

const deflate = promisify(gzip);
const inflate = promisify(gunzip);

export class KeptComparisons {
  readonly #folder: string;
  readonly #maxBytes: number;

  /** @param folder absolute; made when there is something to keep */
  constructor(folder: string, maxBytes = 64 * 2 ** 20) {
    this.#folder = folder;
    this.#maxBytes = maxBytes;
  }

  /** Null when nothing is kept under the key, or nothing that can be read. */
  async read(key: string): Promise<unknown> {
    const path = this.#pathOf(key);
    let bytes: Buffer;
    try {
      bytes = await readFile(path);
    } catch {
      return null;
    }
    try {
      const text = await inflate(bytes, { maxOutputLength: maxInflated });
      const kept = JSON.parse(text.toString()) as { key: string; value: unknown };
      if (kept.key !== key) return null;
      const now = new Date();
      await utimes(path, now, now).catch(() => {});
      return kept.value;
    } catch {
      await this.forget(key);
      return null;
    }
  }

  /** Keeps a value; where that fails (a full disk, a folder that cannot be written to) it is let go. */
  async write(key: string, value: unknown): Promise<void> {
    const path = this.#pathOf(key);
    const unfinished = `${path}.${newId().slice(0, 8)}.part`;
    try {
      const bytes = await deflate(JSON.stringify({ key, value }), {
        level: constants.Z_BEST_SPEED,
      });
      if (bytes.length > this.#maxBytes / 2) return;
      await mkdir(this.#folder, { recursive: true });
      await writeFile(unfinished, bytes);
      await rename(unfinished, path);
      await this.#prune();
    } catch {
      await rm(unfinished, { force: true }).catch(() => {});
    }
  }

  async forget(key: string): Promise<void> {
    await rm(this.#pathOf(key), { force: true }).catch(() => {});
  }

  #pathOf(key: string): string {
    const name = createHash('sha256').update(`${version} ${key}`).digest('hex');
    return join(this.#folder, `${name}.json.gz`);
  }

  async #prune(): Promise<void> {
    const names = await readdir(this.#folder);
    const found = await Promise.all(
      names.map(async (name) => {
        const path = join(this.#folder, name);
        // Another process may have taken it away.
        const known = await stat(path).catch(() => null);
        return known === null ? [] : [{ path, size: known.size, usedAt: known.mtimeMs }];
      }),
    );
    let total = 0;
    for (const { path, size, usedAt } of found.flat().sort((a, b) => b.usedAt - a.usedAt)) {
      const unfinished = path.endsWith('.part');
      if (!unfinished) total += size;
      const old = unfinished ? Date.now() - usedAt > unfinishedMs : total > this.#maxBytes;
      if (old) await rm(path, { force: true });
    }
  }
}

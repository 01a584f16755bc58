/** Finished comparisons by what was compared: in memory, and behind it on the disk. */

import { nameContent } from './content-name.ts';
import type { ModelFile } from './diff.ts';
import { KeptComparisons } from './kept-comparisons.ts';

export interface CacheOptions<T> {
  /** Absolute folder in the user's cache; null to remember for the time of this process only. */
  readonly folder?: string | null;
  /** How many tensor records are kept in memory, over all comparisons. */
  readonly maxTensors?: number;
  /** Checks what was read from the disk. @throws for what does not fit */
  readonly parse: (value: unknown) => T;
}

/** What some files were when they were looked at. */
export interface Contents {
  /** Null when one of them has no name: nothing is remembered then. */
  readonly key: string | null;
  unchanged(): Promise<boolean>;
}

/** @param others further files, that hold tensors of these; by their paths */
export async function contentsOf(
  files: readonly Pick<ModelFile, 'path' | 'hash'>[],
  others: readonly string[] = [],
): Promise<Contents> {
  const all = [...files, ...others.map((path) => ({ path, hash: null }))];
  const named = await Promise.all(all.map(({ path, hash }) => nameContent(path, hash)));
  const names = named.map(({ name }) => name);
  return {
    key: names.includes(null) ? null : names.join('\n'),
    unchanged: async () => {
      const still = await Promise.all(named.map((one) => one.unchanged()));
      return still.every(Boolean);
    },
  };
}

export class ComparisonCache<
  T extends { readonly opened: { readonly tensors: readonly unknown[] } },
> {
  readonly #entries = new Map<string, T>();
  readonly #kept: KeptComparisons | null;
  readonly #maxTensors: number;
  readonly #parse: (value: unknown) => T;
  #tensors = 0;

  constructor({ folder = null, maxTensors = 100_000, parse }: CacheOptions<T>) {
    this.#kept = folder === null ? null : new KeptComparisons(folder);
    this.#maxTensors = maxTensors;
    this.#parse = parse;
  }

  async get(key: string): Promise<T | null> {
    const found = this.#entries.get(key);
    if (found) {
      // The entry used last is dropped last.
      this.#entries.delete(key);
      this.#entries.set(key, found);
      return found;
    }
    const kept = await this.#kept?.read(key);
    if (kept == null) return null;
    try {
      const parsed = this.#parse(kept);
      this.#remember(key, parsed);
      return parsed;
    } catch {
      await this.#kept?.forget(key);
      return null;
    }
  }

  /** Remembers what was found, unless the files changed while they were compared. */
  async set({ key, unchanged }: Contents, finished: T): Promise<void> {
    if (key === null || !(await unchanged())) return;
    this.#remember(key, finished);
    await this.#kept?.write(key, finished);
  }

  #remember(key: string, finished: T): void {
    const before = this.#entries.get(key);
    if (before) this.#forget(key, before);
    this.#entries.set(key, finished);
    this.#tensors += finished.opened.tensors.length;
    for (const [oldest, entry] of this.#entries) {
      if (this.#tensors <= this.#maxTensors) return;
      this.#forget(oldest, entry);
    }
  }

  #forget(key: string, entry: T): void {
    this.#entries.delete(key);
    this.#tensors -= entry.opened.tensors.length;
  }
}

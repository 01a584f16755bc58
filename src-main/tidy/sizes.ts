/** What the logs and artifacts of runs take on the disk: remembered, and measured without holding up others. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { errnoOf } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import { runFolder } from '../tracking/index.ts';

/** How long a run's size is believed: one that has ended seldom changes. */
const believedMs = 60_000;
/** After so long others have their turn. */
const sliceMs = 15;
const mostRemembered = 500_000;

type Names = ReadonlySet<string>;

export class RunSizes {
  readonly #storeDir: string;
  readonly #known = new Map<string, { readonly bytes: number; readonly at: number }>();

  constructor(storeDir: string) {
    this.#storeDir = storeDir;
  }

  /**
   * Bytes of each run's logs and artifacts, in the order of `ids`; contents that it shares with
   * others are not among them.
   * @throws AbortError when cancelled
   */
  async of(ids: readonly string[], work: Work = {}): Promise<number[]> {
    const now = Date.now();
    if (this.#known.size > mostRemembered) this.#known.clear();
    // Most runs have no artifacts: one look at each folder answers for all.
    let folders: { readonly logs: Names; readonly artifacts: Names } | null = null;
    const slice = new Slice(work.signal);
    const sizes: number[] = [];
    for (const id of ids) {
      const known = this.#known.get(id);
      if (known !== undefined && now - known.at < believedMs) {
        sizes.push(known.bytes);
        continue;
      }
      folders ??= { logs: this.#names('runs'), artifacts: this.#names('artifacts') };
      let bytes = 0;
      if (folders.logs.has(id)) bytes += await folderBytes(runFolder(this.#storeDir, id), slice);
      if (folders.artifacts.has(id)) {
        bytes += await folderBytes(join(this.#storeDir, 'artifacts', id), slice);
      }
      this.#known.set(id, { bytes, at: now });
      sizes.push(bytes);
    }
    return sizes;
  }

  /** Of all of them together. */
  async sum(ids: readonly string[], work: Work = {}): Promise<number> {
    return (await this.of(ids, work)).reduce((sum, bytes) => sum + bytes, 0);
  }

  #names(folder: string): Names {
    try {
      return new Set(readdirSync(join(this.#storeDir, folder)));
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return new Set();
      throw error;
    }
  }
}

class Slice {
  readonly #signal: AbortSignal | undefined;
  #began = performance.now();

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
  }

  async breathe(): Promise<void> {
    if (performance.now() - this.#began < sliceMs) return;
    await setImmediate();
    this.#signal?.throwIfAborted();
    this.#began = performance.now();
  }
}

async function folderBytes(folder: string, slice: Slice): Promise<number> {
  let bytes = 0;
  for (const pending = [folder]; pending.length > 0; ) {
    const at = pending.pop() as string;
    try {
      for (const entry of readdirSync(at, { withFileTypes: true })) {
        const path = join(at, entry.name);
        if (entry.isDirectory()) pending.push(path);
        else if (entry.isFile()) bytes += statSync(path, { throwIfNoEntry: false })?.size ?? 0;
      }
    } catch (error) {
      // Somebody removes it while it is measured.
      if (errnoOf(error) !== 'ENOENT') throw error;
    }
    await slice.breathe();
  }
  return bytes;
}

/**
 * Remembers the blob id of files by what `lstat` says of them, so that a file that did not change
 * is not read again. Machine-specific; a lost or broken cache only costs time.
 */
import type { BigIntStats } from 'node:fs';
import { readFileSync } from 'node:fs';
import { replaceFile } from '../base/replace-file.ts';
import { unlessMissing } from './files.ts';

const header = 'cairn-stat-cache 1';
/** A change within the clock's tick may leave the times as they were. */
const tickNs = 20_000_000n;
/** FAT and some network folders keep whole (even) seconds only. */
const coarseTickNs = 2_000_000_000n;
const secondNs = 1_000_000_000n;

interface Cached {
  readonly stamp: string;
  readonly oid: string;
}

export class StatCache {
  readonly #file: string | null;
  readonly #workTree: string;
  readonly #before: ReadonlyMap<string, Cached>;
  readonly #now = new Map<string, Cached>();
  #changed = false;

  private constructor(file: string | null, workTree: string, before: ReadonlyMap<string, Cached>) {
    this.#file = file;
    this.#workTree = workTree;
    this.#before = before;
  }

  /** @param file null: nothing is remembered. A cache of another work tree is not used. */
  static open(file: string | null, workTree: string): StatCache {
    const text = file === null ? null : unlessMissing(() => readFileSync(file, 'utf8'));
    const before = new Map<string, Cached>();
    const records = (text ?? '').split('\0');
    if (records[0] === header && records[1] === workTree && records.at(-1) === '') {
      for (const record of records.slice(2, -1)) {
        const end = record.indexOf('\n');
        const oid = record.slice(0, 40);
        before.set(record.slice(end + 1), { oid, stamp: record.slice(41, end) });
      }
    }
    return new StatCache(file, workTree, before);
  }

  get(path: string, stat: BigIntStats): string | null {
    const found = this.#before.get(path);
    if (found === undefined || found.stamp !== stampOf(stat)) return null;
    this.#now.set(path, found);
    return found.oid;
  }

  /**
   * @param stat taken before the file was read
   * @param takenNs when `stat` was taken, epoch ns: a file changed as late as that is not remembered
   */
  set(path: string, stat: BigIntStats, oid: string, takenNs: bigint): void {
    if (!isSettled(stat, takenNs)) return;
    this.#now.set(path, { stamp: stampOf(stat), oid });
    this.#changed = true;
  }

  /** Writes what was asked for or set since opening, when it differs from what was read. */
  save(): void {
    if (this.#file === null) return;
    if (!this.#changed && this.#now.size === this.#before.size) return;
    const records = [header, this.#workTree];
    for (const [path, { stamp, oid }] of this.#now) records.push(`${oid} ${stamp}\n${path}`);
    try {
      replaceFile(this.#file, `${records.join('\0')}\0`);
    } catch {
      // A cache that cannot be written is no reason to fail what it serves.
    }
  }
}

function stampOf(stat: BigIntStats): string {
  return `${stat.size} ${stat.mtimeNs} ${stat.ctimeNs} ${stat.ino}`;
}

/** Whether a change after `takenNs` must show in the times. */
function isSettled(stat: BigIntStats, takenNs: bigint): boolean {
  const tick = stat.mtimeNs % secondNs === 0n ? coarseTickNs : tickNs;
  return takenNs - stat.mtimeNs > tick && takenNs - stat.ctimeNs > tick;
}

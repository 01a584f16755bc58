/** Comparing what `lstat` says of many files with what it said before; used by several threads. */
import { lstatSync } from 'node:fs';

/** Inode, size, modified, changed. */
export const statParts = 4;

/** What the threads of one sweep share. */
export interface SweepTask {
  /** With a trailing `/`. */
  readonly folder: string;
  /** Names below it, with NULs between them: quicker to hand over than a list. */
  readonly names: string;
  /** {@link statParts} numbers for each name; shared memory. */
  readonly known: BigInt64Array<SharedArrayBuffer>;
  /** The next name that nobody has looked at; shared memory. */
  readonly next: Int32Array<SharedArrayBuffer>;
}

/** Names that a thread takes at a time: about a millisecond's work. */
const portion = 512;
const options = { bigint: true, throwIfNoEntry: false } as const;

/**
 * Takes the next portion of names and compares each.
 * @param differing gets the index of every name whose stat is another, or that is gone
 * @returns whether there was anything left to take
 */
export function sweepPortion(
  { folder, known, next }: SweepTask,
  names: readonly string[],
  differing: number[],
): boolean {
  const from = Atomics.add(next, 0, portion);
  const to = Math.min(from + portion, names.length);
  for (let index = from; index < to; index++) {
    const stat = lstatSync(folder + names[index], options);
    const at = index * statParts;
    const same =
      stat !== undefined &&
      stat.mtimeNs === known[at + 2] &&
      stat.ctimeNs === known[at + 3] &&
      stat.size === known[at + 1] &&
      stat.ino === known[at];
    if (!same) differing.push(index);
  }
  return from < names.length;
}

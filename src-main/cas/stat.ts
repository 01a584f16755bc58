/** What tells whether a file changed without reading it. */
import { type BigIntStats, lstatSync, statSync } from 'node:fs';

export interface FileStat {
  readonly inode: bigint;
  readonly size: bigint;
  /** Nanoseconds since the epoch. */
  readonly modified: bigint;
  readonly changed: bigint;
  readonly executable: boolean;
}

export interface PathStat extends FileStat {
  /** `other` is a pipe, a device, a socket: nothing with a content to be hashed. */
  readonly kind: 'file' | 'directory' | 'other';
}

/** What is at a path, following symbolic links; null when nothing is. */
export function statPath(absolute: string): PathStat | null {
  const stat = statSync(absolute, { bigint: true, throwIfNoEntry: false });
  if (stat === undefined) return null;
  const kind = stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : 'other';
  return { ...toFileStat(stat), kind };
}

/** As {@link statPath} for what is known to be no link: one call less. */
export function statPlain(absolute: string): FileStat | null {
  const stat = lstatSync(absolute, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? null : toFileStat(stat);
}

function toFileStat(stat: BigIntStats): FileStat {
  return {
    inode: stat.ino,
    size: stat.size,
    modified: stat.mtimeNs,
    changed: stat.ctimeNs,
    executable: (stat.mode & 0o100n) !== 0n,
  };
}

/** File systems without nanoseconds count in steps of up to two seconds. */
const coarseNs = 2_000_000_000n;
/** The clock of the kernel, by which files are stamped, ticks every few milliseconds. */
const fineNs = 20_000_000n;

/**
 * Whether a hash taken at `hashedAt` says anything about a file with this stat later on. A file
 * written within the clock's resolution of being hashed could change again without a trace.
 */
export function isSettled(stat: FileStat, hashedAt: bigint): boolean {
  const resolution = stat.modified % 1_000_000_000n === 0n ? coarseNs : fineNs;
  return stat.modified + resolution < hashedAt && stat.changed + resolution < hashedAt;
}

export function nowNs(): bigint {
  return BigInt(Date.now()) * 1_000_000n;
}

export function sameStat(a: FileStat, b: FileStat): boolean {
  return (
    a.modified === b.modified && a.size === b.size && a.inode === b.inode && a.changed === b.changed
  );
}

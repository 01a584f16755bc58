/**
 * Names for the contents of model files, by which comparisons are remembered. A hash where it is
 * known, or quickly made; of a large file what `stat` says of it, because comparing two files is
 * quicker than hashing them.
 */
import { createHash } from 'node:crypto';
import { type BigIntStats, createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/** Files up to this size are hashed. SHA-256, since what is compared may be made to collide. */
const hashedBytes = 64 * 2 ** 20;
/** Some file systems stamp files with no more than this precision. */
const clockNs = 2_000_000_000n;

export interface NamedContent {
  /** Null for a file that cannot be named: it is not there, or was written a moment ago. */
  readonly name: string | null;
  /** Whether the file is still the one that was named. */
  unchanged(): Promise<boolean>;
}

/**
 * @param path absolute
 * @param hash the MD5 of the content when it is known for certain
 */
export async function nameContent(path: string, hash: string | null): Promise<NamedContent> {
  const before = await statOf(path);
  const name = before === null ? null : await nameOf(path, hash, before).catch(() => null);
  return {
    name,
    unchanged: async () => before !== null && sameFile(before, await statOf(path)),
  };
}

async function nameOf(
  path: string,
  hash: string | null,
  found: BigIntStats,
): Promise<string | null> {
  if (hash !== null) return `md5 ${hash}`;
  if (found.size <= hashedBytes) {
    const sha256 = createHash('sha256');
    await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), sha256);
    return `sha256 ${sha256.digest('hex')}`;
  }
  const now = BigInt(Date.now()) * 1_000_000n;
  // What was written so lately could be written again without a trace.
  if (found.mtimeNs + clockNs > now || found.ctimeNs + clockNs > now) return null;
  const { dev, ino, size, mtimeNs, ctimeNs } = found;
  return `stat ${JSON.stringify([path, ...[dev, ino, size, mtimeNs, ctimeNs].map(String)])}`;
}

async function statOf(path: string): Promise<BigIntStats | null> {
  const found = await stat(path, { bigint: true }).catch(() => null);
  return found?.isFile() ? found : null;
}

function sameFile(before: BigIntStats, after: BigIntStats | null): boolean {
  return (
    after !== null &&
    after.ino === before.ino &&
    after.size === before.size &&
    after.mtimeNs === before.mtimeNs &&
    after.ctimeNs === before.ctimeNs
  );
}

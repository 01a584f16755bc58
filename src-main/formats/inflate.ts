/** Inflating one deflated member of an archive, never beyond the size it declared. */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { CairnError } from '../base/errors.ts';

export interface DeflatedMember {
  readonly path: string;
  readonly offset: number;
  /** Bytes in the file. */
  readonly stored: number;
  /** Bytes it says it inflates to; without a checksum, where to stop at the latest. */
  readonly size: number;
  /** Null for a stream that does not say how long it is. */
  readonly crc32: number | null;
}

/**
 * Yields the inflated bytes piece by piece; stop early by leaving the loop.
 * @throws CairnError `corrupt` when the data is damaged or does not end at the declared size
 */
export async function* inflate(member: DeflatedMember): AsyncGenerator<Buffer, void> {
  const broken = (problem: string, cause?: unknown) =>
    new CairnError('corrupt', `A member of ${member.path} ${problem}.`, { cause });
  if (member.stored === 0) throw broken('is empty where compressed data should be');
  const { path, offset, stored } = member;
  const input = createReadStream(path, { start: offset, end: offset + stored - 1 });
  const inflater = createInflateRaw({ chunkSize: 1 << 20 });
  pipeline(input, inflater, () => {});
  let length = 0;
  let checksum = 0;
  try {
    for await (const chunk of inflater as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (member.crc32 === null && length >= member.size) {
        yield chunk.subarray(0, chunk.length - (length - member.size));
        return;
      }
      if (length > member.size) throw broken('inflates to more than its declared size');
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof CairnError) throw error;
    throw broken('cannot be inflated', error);
  } finally {
    input.destroy();
    inflater.destroy();
  }
  if (member.crc32 === null) return;
  if (length !== member.size) throw broken('inflates to less than its declared size');
  if (checksum !== member.crc32) throw broken('fails its checksum');
}

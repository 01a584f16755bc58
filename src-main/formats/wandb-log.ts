/**
 * The transaction log of a W&B run (`run-<id>.wandb`): seven bytes of header, then LevelDB's log
 * format (https://github.com/google/leveldb/blob/main/doc/log_format.md) with a plain CRC-32 in the
 * place of the masked CRC-32C. Blocks are counted from the start of the file.
 */
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { Work } from '../base/progress.ts';

const magic = Buffer.from(':W&B');
const fileHeaderBytes = 7;
const blockBytes = 32_768;
const headerBytes = 7;
const largestRecord = 256 << 20;
const kinds = { full: 1, first: 2, middle: 3, last: 4 } as const;

export interface LogRead {
  /** Behind the last whole record: where the next reading starts. */
  readonly offset: number;
  /** Why reading stopped before the end, or null. A record that is still being written is no reason. */
  readonly problem: string | null;
}

/**
 * Hands over each whole record from `offset` on, with where it begins; 0 is the start of the file.
 * @param onRecord stops the reading with `false`
 */
export async function readWandbLog(
  path: string,
  offset: number,
  onRecord: (record: Buffer, at: number) => unknown,
  work: Work = {},
): Promise<LogRead> {
  await using file = await open(path, 'r');
  const block = Buffer.allocUnsafe(blockBytes);
  let at = offset;
  if (at === 0) {
    const { bytesRead } = await file.read(block, 0, fileHeaderBytes, 0);
    if (bytesRead < fileHeaderBytes) return { offset: 0, problem: null };
    if (!block.subarray(0, magic.length).equals(magic)) {
      return { offset: 0, problem: 'It is not a transaction log of W&B.' };
    }
    at = fileHeaderBytes;
  }
  let whole = at;
  let parts: Buffer[] = [];
  let size = 0;
  const stop = (problem: string | null) => ({ offset: whole, problem });
  const damaged = () =>
    stop(`It is damaged at byte ${at}. What came before was read; what comes after cannot be.`);
  for (;;) {
    work.signal?.throwIfAborted();
    const inBlock = blockBytes - (at % blockBytes);
    const { bytesRead } = await file.read(block, 0, inBlock, at);
    let from = 0;
    while (bytesRead - from >= headerBytes) {
      const length = block.readUInt16LE(from + 4);
      const kind = block.readUInt8(from + 6);
      const to = from + headerBytes + length;
      // Zeros are room that was taken and not yet written.
      if (kind === 0 && length === 0) return stop(null);
      if (to > inBlock) return damaged();
      if (to > bytesRead) return stop(null);
      if (crc32(block.subarray(from + 6, to)) !== block.readUInt32LE(from)) return damaged();
      if (kind === kinds.full || kind === kinds.first) [parts, size] = [[], 0];
      size += length;
      if (size > largestRecord || kind > kinds.last) return damaged();
      parts.push(Buffer.from(block.subarray(from + headerBytes, to)));
      at += to - from;
      from = to;
      if (kind === kinds.full || kind === kinds.last) {
        const goOn = onRecord(Buffer.concat(parts), whole) !== false;
        whole = at;
        if (!goOn) return stop(null);
      }
    }
    if (bytesRead < inBlock) return stop(null);
    // What is left of a block is too short for a header, and empty.
    at += inBlock - from;
  }
}

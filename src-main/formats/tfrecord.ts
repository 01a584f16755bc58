/**
 * TFRecord files: length, masked CRC-32C of the length, data, masked CRC-32C of the data.
 * https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details
 */
import { open } from 'node:fs/promises';
import type { Work } from '../base/progress.ts';
import { maskedCrc32c } from './crc32c.ts';

const headerBytes = 12;
const footerBytes = 4;
const blockBytes = 4 << 20;
/** A larger record is passed over: nothing that is logged is so large. */
const largestRecord = 256 << 20;

export interface RecordsRead {
  /** Behind the last whole record: where the next reading starts. */
  readonly offset: number;
  /** Why reading stopped before the end, or null. A record that is still being written is no reason. */
  readonly problem: string | null;
}

/**
 * Hands over each whole record from `offset` on. The bytes are only valid during the call.
 * @param onRecord `at` is where the record's data begins in the file
 */
export async function readRecords(
  path: string,
  offset: number,
  onRecord: (bytes: Buffer, from: number, to: number, at: number) => void,
  work: Work = {},
): Promise<RecordsRead> {
  await using file = await open(path, 'r');
  const { size } = await file.stat();
  let buffer = Buffer.allocUnsafe(blockBytes);
  let filled = 0;
  /** Of the first byte in the buffer. */
  let base = offset;
  let at = 0;
  for (;;) {
    work.signal?.throwIfAborted();
    const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, base + filled);
    filled += bytesRead;
    let needed = headerBytes;
    while (filled - at >= headerBytes) {
      const length = buffer.readUInt32LE(at) + buffer.readUInt32LE(at + 4) * 2 ** 32;
      if (maskedCrc32c(buffer, at, at + 8) !== buffer.readUInt32LE(at + 8)) {
        return damaged(base + at);
      }
      needed = headerBytes + length + footerBytes;
      if (length > largestRecord) break;
      if (filled - at < needed) break;
      const from = at + headerBytes;
      if (maskedCrc32c(buffer, from, from + length) !== buffer.readUInt32LE(from + length)) {
        return damaged(base + at);
      }
      onRecord(buffer, from, from + length, base + from);
      at += needed;
      needed = headerBytes;
    }
    if (needed > headerBytes + largestRecord + footerBytes) {
      if (base + at + needed > size) return { offset: base + at, problem: null };
      base += at + needed;
      [at, filled] = [0, 0];
      continue;
    }
    if (bytesRead === 0) return { offset: base + at, problem: null };
    buffer.copy(buffer, 0, at, filled);
    base += at;
    filled -= at;
    at = 0;
    // The size of the file, not what the record claims, says how much memory it may take.
    if (needed > buffer.length) {
      if (base + needed > size) return { offset: base, problem: null };
      const larger = Buffer.allocUnsafe(needed);
      buffer.copy(larger, 0, 0, filled);
      buffer = larger;
    }
  }
}

function damaged(at: number): RecordsRead {
  return {
    offset: at,
    problem: `It is damaged at byte ${at}: a checksum does not match. What came before was read; what comes after cannot be.`,
  };
}

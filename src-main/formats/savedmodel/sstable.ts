/**
 * The table format of LevelDB, in which TensorFlow keeps the index of a checkpoint: blocks of sorted
 * keys and values, each with a checksum and possibly compressed by Snappy.
 * https://github.com/google/leveldb/blob/main/doc/table_format.md
 */
import { snappyUncompress } from 'hyparquet';
import { maskedCrc32c } from '../crc32c.ts';
import type { FileWindow } from '../file-window.ts';
import type { Broken } from '../tensor-parts.ts';

/** The last eight bytes of a table, little endian. */
export const tableMagic = 0xdb4775248b80fb57n;

const footerBytes = 48;
/** A type and a checksum behind each block. */
const trailerBytes = 5;
const maxBlockBytes = 64 * 1024 * 1024;

interface Entry {
  readonly key: Buffer;
  readonly value: Buffer;
}

/** All entries, in the order of their keys. */
export function* readTable(window: FileWindow, broken: Broken): Generator<Entry, void> {
  const { size } = window;
  if (size < footerBytes || window.u64(size - 8) !== tableMagic) {
    return broken('it does not end as a table');
  }
  const footer = new Cursor(Buffer.from(window.bytes(size - footerBytes, footerBytes - 8)), broken);
  // The first handle is of a block of metadata, which TensorFlow leaves empty.
  footer.handle();
  const index = footer.handle();
  let reached = 0;
  for (const { value } of entriesOf(readBlock(window, index, broken), broken)) {
    const handle = new Cursor(value, broken).handle();
    // Blocks follow one another: otherwise a small file could hold one block very often.
    if (handle.offset < reached) broken('its blocks overlap');
    reached = handle.offset + handle.length + trailerBytes;
    yield* entriesOf(readBlock(window, handle, broken), broken);
  }
}

interface Handle {
  readonly offset: number;
  readonly length: number;
}

class Cursor {
  at = 0;
  readonly #bytes: Buffer;
  readonly #broken: Broken;

  constructor(bytes: Buffer, broken: Broken) {
    this.#bytes = bytes;
    this.#broken = broken;
  }

  varint(): number {
    let value = 0;
    for (let scale = 1; scale < 2 ** 63; scale *= 128) {
      const byte = this.#bytes[this.at++];
      if (byte === undefined) break;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    return this.#broken('a number has no end');
  }

  handle(): Handle {
    return { offset: this.varint(), length: this.varint() };
  }

  take(length: number): Buffer {
    this.at += length;
    if (this.at > this.#bytes.length) this.#broken('an entry is cut short');
    return this.#bytes.subarray(this.at - length, this.at);
  }
}

function readBlock(window: FileWindow, { offset, length }: Handle, broken: Broken): Buffer {
  if (offset + length + trailerBytes > window.size) return broken('a block lies beyond its end');
  const stored = window.bytes(offset, length + trailerBytes);
  if (maskedCrc32c(stored, 0, length + 1) !== stored.readUInt32LE(length + 1)) {
    return broken('a block fails its checksum');
  }
  const content = Buffer.from(stored.subarray(0, length));
  const compression = stored[length];
  if (compression === 0) return content;
  if (compression !== 1) return broken(`a block is packed by the unknown method ${compression}`);
  const size = new Cursor(content, broken).varint();
  // A copy of 64 bytes takes at least two.
  if (size > maxBlockBytes || size > 64 * length) return broken('a block unpacks to too much');
  const unpacked = Buffer.alloc(size);
  try {
    snappyUncompress(content, unpacked);
  } catch {
    return broken('a block cannot be unpacked');
  }
  return unpacked;
}

/** Keys share their beginnings with the key before. */
function* entriesOf(block: Buffer, broken: Broken): Generator<Entry, void> {
  const restarts = block.length >= 4 ? block.readUInt32LE(block.length - 4) : 0;
  const end = block.length - 4 * (restarts + 1);
  if (end < 0) return broken('a block is too short');
  const cursor = new Cursor(block.subarray(0, end), broken);
  let key: Buffer = Buffer.alloc(0);
  while (cursor.at < end) {
    const [shared, rest, length] = [cursor.varint(), cursor.varint(), cursor.varint()];
    if (shared > key.length) broken('a key begins with more than the key before');
    const next = Buffer.concat([key.subarray(0, shared), cursor.take(rest)]);
    if (Buffer.compare(key, next) > 0) broken('its keys are not in order');
    key = next;
    yield { key, value: cursor.take(length) };
  }
}

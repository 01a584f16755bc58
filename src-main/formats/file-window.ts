/**
 * Numbers and short pieces anywhere in a file, through a window that moves along with the reading.
 * Nothing larger than `maxPieceBytes` is ever held, whatever sizes a file declares.
 */
import { CairnError } from '../base/errors.ts';
import type { PositionalFile } from './positional.ts';

const windowBytes = 256 * 1024;
/** Names, metadata and messages: far above any that is meant. */
const maxPieceBytes = 64 * 1024 * 1024;

export class FileWindow {
  readonly file: PositionalFile;
  readonly #littleEndian: boolean;
  #bytes: Buffer = Buffer.alloc(0);
  #from = 0;

  constructor(file: PositionalFile, littleEndian = true) {
    this.file = file;
    this.#littleEndian = littleEndian;
  }

  get size(): number {
    return this.file.size;
  }

  /**
   * The bytes from `offset` on; they are valid until the next call.
   * @throws CairnError `corrupt` when the file does not hold them, `unsupported` when they are more
   *   than any header needs
   */
  bytes(offset: number, length: number): Buffer {
    const at = offset - this.#from;
    if (at >= 0 && at + length <= this.#bytes.length) return this.#bytes.subarray(at, at + length);
    if (length > maxPieceBytes) {
      throw new CairnError(
        'unsupported',
        `${this.file.path} has a piece of over 64 MiB where names and settings are expected.`,
      );
    }
    const wanted = Math.max(length, Math.min(windowBytes, this.size - offset));
    this.#bytes = this.file.readSync(offset, wanted);
    this.#from = offset;
    return this.#bytes.subarray(0, length);
  }

  u8(offset: number): number {
    return this.#bytes[offset - this.#from] ?? this.bytes(offset, 1)[0]!;
  }

  u16(offset: number): number {
    const bytes = this.bytes(offset, 2);
    return this.#littleEndian ? bytes.readUInt16LE(0) : bytes.readUInt16BE(0);
  }

  u32(offset: number): number {
    const bytes = this.bytes(offset, 4);
    return this.#littleEndian ? bytes.readUInt32LE(0) : bytes.readUInt32BE(0);
  }

  i32(offset: number): number {
    return this.u32(offset) | 0;
  }

  u64(offset: number): bigint {
    const bytes = this.bytes(offset, 8);
    return this.#littleEndian ? bytes.readBigUInt64LE(0) : bytes.readBigUInt64BE(0);
  }

  f32(offset: number): number {
    const bytes = this.bytes(offset, 4);
    return this.#littleEndian ? bytes.readFloatLE(0) : bytes.readFloatBE(0);
  }

  f64(offset: number): number {
    const bytes = this.bytes(offset, 8);
    return this.#littleEndian ? bytes.readDoubleLE(0) : bytes.readDoubleBE(0);
  }
}

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
    const at = this.#place(offset, length);
    return this.#bytes.subarray(at, at + length);
  }

  text(offset: number, length: number): string {
    const at = this.#place(offset, length);
    return this.#bytes.toString('utf8', at, at + length);
  }

  u8(offset: number): number {
    const at = this.#place(offset, 1);
    return this.#bytes[at]!;
  }

  u16(offset: number): number {
    const at = this.#place(offset, 2);
    return this.#littleEndian ? this.#bytes.readUInt16LE(at) : this.#bytes.readUInt16BE(at);
  }

  u32(offset: number): number {
    const at = this.#place(offset, 4);
    return this.#littleEndian ? this.#bytes.readUInt32LE(at) : this.#bytes.readUInt32BE(at);
  }

  i32(offset: number): number {
    return this.u32(offset) | 0;
  }

  u64(offset: number): bigint {
    const at = this.#place(offset, 8);
    return this.#littleEndian ? this.#bytes.readBigUInt64LE(at) : this.#bytes.readBigUInt64BE(at);
  }

  /** A 64-bit number without sign, rounded where it is beyond 2^53. */
  u64Rounded(offset: number): number {
    const [low, high] = this.#littleEndian ? [offset, offset + 4] : [offset + 4, offset];
    return this.u32(high) * 4294967296 + this.u32(low);
  }

  f32(offset: number): number {
    const at = this.#place(offset, 4);
    return this.#littleEndian ? this.#bytes.readFloatLE(at) : this.#bytes.readFloatBE(at);
  }

  f64(offset: number): number {
    const at = this.#place(offset, 8);
    return this.#littleEndian ? this.#bytes.readDoubleLE(at) : this.#bytes.readDoubleBE(at);
  }

  /** Where in the window the bytes are, which is moved if need be. */
  #place(offset: number, length: number): number {
    const at = offset - this.#from;
    if (at >= 0 && at + length <= this.#bytes.length) return at;
    if (length > maxPieceBytes) {
      throw new CairnError(
        'unsupported',
        `${this.file.path} has a piece of over 64 MiB where names and settings are expected.`,
      );
    }
    const wanted = Math.max(length, Math.min(windowBytes, this.size - offset));
    this.#bytes = this.file.readSync(offset, wanted);
    this.#from = offset;
    return 0;
  }
}

/** The bytes of a pickle, one after the other. */
import type { PickleSource } from './values.ts';

const windowBytes = 1 << 18;

export class PickleInput {
  readonly source: PickleSource;
  readonly #broken: (problem: string) => never;
  #window: Buffer = Buffer.alloc(0);
  /** Where the window starts in the source, and the next byte within the window. */
  #base: number;
  #at = 0;

  constructor(source: PickleSource, at: number, broken: (problem: string) => never) {
    this.source = source;
    this.#base = at;
    this.#broken = broken;
  }

  /** The place of the next byte in the source. */
  get at(): number {
    return this.#base + this.#at;
  }

  u8(): number {
    const at = this.#need(1);
    return this.#window[at]!;
  }

  u16(): number {
    const at = this.#need(2);
    return this.#window.readUInt16LE(at);
  }

  u32(): number {
    const at = this.#need(4);
    return this.#window.readUInt32LE(at);
  }

  i32(): number {
    const at = this.#need(4);
    return this.#window.readInt32LE(at);
  }

  /** An unsigned 64-bit length that the source can hold. */
  length64(): number {
    const at = this.#need(8);
    const value = this.#window.readBigUInt64LE(at);
    if (value > BigInt(this.source.size)) return this.#broken('it ends inside a value');
    return Number(value);
  }

  f64(): number {
    const at = this.#need(8);
    return this.#window.readDoubleBE(at);
  }

  /** A view that is only good until the next call. */
  bytes(length: number): Buffer {
    const at = this.#need(length);
    return this.#window.subarray(at, at + length);
  }

  /** The rest of a line of at most `limit` characters, without its end. */
  line(limit: number): string {
    let text = '';
    for (;;) {
      if (text.length > limit) return this.#broken('a line in it is too long');
      const character = this.u8();
      if (character === 0x0a) return text.endsWith('\r') ? text.slice(0, -1) : text;
      text += String.fromCharCode(character);
    }
  }

  skip(length: number): void {
    this.jump(this.at + length);
  }

  /** Goes on at another place of the source. */
  jump(to: number): void {
    if (to > this.source.size) this.#broken('it ends inside a value');
    const within = to - this.#base;
    if (within >= 0 && within <= this.#window.length) this.#at = within;
    else {
      this.#base = to;
      this.#at = 0;
      this.#window = Buffer.alloc(0);
    }
  }

  /**
   * Makes `length` bytes available in the window, which may become another one, and steps over
   * them; returns where they start in it.
   */
  #need(length: number): number {
    const start = this.#at;
    if (start + length <= this.#window.length) {
      this.#at = start + length;
      return start;
    }
    const { at } = this;
    const left = this.source.size - at;
    if (length > left) return this.#broken('it ends inside a value');
    this.#window = this.source.read(at, Math.min(left, Math.max(length, windowBytes)));
    this.#base = at;
    this.#at = length;
    return 0;
  }
}

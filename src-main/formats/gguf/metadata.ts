/** The key-value part of a GGUF header. */
import type { FileWindow } from '../file-window.ts';
import { type Broken, shortened } from '../tensor-parts.ts';

/** Bytes of one value, by its type; 8 is text and 9 a list. */
const sizes: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};
const textType = 8;
const listType = 9;
/** A list is shown by its first values; vocabularies have 100 000 and more. */
const shownItems = 8;
const maxTextBytes = 16 * 1024 * 1024;
const maxDepth = 8;

/** Walks through the header; `at` is the next byte. */
export class HeaderCursor {
  at: number;
  readonly #window: FileWindow;
  readonly #broken: Broken;
  /** Version 1 has counts and lengths of 32 bits. */
  readonly #narrow: boolean;

  constructor(window: FileWindow, at: number, narrow: boolean, broken: Broken) {
    this.#window = window;
    this.at = at;
    this.#narrow = narrow;
    this.#broken = broken;
  }

  u32(): number {
    this.at += 4;
    return this.#window.u32(this.at - 4);
  }

  /** A 64-bit number that counts or measures something in the file. */
  u64(): number {
    this.at += 8;
    const value = this.#window.u64Rounded(this.at - 8);
    if (!Number.isSafeInteger(value)) this.#broken('a number is larger than any file');
    return value;
  }

  /** A count or length, as wide as the version has them. */
  count(): number {
    return this.#narrow ? this.u32() : this.u64();
  }

  /** @param limit in bytes */
  text(limit = maxTextBytes): string {
    const length = this.count();
    if (length > limit) this.#broken(`a text is longer than ${limit} bytes`);
    this.at += length;
    return this.#window.text(this.at - length, length);
  }

  /** The next value as it is shown. */
  value(): string {
    return this.#value(this.u32(), 0);
  }

  /** Refuses a count of things that the rest of the file cannot hold. */
  expectRoom(count: number, bytesEach: number): void {
    if (count * bytesEach > this.#window.size - this.at) {
      this.#broken('it declares more than it holds');
    }
  }

  #value(type: number, depth: number): string {
    if (type === textType) return shortened(this.text());
    if (type === listType) return this.#list(depth);
    const size = sizes[type];
    if (size === undefined) return this.#broken(`the value type ${type} is unknown`);
    this.at += size;
    return this.#scalar(type, this.at - size);
  }

  #scalar(type: number, at: number): string {
    const window = this.#window;
    if (type === 0) return String(window.u8(at));
    if (type === 1) return String((window.u8(at) << 24) >> 24);
    if (type === 2) return String(window.u16(at));
    if (type === 3) return String((window.u16(at) << 16) >> 16);
    if (type === 4) return String(window.u32(at));
    if (type === 5) return String(window.i32(at));
    if (type === 6) return shortFloat(window.f32(at));
    if (type === 7) return window.u8(at) === 0 ? 'false' : 'true';
    if (type === 10) return String(window.u64(at));
    if (type === 11) return String(BigInt.asIntN(64, window.u64(at)));
    return String(window.f64(at));
  }

  #list(depth: number): string {
    if (depth === maxDepth) this.#broken('its lists are nested too deeply');
    const type = this.u32();
    const count = this.count();
    const size = sizes[type];
    const least = size ?? (type === textType ? (this.#narrow ? 4 : 8) : 4 + (this.#narrow ? 4 : 8));
    this.expectRoom(count, least);
    const shown: string[] = [];
    for (let index = 0; index < count; index++) {
      if (shown.length < shownItems) shown.push(this.#value(type, depth + 1));
      else if (size !== undefined) {
        this.at += size * (count - index);
        break;
      } else if (type === textType) this.#skipText();
      else this.#value(type, depth + 1);
    }
    const items = shown.map((item) =>
      type === textType ? JSON.stringify(shortened(item, 100)) : item,
    );
    return count > shown.length ? `[${items.join(', ')}, …] (${count})` : `[${items.join(', ')}]`;
  }

  #skipText(): void {
    const length = this.count();
    this.expectRoom(length, 1);
    this.at += length;
  }
}

/** A float32 with as few digits as tell it from its neighbours. */
function shortFloat(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(value);
}

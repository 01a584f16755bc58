/**
 * Reading FlatBuffers in place (https://flatbuffers.dev/internals/): tables of fields that are found
 * through a table of offsets. Every offset and count is checked against the file's size.
 */
import type { FileWindow } from './file-window.ts';
import type { Broken } from './tensor-parts.ts';

/** A list: where its items start, and how many there are. */
export interface Vector {
  readonly at: number;
  readonly count: number;
}

const maxTextBytes = 1024 * 1024;

export class FlatTable {
  readonly #window: FileWindow;
  readonly #broken: Broken;
  readonly #at: number;
  readonly #fields: number;
  readonly #fieldBytes: number;

  constructor(window: FileWindow, at: number, broken: Broken) {
    this.#window = window;
    this.#broken = broken;
    this.#at = at;
    this.#fields = at - window.i32(at);
    if (this.#fields < 0) broken('a table lies before its start');
    this.#fieldBytes = window.u16(this.#fields);
  }

  /** The table that all belongs to, which the first four bytes of the FlatBuffer point to. */
  static root(window: FileWindow, broken: Broken, start = 0): FlatTable {
    return new FlatTable(window, start + window.u32(start), broken);
  }

  /** A number of 8 bits without sign. */
  u8(field: number, otherwise = 0): number {
    const at = this.#place(field);
    return at === 0 ? otherwise : this.#window.u8(at);
  }

  i32(field: number, otherwise = 0): number {
    const at = this.#place(field);
    return at === 0 ? otherwise : this.#window.i32(at);
  }

  u32(field: number, otherwise = 0): number {
    return this.i32(field, otherwise) >>> 0;
  }

  /** A number of 64 bits that counts or measures something. */
  u64(field: number): number {
    const at = this.#place(field);
    if (at === 0) return 0;
    const value = this.#window.u64Rounded(at);
    return Number.isSafeInteger(value) ? value : this.#broken('a number is larger than any file');
  }

  f64(field: number, otherwise: number): number {
    const at = this.#place(field);
    return at === 0 ? otherwise : this.#window.f64(at);
  }

  text(field: number): string {
    const { at, count } = this.vector(field, 1);
    if (count > maxTextBytes) this.#broken(`a text is longer than ${maxTextBytes} bytes`);
    return this.#window.text(at, count);
  }

  /** @param itemBytes of one item; the whole list is checked to be in the file */
  vector(field: number, itemBytes: number): Vector {
    const place = this.#place(field);
    if (place === 0) return { at: 0, count: 0 };
    const start = place + this.#window.u32(place);
    const count = this.#window.u32(start);
    if (start + 4 + count * itemBytes > this.#window.size) {
      return this.#broken('a list lies beyond its end');
    }
    return { at: start + 4, count };
  }

  /** The tables in a list, one by one. */
  *tables(field: number): Generator<FlatTable, void> {
    const { at, count } = this.vector(field, 4);
    for (let index = 0; index < count; index++) {
      const place = at + 4 * index;
      yield new FlatTable(this.#window, place + this.#window.u32(place), this.#broken);
    }
  }

  table(field: number): FlatTable | null {
    const place = this.#place(field);
    if (place === 0) return null;
    return new FlatTable(this.#window, place + this.#window.u32(place), this.#broken);
  }

  /** A list of 32-bit numbers with sign. */
  integers(field: number, limit: number): number[] {
    const { at, count } = this.vector(field, 4);
    if (count > limit) this.#broken('a list is too long');
    return Array.from({ length: count }, (_, index) => this.#window.i32(at + 4 * index));
  }

  /** Where a field is; 0 when it has its default. */
  #place(field: number): number {
    const entry = 4 + 2 * field;
    if (entry + 2 > this.#fieldBytes) return 0;
    const offset = this.#window.u16(this.#fields + entry);
    return offset === 0 ? 0 : this.#at + offset;
  }
}

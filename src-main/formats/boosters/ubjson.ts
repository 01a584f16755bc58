/**
 * Universal Binary JSON (https://ubjson.org), as XGBoost writes it: big-endian numbers, lengths of 64
 * bits, typed lists. Yields the same values as JSON, and where each typed list lies in the file.
 */
import type { FileWindow } from '../file-window.ts';
import type { JsonObject, JsonValue } from '../json-values.ts';
import type { Broken } from '../tensor-parts.ts';
import type { ArrayType } from './arrays.ts';

/** Where the numbers of a list are. */
export interface ListPlace {
  readonly type: ArrayType;
  readonly offset: number;
  readonly bytes: number;
}

interface NumberType {
  readonly type: ArrayType;
  readonly bytes: number;
  read(window: FileWindow, at: number): number;
}

const maxDepth = 64;
const maxTextBytes = 1024 * 1024;
const numbers: ReadonlyMap<string, NumberType> = new Map([
  ['i', { type: 'i8', bytes: 1, read: (window, at) => (window.u8(at) << 24) >> 24 }],
  ['U', { type: 'u8', bytes: 1, read: (window, at) => window.u8(at) }],
  ['I', { type: 'i16', bytes: 2, read: (window, at) => (window.u16(at) << 16) >> 16 }],
  ['l', { type: 'i32', bytes: 4, read: (window, at) => window.i32(at) }],
  ['L', { type: 'i64', bytes: 8, read: (window, at) => Number(BigInt.asIntN(64, window.u64(at))) }],
  ['d', { type: 'f32', bytes: 4, read: (window, at) => window.f32(at) }],
  ['D', { type: 'f64', bytes: 8, read: (window, at) => window.f64(at) }],
]);

export class UbjsonReader {
  /** Where the typed lists are. */
  readonly places = new Map<JsonValue, ListPlace>();
  readonly #window: FileWindow;
  readonly #broken: Broken;
  #at = 0;

  /** @param window must read big-endian numbers */
  constructor(window: FileWindow, broken: Broken) {
    this.#window = window;
    this.#broken = broken;
  }

  /** The one value that the file is. */
  document(): JsonValue {
    const value = this.#value(this.#mark(), 0);
    if (this.#at < this.#window.size) this.#broken('something follows the end');
    return value;
  }

  #mark(): string {
    // Marks that mean nothing may stand anywhere.
    for (;;) {
      const mark = String.fromCharCode(this.#window.u8(this.#at++));
      if (mark !== 'N') return mark;
    }
  }

  #skip(mark: string): boolean {
    if (this.#at >= this.#window.size) return false;
    if (String.fromCharCode(this.#window.u8(this.#at)) !== mark) return false;
    this.#at++;
    return true;
  }

  #value(mark: string, depth: number): JsonValue {
    if (depth > maxDepth) return this.#broken('it is nested too deeply');
    const number = numbers.get(mark);
    if (number) return this.#number(number);
    if (mark === '{') return this.#object(depth);
    if (mark === '[') return this.#list(depth);
    if (mark === 'S') return this.#text();
    if (mark === 'C') return String.fromCharCode(this.#window.u8(this.#at++));
    if (mark === 'T') return true;
    if (mark === 'F') return false;
    if (mark === 'Z') return null;
    return this.#broken(`the mark ${JSON.stringify(mark)} is unknown`);
  }

  #number(number: NumberType): number {
    this.#at += number.bytes;
    return number.read(this.#window, this.#at - number.bytes);
  }

  #count(): number {
    const number = numbers.get(this.#mark());
    const count = number && number.type[0] !== 'f' ? this.#number(number) : -1;
    return Number.isSafeInteger(count) && count >= 0 ? count : this.#broken('a length is no size');
  }

  #text(): string {
    const length = this.#count();
    if (length > maxTextBytes) this.#broken(`a text is longer than ${maxTextBytes} bytes`);
    this.#at += length;
    return this.#window.text(this.#at - length, length);
  }

  #object(depth: number): JsonObject {
    if (this.#skip('$')) return this.#broken('an object has one type for all of its members');
    const members = new Map<string, JsonValue>();
    const count = this.#skip('#') ? this.#count() : null;
    while (count === null ? !this.#skip('}') : members.size < count) {
      const key = this.#text();
      if (members.has(key)) this.#broken(`the key ${JSON.stringify(key)} occurs twice`);
      members.set(key, this.#value(this.#mark(), depth + 1));
    }
    return members;
  }

  #list(depth: number): JsonValue {
    const type = this.#skip('$') ? this.#mark() : null;
    if (this.#skip('#')) {
      const count = this.#count();
      const number = type === null ? undefined : numbers.get(type);
      if (number) return this.#typedList(number, count);
      if (type !== null && type !== 'S')
        this.#broken(`the mark ${JSON.stringify(type)} is unknown`);
      // Each item takes at least a byte.
      if (count > this.#window.size - this.#at) this.#broken('it declares more than it holds');
      return finish(
        Array.from({ length: count }, () => this.#value(type ?? this.#mark(), depth + 1)),
      );
    }
    if (type !== null) return this.#broken('a list has a type but no length');
    const items: JsonValue[] = [];
    while (!this.#skip(']')) items.push(this.#value(this.#mark(), depth + 1));
    return finish(items);
  }

  #typedList(number: NumberType, count: number): JsonValue {
    const [offset, bytes] = [this.#at, count * number.bytes];
    if (bytes > this.#window.size - offset) this.#broken('it declares more than it holds');
    this.#at += bytes;
    const values = new Float64Array(count);
    for (let index = 0; index < count; index++) {
      values[index] = number.read(this.#window, offset + index * number.bytes);
    }
    this.places.set(values, { type: number.type, offset, bytes });
    return values;
  }
}

function finish(items: JsonValue[]): JsonValue {
  const numeric = items.length > 0 && items.every((item) => typeof item === 'number');
  return numeric ? Float64Array.from(items as number[]) : items;
}

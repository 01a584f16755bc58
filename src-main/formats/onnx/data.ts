/** The element types of ONNX, and where a tensor's elements may be in its message. */
import { type DType, numeric, opaque } from '../dtypes.ts';
import type { TensorContent } from '../tensor-file.ts';
import { maxInlineBytes, plainRange } from '../tensor-parts.ts';
import { type Field, type Source, varintsOf, wire } from './wire.ts';

/** By the number of `TensorProto.DataType`; text (8) is none of them. */
export const onnxTypes: ReadonlyMap<number, DType> = new Map([
  [1, numeric('f32')],
  [2, numeric('u8')],
  [3, numeric('i8')],
  [4, numeric('u16')],
  [5, numeric('i16')],
  [6, numeric('i32')],
  [7, numeric('i64')],
  [9, numeric('bool')],
  [10, numeric('f16')],
  [11, numeric('f64')],
  [12, numeric('u32')],
  [13, numeric('u64')],
  [14, opaque('c64', 64)],
  [15, opaque('c128', 128)],
  [16, numeric('bf16')],
  [17, numeric('f8_e4m3')],
  [18, numeric('f8_e4m3fnuz')],
  [19, numeric('f8_e5m2')],
  [20, numeric('f8_e5m2fnuz')],
  [21, opaque('u4', 4)],
  [22, opaque('i4', 4)],
  [23, opaque('f4', 4)],
  [24, numeric('f8_e8m0')],
  [25, opaque('u2', 2)],
  [26, opaque('i2', 2)],
]);

/** What is left of the 64 MB that one file may have in values that have to be held. */
export class InlineBudget {
  #left = maxInlineBytes;
  readonly #source: Source;

  constructor(source: Source) {
    this.#source = source;
  }

  take(bytes: number): void {
    this.#left -= bytes;
    if (this.#left < 0) this.#source.broken('it has over 64 MiB of values outside raw data');
  }
}

/** The values of a repeated field of numbers: where they lie, or a copy when they are scattered. */
export class NumberList {
  readonly #source: Source;
  readonly #budget: InlineBudget;
  /** Packed floats in one piece lie in the file as raw data does. */
  #piece: Field | null = null;
  #bytes = Buffer.alloc(0);
  #length = 0;

  constructor(source: Source, budget: InlineBudget) {
    this.#source = source;
    this.#budget = budget;
  }

  get isEmpty(): boolean {
    return this.#piece === null && this.#length === 0;
  }

  /** Adds a field of floats, one or packed. */
  addFloats(field: Field): void {
    if (field.type === wire.varint) this.#source.broken('a number has the wrong type');
    if (this.isEmpty && field.type === wire.bytes) this.#piece = field;
    else this.#append(this.#bytesOf(field));
  }

  /** Adds a field of whole numbers, one or packed; each is kept in 64 bits. */
  addIntegers(field: Field): void {
    const item = Buffer.alloc(8);
    for (const value of varintsOf(this.#source, field)) {
      item.writeBigUInt64LE(BigInt.asUintN(64, value));
      this.#append(item);
    }
  }

  /** All values one after the other. */
  content(): TensorContent {
    const piece = this.#piece;
    if (piece && this.#length === 0) {
      return plainRange(this.#source.window.file.path, piece.from, piece.to - piece.from);
    }
    return { kind: 'inline', length: this.#length, bytes: this.#bytes.subarray(0, this.#length) };
  }

  /** Integers of 64 bits cut down to narrower ones; those below 8 bits share a byte. */
  narrowed(bits: number): TensorContent {
    const itemBytes = Math.max(1, Math.min(8, bits / 8));
    const count = this.#length / 8;
    const bytes = Buffer.alloc(count * itemBytes);
    for (let index = 0; index < count; index++) {
      this.#bytes.copy(bytes, index * itemBytes, index * 8, index * 8 + itemBytes);
    }
    return { kind: 'inline', length: bytes.length, bytes };
  }

  #bytesOf({ from, to }: Field): Buffer {
    return this.#source.window.bytes(from, to - from);
  }

  #append(bytes: Buffer): void {
    const piece = this.#piece;
    if (piece) {
      const added = Buffer.from(bytes);
      this.#piece = null;
      this.#append(this.#bytesOf(piece));
      this.#append(added);
      return;
    }
    this.#budget.take(bytes.length);
    const length = this.#length + bytes.length;
    if (length > this.#bytes.length) {
      const larger = Buffer.alloc(Math.max(64, length, this.#bytes.length * 2));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    bytes.copy(this.#bytes, this.#length);
    this.#length = length;
  }
}

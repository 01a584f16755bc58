/** Pieces of tensors in the memory of the kernels, widened block by block to what the kernels take. */
import { numeric } from '../formats/dtypes.ts';
import { widen } from '../formats/tensor-values.ts';
import type { NumericDType } from '../formats/tensors.ts';
import { createKernels, type Kernels, reservedBytes } from './tensor-kernels.ts';

/** Bytes of one side that are read at once. */
export const pieceBytes = 1 << 20;
/** Elements summed at once: few enough for the first-level cache, whatever their type. */
export const blockElements = 2048;

/** A place in the kernels' memory and how elements there are to be read. */
interface Operand {
  readonly piece: Uint8Array<ArrayBuffer>;
  readonly staging: Uint8Array<ArrayBuffer>;
  type: NumericDType;
}

const shortFloats: ReadonlySet<NumericDType> = new Set(['f32', 'f16', 'bf16']);

/** Bits of an element. */
export const itemBits = (type: NumericDType) => numeric(type).bits as 8 | 16 | 32 | 64;

export class Operands {
  readonly kernels: Kernels;
  readonly #operands: readonly Operand[];
  /** Whether the kernels are given float64; short floats on all sides stay float32. */
  wide = false;

  constructor(count: number) {
    const staging = blockElements * 8;
    this.kernels = createKernels(count * (pieceBytes + staging));
    this.#operands = Array.from({ length: count }, (_, index) => {
      const at = reservedBytes + index * (pieceBytes + staging);
      return {
        piece: new Uint8Array(this.kernels.memory, at, pieceBytes),
        staging: new Uint8Array(this.kernels.memory, at + pieceBytes, staging),
        type: 'f32' as NumericDType,
      };
    });
  }

  get count(): number {
    return this.#operands.length;
  }

  /** Where up to `pieceBytes` of one side are put. */
  piece(operand: number): Uint8Array<ArrayBuffer> {
    return this.#operands[operand]!.piece;
  }

  /** The address where up to a block of one side is widened to. */
  staging(operand: number): number {
    return this.#operands[operand]!.staging.byteOffset;
  }

  type(operand: number): NumericDType {
    return this.#operands[operand]!.type;
  }

  /** Begins with tensors of these types, the first for the first operand. */
  start(types: readonly NumericDType[]): void {
    for (const [index, type] of types.entries()) this.#operands[index]!.type = type;
    this.wide = !types.every((type) => shortFloats.has(type));
  }

  /** Makes `count` elements from `at` on readable for the kernels; returns their address. */
  prepare(operand: number, at: number, count: number): number {
    const { piece, staging, type } = this.#operands[operand]!;
    const itemBytes = itemBits(type) / 8;
    const from = piece.byteOffset + at * itemBytes;
    if (this.wide) {
      if (type === 'f64') return from;
      const into = new Float64Array(staging.buffer, staging.byteOffset, count);
      widen(type, piece.subarray(at * itemBytes, (at + count) * itemBytes), count, into);
    } else {
      if (type === 'f32') return from;
      // Up to three codes behind the end are widened too; the staging area has room for them.
      const bytes = Math.ceil(count / 4) * 8;
      const kernel = type === 'f16' ? this.kernels.widenF16 : this.kernels.widenBf16;
      kernel(from, bytes, staging.byteOffset);
    }
    return staging.byteOffset;
  }

  /** Makes `count` float32 at an address float64, for the kernels that take those; their address. */
  widened(operand: number, address: number, count: number): number {
    const { staging } = this.#operands[operand]!;
    const { buffer, byteOffset } = staging;
    new Float64Array(buffer, byteOffset, count).set(new Float32Array(buffer, address, count));
    return byteOffset;
  }

  /** What was prepared, as numbers. */
  view(address: number, count: number): Float64Array | Float32Array {
    const { memory } = this.kernels;
    return this.wide
      ? new Float64Array(memory, address, count)
      : new Float32Array(memory, address, count);
  }

  /** The two lanes of one sum together. */
  sum(index: number): number {
    const { sums } = this.kernels;
    return sums[2 * index]! + sums[2 * index + 1]!;
  }
}

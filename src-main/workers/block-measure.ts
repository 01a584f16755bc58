/** From pieces of two tensors to sums, block by block through the kernels. */
import { numeric } from '../formats/dtypes.ts';
import { widen } from '../formats/tensor-values.ts';
import type { NumericDType } from '../formats/tensors.ts';
import { createKernels, type Kernels, pairSums, reservedBytes } from './tensor-kernels.ts';
import { PairSums } from './tensor-sums.ts';

/** Bytes of one side that are read at once. */
export const pieceBytes = 1 << 20;
/** Elements summed at once: few enough for the first-level cache, whatever their type. */
const blockElements = 2048;

/** A place in the kernels' memory and how elements there are to be read. */
interface Operand {
  readonly piece: Uint8Array<ArrayBuffer>;
  readonly staging: Uint8Array<ArrayBuffer>;
  type: NumericDType;
}

const shortFloats: ReadonlySet<NumericDType> = new Set(['f32', 'f16', 'bf16']);

const itemBits = (type: NumericDType) => numeric(type).bits as 8 | 16 | 32 | 64;

/** Where the kernels leave a sum. */
const sumAt = Object.fromEntries(pairSums.map((name, index) => [name, index])) as Record<
  (typeof pairSums)[number],
  number
>;

/** Measures one pair of tensors at a time: `start`, fill `left` and `right`, `add`, repeat. */
export class BlockMeasure {
  readonly #kernels: Kernels;
  readonly #left: Operand;
  readonly #right: Operand;
  /** Whether the kernels are given float64; short floats on both sides stay float32. */
  #wide = false;
  sums = new PairSums();
  /** Elements that differ so far: in their bits, or in their values when the types differ. */
  changed = 0;

  constructor() {
    const staging = blockElements * 8;
    this.#kernels = createKernels(2 * (pieceBytes + staging));
    const operand = (at: number): Operand => ({
      piece: new Uint8Array(this.#kernels.memory, at, pieceBytes),
      staging: new Uint8Array(this.#kernels.memory, at + pieceBytes, staging),
      type: 'f32',
    });
    this.#left = operand(reservedBytes);
    this.#right = operand(reservedBytes + pieceBytes + staging);
  }

  get left(): Uint8Array {
    return this.#left.piece;
  }

  get right(): Uint8Array {
    return this.#right.piece;
  }

  start(left: NumericDType, right: NumericDType): void {
    this.sums = new PairSums();
    this.changed = 0;
    this.#left.type = left;
    this.#right.type = right;
    this.#wide = !(shortFloats.has(left) && shortFloats.has(right));
  }

  /** Adds the first `items` elements that lie in `left` and `right`. */
  add(items: number): void {
    const [left, right] = [this.#left, this.#right];
    const sameType = left.type === right.type;
    const bytes = (items * itemBits(left.type)) / 8;
    const equal =
      sameType &&
      Buffer.compare(left.piece.subarray(0, bytes), right.piece.subarray(0, bytes)) === 0;
    if (sameType && !equal) this.changed += items - this.#countEqual(items);
    for (let at = 0; at < items; at += blockElements) {
      const count = Math.min(blockElements, items - at);
      const x = this.#prepare(left, at, count);
      if (equal) this.#addEqual(x, count);
      else {
        const y = this.#prepare(right, at, count);
        if (!sameType) this.changed += countDifferent(this.#view(x, count), this.#view(y, count));
        this.#addPairs(x, y, count);
      }
    }
  }

  /** Elements of equal bits; the rest behind the last whole vector is compared here. */
  #countEqual(items: number): number {
    const bits = itemBits(this.#left.type);
    const itemBytes = bits / 8;
    const bytes = items * itemBytes;
    const whole = bytes - (bytes % 16);
    const [x, y] = [this.#left.piece, this.#right.piece];
    let equal = whole === 0 ? 0 : this.#kernels[`equal${bits}`](x.byteOffset, y.byteOffset, whole);
    for (let at = whole; at < bytes; at += itemBytes) {
      const end = at + itemBytes;
      if (Buffer.compare(x.subarray(at, end), y.subarray(at, end)) === 0) equal++;
    }
    return equal;
  }

  /** Makes `count` elements from `at` on readable for the kernels; returns their address. */
  #prepare({ piece, staging, type }: Operand, at: number, count: number): number {
    const itemBytes = itemBits(type) / 8;
    const from = piece.byteOffset + at * itemBytes;
    if (this.#wide) {
      if (type === 'f64') return from;
      const into = new Float64Array(staging.buffer, staging.byteOffset, count);
      widen(type, piece.subarray(at * itemBytes, (at + count) * itemBytes), count, into);
    } else {
      if (type === 'f32') return from;
      // Up to three codes behind the end are widened too; the staging area has room for them.
      const bytes = Math.ceil(count / 4) * 8;
      const kernel = type === 'f16' ? this.#kernels.widenF16 : this.#kernels.widenBf16;
      kernel(from, bytes, staging.byteOffset);
    }
    return staging.byteOffset;
  }

  #view(at: number, count: number): Float64Array | Float32Array {
    const { memory } = this.#kernels;
    return this.#wide ? new Float64Array(memory, at, count) : new Float32Array(memory, at, count);
  }

  #addEqual(x: number, count: number): void {
    const { sums } = this;
    const values = this.#view(x, count);
    const even = count - (count % 2);
    const shift = shiftOf(sums.left.finite, sums.left.mean, values[0]!);
    let done = 0;
    if (even > 0) {
      const kernel = this.#wide ? this.#kernels.side64 : this.#kernels.side32;
      kernel(x, even * (this.#wide ? 8 : 4), shift);
      if (Number.isFinite(this.#lanes(1))) {
        const squared = this.#addSide(sums.left, 0, even, shift);
        this.#addSide(sums.right, 0, even, shift);
        sums.pairs += even;
        sums.dot += squared;
        sums.squaredLeft += squared;
        sums.squaredRight += squared;
        done = even;
      }
    }
    for (; done < count; done++) sums.add(values[done]!, values[done]!);
  }

  #addPairs(x: number, y: number, count: number): void {
    const { sums } = this;
    const [left, right] = [this.#view(x, count), this.#view(y, count)];
    const even = count - (count % 2);
    const leftShift = shiftOf(sums.left.finite, sums.left.mean, left[0]!);
    const rightShift = shiftOf(sums.right.finite, sums.right.mean, right[0]!);
    let done = 0;
    if (even > 0) {
      const kernel = this.#wide ? this.#kernels.pairs64 : this.#kernels.pairs32;
      kernel(x, y, even * (this.#wide ? 8 : 4), leftShift, rightShift);
      // An element that is not finite shows in the squares; then the block is repeated with care.
      const { squaredDelta, absDelta, maxAbsDelta, dot, signFlips } = sumAt;
      const squares = [squaredDelta, sumAt['left squares'], sumAt['right squares']];
      if (squares.every((index) => Number.isFinite(this.#lanes(index)))) {
        const { sums: lanes } = this.#kernels;
        sums.pairs += even;
        sums.squaredDelta += this.#lanes(squaredDelta);
        sums.absDelta += this.#lanes(absDelta);
        const max = Math.max(lanes[2 * maxAbsDelta]!, lanes[2 * maxAbsDelta + 1]!);
        sums.maxAbsDelta = Math.max(sums.maxAbsDelta, max);
        sums.dot += this.#lanes(dot);
        sums.signFlips += this.#lanes(signFlips);
        sums.squaredLeft += this.#addSide(sums.left, sumAt['left sum'], even, leftShift);
        sums.squaredRight += this.#addSide(sums.right, sumAt['right sum'], even, rightShift);
        done = even;
      }
    }
    for (; done < count; done++) sums.add(left[done]!, right[done]!);
  }

  /** The two lanes of one sum together. */
  #lanes(index: number): number {
    const { sums } = this.#kernels;
    return sums[2 * index]! + sums[2 * index + 1]!;
  }

  /** Adds a block whose four sums start at `at`; returns the sum of its squared elements. */
  #addSide(side: PairSums['left'], at: number, count: number, shift: number): number {
    const { sums } = this.#kernels;
    const min = Math.min(sums[2 * (at + 2)]!, sums[2 * (at + 2) + 1]!);
    const max = Math.max(sums[2 * (at + 3)]!, sums[2 * (at + 3) + 1]!);
    return side.addBlock(count, shift, this.#lanes(at), this.#lanes(at + 1), min, max);
  }
}

/** The mean so far, or the first element; it has to be finite. */
function shiftOf(finite: number, mean: number, first: number): number {
  if (finite > 0) return mean;
  return Number.isFinite(first) ? first : 0;
}

function countDifferent(left: ArrayLike<number>, right: ArrayLike<number>): number {
  let different = 0;
  for (let index = 0; index < left.length; index++) {
    const [x, y] = [left[index]!, right[index]!];
    if (x !== y && !(Number.isNaN(x) && Number.isNaN(y))) different++;
  }
  return different;
}

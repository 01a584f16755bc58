/** From pieces of two tensors to sums, block by block through the kernels. */
import type { NumericDType } from '../formats/tensors.ts';
import { blockElements, itemBits, Operands } from './operands.ts';
import { pairSums } from './tensor-kernels.ts';
import { PairSums } from './tensor-sums.ts';

const [leftSide, rightSide] = [0, 1];

/** Where the kernels leave a sum. */
const sumAt = Object.fromEntries(pairSums.map((name, index) => [name, index])) as Record<
  (typeof pairSums)[number],
  number
>;

/** Measures one pair of tensors at a time: `start`, fill `left` and `right`, `add`, repeat. */
export class BlockMeasure {
  readonly #operands = new Operands(2);
  sums = new PairSums();
  /** Elements that differ so far: in their bits, or in their values when the types differ. */
  changed = 0;

  get left(): Uint8Array {
    return this.#operands.piece(leftSide);
  }

  get right(): Uint8Array {
    return this.#operands.piece(rightSide);
  }

  start(left: NumericDType, right: NumericDType): void {
    this.sums = new PairSums();
    this.changed = 0;
    this.#operands.start([left, right]);
  }

  /** Adds the first `items` elements that lie in `left` and `right`. */
  add(items: number): void {
    const operands = this.#operands;
    const type = operands.type(leftSide);
    const sameType = type === operands.type(rightSide);
    const bytes = (items * itemBits(type)) / 8;
    const equal =
      sameType && Buffer.compare(this.left.subarray(0, bytes), this.right.subarray(0, bytes)) === 0;
    if (sameType && !equal) this.changed += items - this.#countEqual(items);
    for (let at = 0; at < items; at += blockElements) {
      const count = Math.min(blockElements, items - at);
      const x = operands.prepare(leftSide, at, count);
      if (equal) this.#addEqual(x, count);
      else {
        const y = operands.prepare(rightSide, at, count);
        if (!sameType)
          this.changed += countDifferent(operands.view(x, count), operands.view(y, count));
        this.#addPairs(x, y, count);
      }
    }
  }

  /** Elements of equal bits; the rest behind the last whole vector is compared here. */
  #countEqual(items: number): number {
    const bits = itemBits(this.#operands.type(leftSide));
    const itemBytes = bits / 8;
    const bytes = items * itemBytes;
    const whole = bytes - (bytes % 16);
    const [x, y] = [this.left, this.right];
    let equal =
      whole === 0 ? 0 : this.#operands.kernels[`equal${bits}`](x.byteOffset, y.byteOffset, whole);
    for (let at = whole; at < bytes; at += itemBytes) {
      const end = at + itemBytes;
      if (Buffer.compare(x.subarray(at, end), y.subarray(at, end)) === 0) equal++;
    }
    return equal;
  }

  #addEqual(x: number, count: number): void {
    const { sums } = this;
    const values = this.#operands.view(x, count);
    const even = count - (count % 2);
    const shift = shiftOf(sums.left.finite, sums.left.mean, values[0]!);
    let done = 0;
    if (even > 0) {
      const kernel = this.#operands.wide
        ? this.#operands.kernels.side64
        : this.#operands.kernels.side32;
      kernel(x, even * (this.#operands.wide ? 8 : 4), shift);
      if (Number.isFinite(this.#operands.sum(1))) {
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
    const [left, right] = [this.#operands.view(x, count), this.#operands.view(y, count)];
    const even = count - (count % 2);
    const leftShift = shiftOf(sums.left.finite, sums.left.mean, left[0]!);
    const rightShift = shiftOf(sums.right.finite, sums.right.mean, right[0]!);
    let done = 0;
    if (even > 0) {
      const kernel = this.#operands.wide
        ? this.#operands.kernels.pairs64
        : this.#operands.kernels.pairs32;
      kernel(x, y, even * (this.#operands.wide ? 8 : 4), leftShift, rightShift);
      // An element that is not finite shows in the squares; then the block is repeated with care.
      const { squaredDelta, absDelta, maxAbsDelta, dot, signFlips } = sumAt;
      const squares = [squaredDelta, sumAt['left squares'], sumAt['right squares']];
      if (squares.every((index) => Number.isFinite(this.#operands.sum(index)))) {
        const { sums: lanes } = this.#operands.kernels;
        sums.pairs += even;
        sums.squaredDelta += this.#operands.sum(squaredDelta);
        sums.absDelta += this.#operands.sum(absDelta);
        const max = Math.max(lanes[2 * maxAbsDelta]!, lanes[2 * maxAbsDelta + 1]!);
        sums.maxAbsDelta = Math.max(sums.maxAbsDelta, max);
        sums.dot += this.#operands.sum(dot);
        sums.signFlips += this.#operands.sum(signFlips);
        sums.squaredLeft += this.#addSide(sums.left, sumAt['left sum'], even, leftShift);
        sums.squaredRight += this.#addSide(sums.right, sumAt['right sum'], even, rightShift);
        done = even;
      }
    }
    for (; done < count; done++) sums.add(left[done]!, right[done]!);
  }

  /** Adds a block whose four sums start at `at`; returns the sum of its squared elements. */
  #addSide(side: PairSums['left'], at: number, count: number, shift: number): number {
    const { sums } = this.#operands.kernels;
    const min = Math.min(sums[2 * (at + 2)]!, sums[2 * (at + 2) + 1]!);
    const max = Math.max(sums[2 * (at + 3)]!, sums[2 * (at + 3) + 1]!);
    return side.addBlock(
      count,
      shift,
      this.#operands.sum(at),
      this.#operands.sum(at + 1),
      min,
      max,
    );
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

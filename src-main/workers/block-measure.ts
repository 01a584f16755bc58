/** From pieces of two tensors to sums, block by block through the kernels. */
import type { NumericDType } from '../formats/tensors.ts';
import { blockElements, itemBits, Operands } from './operands.ts';
import { type Kernels, pairSums } from './tensor-kernels.ts';
import { PairSums } from './tensor-sums.ts';

const [leftSide, rightSide] = [0, 1];

/** Where the kernels leave a sum. */
const sumAt = Object.fromEntries(pairSums.map((name, index) => [name, index])) as Record<
  (typeof pairSums)[number],
  number
>;

/** A block that lies at two addresses. */
interface Block {
  readonly x: number;
  readonly y: number;
  readonly count: number;
  readonly itemBytes: number;
}

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
    // The kernels for short floats count on the way what differs.
    const counted = sameType && !operands.wide;
    if (sameType && !equal && !counted) this.changed += items - this.#countEqual(0, items);
    for (let at = 0; at < items; at += blockElements) {
      const count = Math.min(blockElements, items - at);
      if (equal) this.#addEqual(operands.prepare(leftSide, at, count), count);
      else if (counted) this.changed += this.#addShort(at, count);
      else {
        const x = operands.prepare(leftSide, at, count);
        const y = operands.prepare(rightSide, at, count);
        if (!sameType)
          this.changed += countDifferent(operands.view(x, count), operands.view(y, count));
        if (operands.wide) this.#addPairs(operands.kernels.pairs64, { x, y, count, itemBytes: 8 });
        else this.#addPairs(operands.kernels.pairs32, { x, y, count, itemBytes: 4 });
      }
    }
  }

  /** Adds a block of short floats of one type; returns how many differ in their bits. */
  #addShort(at: number, count: number): number {
    const operands = this.#operands;
    const type = operands.type(leftSide);
    const rest = count % 4;
    const tail = rest - this.#countEqual(at + count - rest, rest);
    const own = type === 'bf16' ? 2 : 4;
    const place = (side: number): number =>
      type === 'bf16'
        ? operands.piece(side).byteOffset + at * own
        : operands.prepare(side, at, count);
    const [x, y] = [place(leftSide), place(rightSide)];
    const kernel = type === 'bf16' ? operands.kernels.pairsBf16 : operands.kernels.pairs32;
    const values = (side: number) => operands.view(operands.prepare(side, at, count), count);
    const changed = this.#addPairs(kernel, { x, y, count, itemBytes: own }, () => [
      values(leftSide),
      values(rightSide),
    ]);
    return changed + tail;
  }

  /** Elements of equal bits; the rest behind the last whole vector is compared here. */
  #countEqual(from: number, items: number): number {
    const bits = itemBits(this.#operands.type(leftSide));
    const itemBytes = bits / 8;
    const start = from * itemBytes;
    const bytes = items * itemBytes;
    const whole = bytes - (bytes % 16);
    const [x, y] = [this.left, this.right];
    const kernel = this.#operands.kernels[`equal${bits}`];
    let equal = whole === 0 ? 0 : kernel(x.byteOffset + start, y.byteOffset + start, whole);
    for (let at = start + whole; at < start + bytes; at += itemBytes) {
      const end = at + itemBytes;
      if (Buffer.compare(x.subarray(at, end), y.subarray(at, end)) === 0) equal++;
    }
    return equal;
  }

  #addEqual(x: number, count: number): void {
    const { sums } = this;
    const values = this.#operands.view(x, count);
    const even = count - (count % 2);
    const shift = shiftOf(sums.left, values[0]);
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

  /**
   * Adds a block through a kernel, and what does not fill its vectors one by one.
   * @param values the block as numbers, for where they are needed
   * @returns how many differ in their bits of those that the kernel took, if it counts them
   */
  #addPairs(
    kernel: Kernels['pairs64'],
    { x, y, count, itemBytes }: Block,
    values = () => [this.#operands.view(x, count), this.#operands.view(y, count)] as const,
  ): number {
    const { sums } = this;
    const operands = this.#operands;
    const whole = count - (count % (operands.wide ? 2 : 4));
    // An element that is not finite shows in the squares; then the block is repeated with care.
    const { squaredDelta, absDelta, maxAbsDelta, dot, signFlips } = sumAt;
    const squares = [squaredDelta, sumAt['left squares'], sumAt['right squares']];
    let [done, changed] = [0, 0];
    if (whole > 0) {
      const first = sums.left.finite === 0 || sums.right.finite === 0 ? values() : null;
      const leftShift = shiftOf(sums.left, first?.[0][0]);
      const rightShift = shiftOf(sums.right, first?.[1][0]);
      kernel(x, y, whole * itemBytes, leftShift, rightShift);
      changed = operands.sum(sumAt.changed);
      if (squares.every((index) => Number.isFinite(operands.sum(index)))) {
        const { sums: lanes } = operands.kernels;
        sums.pairs += whole;
        sums.squaredDelta += operands.sum(squaredDelta);
        sums.absDelta += operands.sum(absDelta);
        const max = Math.max(lanes[2 * maxAbsDelta]!, lanes[2 * maxAbsDelta + 1]!);
        sums.maxAbsDelta = Math.max(sums.maxAbsDelta, max);
        sums.dot += operands.sum(dot);
        sums.signFlips += operands.sum(signFlips);
        sums.squaredLeft += this.#addSide(sums.left, sumAt['left sum'], whole, leftShift);
        sums.squaredRight += this.#addSide(sums.right, sumAt['right sum'], whole, rightShift);
        done = whole;
      }
    }
    if (done < count) {
      const [left, right] = values();
      for (; done < count; done++) sums.add(left[done]!, right[done]!);
    }
    return changed;
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
function shiftOf({ finite, mean }: PairSums['left'], first: number | undefined): number {
  if (finite > 0) return mean;
  return first !== undefined && Number.isFinite(first) ? first : 0;
}

function countDifferent(left: ArrayLike<number>, right: ArrayLike<number>): number {
  let different = 0;
  for (let index = 0; index < left.length; index++) {
    const [x, y] = [left[index]!, right[index]!];
    if (x !== y && !(Number.isNaN(x) && Number.isNaN(y))) different++;
  }
  return different;
}

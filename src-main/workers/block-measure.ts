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

/** Where a block lies, and where it is widened to. */
interface BrainFloats {
  readonly from: number;
  readonly wide: number;
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
      else if (counted) this.changed += this.#addCounted(at, count);
      else {
        const x = operands.prepare(leftSide, at, count);
        const y = operands.prepare(rightSide, at, count);
        if (!sameType)
          this.changed += countDifferent(operands.view(x, count), operands.view(y, count));
        if (operands.wide) this.#addWide(x, y, count);
        else this.#addShort(x, y, count);
      }
    }
  }

  /** Adds a block of short floats of one type; returns how many differ in their bits. */
  #addCounted(at: number, count: number): number {
    const operands = this.#operands;
    const rest = count % 4;
    const tail = rest - this.#countEqual(at + count - rest, rest);
    if (operands.type(leftSide) !== 'bf16') {
      const x = operands.prepare(leftSide, at, count);
      return tail + this.#addShort(x, operands.prepare(rightSide, at, count), count);
    }
    const [x, y] = [leftSide, rightSide].map((side) => {
      const wide = operands.staging(side);
      return { from: operands.piece(side).byteOffset + at * 2, wide };
    }) as [BrainFloats, BrainFloats];
    const kernel = (whole: number) =>
      operands.kernels.pairsBf16(x.from, y.from, whole * 2, x.wide, y.wide);
    // What does not fill the vectors of the kernel is widened by another.
    if (rest > 0) for (const side of [leftSide, rightSide]) operands.prepare(side, at, count);
    return tail + this.#addShort(x.wide, y.wide, count, kernel);
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
   * Adds a block of f32 at two addresses, and what does not fill the kernel's vectors one by one.
   * @param kernel what is called with the number of elements; it may put them there in the first place
   * @returns how many differ in their bits of those that the kernel took
   */
  #addShort(
    x: number,
    y: number,
    count: number,
    kernel = (whole: number) => this.#operands.kernels.pairs32(x, y, whole * 4),
  ): number {
    const operands = this.#operands;
    const whole = count - (count % 4);
    // First, as the kernels may widen in place what is before them.
    if (whole < count) this.#addEach(x, y, whole, count);
    if (whole === 0) return 0;
    kernel(whole);
    const changed = whole - operands.sum(sumAt.equal);
    if (!this.#isFinite()) this.#addEach(x, y, 0, whole);
    else if (this.#isSpread(whole)) this.#addSums(whole, 0, 0);
    else this.#addFarFromZero(x, y, whole);
    return changed;
  }

  /** The same over float64, whose sums are of distances from a shift. */
  #addWide(x: number, y: number, count: number): void {
    const whole = count - (count % 2);
    const done = whole > 0 && this.#addShifted(x, y, whole) ? whole : 0;
    if (done < count) this.#addEach(x, y, done, count);
  }

  /** A block of f32 whose mean is so far from zero that its spread would drown in the squares. */
  #addFarFromZero(x: number, y: number, count: number): void {
    const operands = this.#operands;
    const [wideX, wideY] = [
      operands.widened(leftSide, x, count),
      operands.widened(rightSide, y, count),
    ];
    this.#addShifted(wideX, wideY, count);
  }

  #addShifted(x: number, y: number, count: number): boolean {
    const { sums } = this;
    const { kernels } = this.#operands;
    const first = (at: number) => new Float64Array(kernels.memory, at, 1)[0];
    const [leftShift, rightShift] = [shiftOf(sums.left, first(x)), shiftOf(sums.right, first(y))];
    kernels.pairs64(x, y, count * 8, leftShift, rightShift);
    if (!this.#isFinite()) return false;
    this.#addSums(count, leftShift, rightShift);
    return true;
  }

  #addEach(x: number, y: number, from: number, count: number): void {
    const [left, right] = [this.#operands.view(x, count), this.#operands.view(y, count)];
    for (let at = from; at < count; at++) this.sums.add(left[at]!, right[at]!);
  }

  /** An element that is not finite shows in the squares; then the block is repeated with care. */
  #isFinite(): boolean {
    const squares = [sumAt.squaredDelta, sumAt['left squares'], sumAt['right squares']];
    return squares.every((index) => Number.isFinite(this.#operands.sum(index)));
  }

  /** Whether the squares of both sides are more than those of their means, but for six bits. */
  #isSpread(count: number): boolean {
    return [sumAt['left sum'], sumAt['right sum']].every((index) => {
      const [sum, squares] = [this.#operands.sum(index), this.#operands.sum(index + 1)];
      const ofMean = (sum * sum) / count;
      return ofMean <= 64 * (squares - ofMean);
    });
  }

  /** Adds what a kernel left. */
  #addSums(count: number, leftShift: number, rightShift: number): void {
    const { sums } = this;
    const operands = this.#operands;
    const { sums: lanes } = operands.kernels;
    const { squaredDelta, absDelta, maxAbsDelta, dot, signFlips } = sumAt;
    sums.pairs += count;
    sums.squaredDelta += operands.sum(squaredDelta);
    sums.absDelta += operands.sum(absDelta);
    const max = Math.max(lanes[2 * maxAbsDelta]!, lanes[2 * maxAbsDelta + 1]!);
    sums.maxAbsDelta = Math.max(sums.maxAbsDelta, max);
    sums.dot += operands.sum(dot);
    sums.signFlips += operands.sum(signFlips);
    sums.squaredLeft += this.#addSide(sums.left, sumAt['left sum'], count, leftShift);
    sums.squaredRight += this.#addSide(sums.right, sumAt['right sum'], count, rightShift);
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

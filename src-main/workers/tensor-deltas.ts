/** What several models made of one base: sums over their differences from it, read side by side. */
import { modelPairs } from '../contract/model-pairs.ts';
import type { DeltaMeasure, DeltaPart } from '../formats/tensor-task.ts';
import type { NumericDType, TensorBytes, TensorInfo } from '../formats/tensors.ts';
import { deltaSums } from './delta-kernel.ts';
import { blockElements, Operands, pieceBytes } from './operands.ts';
import { readPiece } from './tensor-measure.ts';
import { openInOrder } from './tensor-order.ts';

/** Where the kernel leaves a sum. */
const sumAt = Object.fromEntries(deltaSums.map((name, index) => [name, index])) as Record<
  (typeof deltaSums)[number],
  number
>;

/** Pairs of `count` models in the order of {@link DeltaMeasure}; one model is a pair with itself. */
function pairsOf(count: number): Array<readonly [number, number]> {
  return count === 1 ? [[0, 0]] : modelPairs(count);
}

/** Measures one part at a time; its memory grows to what the largest needs. */
export class DeltaBlocks {
  #operands: Operands | null = null;

  /**
   * The types have to be numbers, the shapes equal.
   * @throws CairnError `corrupt` when a file does not hold what its header said
   */
  async measure({ base, models, from, count }: DeltaPart): Promise<DeltaMeasure> {
    const tensors = [base, ...models];
    const rowMajor = new Set(tensors.map(({ fortranOrder }) => fortranOrder)).size > 1;
    const opened: TensorBytes[] = [];
    try {
      for (const tensor of tensors) opened.push(await openInOrder(tensor, rowMajor));
      if (this.#operands === null || this.#operands.count < tensors.length) {
        this.#operands = new Operands(tensors.length);
      }
      return sumUp(tensors, opened, { from, count }, this.#operands);
    } finally {
      for (const bytes of opened) bytes.close();
    }
  }
}

function sumUp(
  tensors: readonly TensorInfo[],
  opened: readonly TensorBytes[],
  { from, count }: { readonly from: number; readonly count: number },
  operands: Operands,
): DeltaMeasure {
  const itemBytes = tensors.map(({ dtype }) => dtype.bits / 8);
  const step = pieceBytes / Math.max(...itemBytes);
  operands.start(tensors.map(({ dtype }) => dtype.decode as NumericDType));
  const sums = new Sums(tensors.length - 1);
  for (let at = from; at < from + count; at += step) {
    const items = Math.min(step, from + count - at);
    for (const [index, tensor] of tensors.entries()) {
      const width = itemBytes[index]!;
      readPiece(
        tensor,
        opened[index]!,
        operands.piece(index).subarray(0, items * width),
        at * width,
      );
    }
    for (let begin = 0; begin < items; begin += blockElements) {
      sums.add(operands, begin, Math.min(blockElements, items - begin));
    }
  }
  return sums.result(count, count * itemBytes.reduce((sum, bytes) => sum + bytes, 0));
}

class Sums {
  readonly #order: ReadonlyArray<readonly [number, number]>;
  readonly #models: Array<{ squared: number; moved: number }>;
  readonly #pairs: Array<{ dot: number; both: number; conflicts: number }>;
  #finite = 0;
  #squaredBase = 0;

  constructor(models: number) {
    this.#order = pairsOf(models);
    this.#models = Array.from({ length: models }, () => ({ squared: 0, moved: 0 }));
    this.#pairs = this.#order.map(() => ({ dot: 0, both: 0, conflicts: 0 }));
  }

  add(operands: Operands, at: number, count: number): void {
    const places = Array.from({ length: this.#models.length + 1 }, (_, operand) =>
      operands.prepare(operand, at, count),
    );
    const even = count - (count % 2);
    const done = even > 0 && this.#addBlock(operands, places, even) ? even : 0;
    const [base, ...models] = places.map((place) => operands.view(place, count));
    for (let index = done; index < count; index++) {
      this.#addOne(
        base![index]!,
        models.map((values) => values[index]!),
      );
    }
  }

  result(count: number, bytesRead: number): DeltaMeasure {
    const single = this.#models.length === 1;
    return {
      count,
      finite: this.#finite,
      bytesRead,
      squaredBase: this.#squaredBase,
      models: this.#models,
      pairs: single ? [] : this.#pairs,
    };
  }

  /** False, with nothing added, where an element is not finite: such a block needs care. */
  #addBlock(operands: Operands, places: readonly number[], count: number): boolean {
    const { kernels, wide } = operands;
    const kernel = wide ? kernels.deltas64 : kernels.deltas32;
    const bytes = count * (wide ? 8 : 4);
    const found = this.#order.map(([left, right]) => {
      kernel(places[0]!, places[left + 1]!, places[right + 1]!, bytes);
      return deltaSums.map((_, index) => operands.sum(index));
    });
    if (!found.every((sums) => squares.every((index) => Number.isFinite(sums[index]))))
      return false;
    this.#finite += count;
    this.#squaredBase += found[0]![sumAt.squaredBase]!;
    for (const [at, sums] of found.entries()) {
      const pair = this.#pairs[at]!;
      pair.dot += sums[sumAt.dot]!;
      pair.both += sums[sumAt.both]!;
      pair.conflicts += sums[sumAt.conflicts]!;
      const [left, right] = this.#order[at]!;
      // The pairs with the first model come first, and have every model once.
      if (left > 0) continue;
      if (at === 0) this.#move(0, sums[sumAt.squaredLeft]!, sums[sumAt.movedLeft]!);
      if (right > 0) this.#move(right, sums[sumAt.squaredRight]!, sums[sumAt.movedRight]!);
    }
    return true;
  }

  #addOne(base: number, values: readonly number[]): void {
    if (!Number.isFinite(base) || !values.every(Number.isFinite)) return;
    this.#finite++;
    this.#squaredBase += base * base;
    const changes = values.map((value) => value - base);
    for (const [at, change] of changes.entries()) {
      this.#move(at, change * change, change === 0 ? 0 : 1);
    }
    for (const [at, [left, right]] of this.#order.entries()) {
      const pair = this.#pairs[at]!;
      const [x, y] = [changes[left]!, changes[right]!];
      pair.dot += x * y;
      if (x === 0 || y === 0) continue;
      pair.both++;
      if (x < 0 !== y < 0) pair.conflicts++;
    }
  }

  #move(model: number, squared: number, moved: number): void {
    const sums = this.#models[model]!;
    sums.squared += squared;
    sums.moved += moved;
  }
}

/** Where an element that is not finite shows. */
const squares = [sumAt.squaredBase, sumAt.squaredLeft, sumAt.squaredRight];

/** Sums over elements that grow block by block, and stay accurate over billions of them. */
import type { PairNumbers, SideMeasure } from '../formats/tensor-task.ts';

/** Count, mean and spread of one side; means and spreads of blocks are merged after Chan et al. */
export class SideSums {
  finite = 0;
  nonFinite = 0;
  mean = 0;
  m2 = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;

  /**
   * Adds a block of finite elements from the sums of its distances from `shift` and of their
   * squares. A shift near the mean keeps the spread exact where the mean is far from zero.
   * @returns the sum of the squared elements
   */
  addBlock(
    count: number,
    shift: number,
    sum: number,
    squares: number,
    min: number,
    max: number,
  ): number {
    const mean = shift + sum / count;
    const m2 = Math.max(0, squares - (sum * sum) / count);
    this.#merge(count, mean, m2);
    if (min < this.min) this.min = min;
    if (max > this.max) this.max = max;
    return m2 + count * mean * mean;
  }

  /** Adds one element of any kind. Returns whether it is finite. */
  add(value: number): boolean {
    if (!Number.isFinite(value)) {
      this.nonFinite++;
      return false;
    }
    this.#merge(1, value, 0);
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    return true;
  }

  result(): SideMeasure {
    const { finite, nonFinite, mean, m2, min, max } = this;
    return { finite, nonFinite, mean, m2, min, max };
  }

  #merge(count: number, mean: number, m2: number): void {
    const total = this.finite + count;
    const delta = mean - this.mean;
    this.mean += delta * (count / total);
    this.m2 += m2 + delta * delta * ((this.finite * count) / total);
    this.finite = total;
  }
}

/** Sums over pairs of elements; Δ is right − left. */
export class PairSums {
  readonly left = new SideSums();
  readonly right = new SideSums();
  pairs = 0;
  squaredDelta = 0;
  absDelta = 0;
  maxAbsDelta = 0;
  dot = 0;
  squaredLeft = 0;
  squaredRight = 0;
  signFlips = 0;

  /** Adds one pair; it counts as a pair only when both elements are finite. */
  add(x: number, y: number): void {
    const leftFinite = this.left.add(x);
    if (!this.right.add(y) || !leftFinite) return;
    const delta = y - x;
    this.pairs++;
    this.squaredDelta += delta * delta;
    this.absDelta += Math.abs(delta);
    this.maxAbsDelta = Math.max(this.maxAbsDelta, Math.abs(delta));
    this.dot += x * y;
    this.squaredLeft += x * x;
    this.squaredRight += y * y;
    if ((x < 0 && y > 0) || (x > 0 && y < 0)) this.signFlips++;
  }

  result(): PairNumbers {
    const { pairs, squaredDelta, absDelta, maxAbsDelta, dot, squaredLeft, squaredRight } = this;
    return {
      pairs,
      squaredDelta,
      absDelta,
      maxAbsDelta,
      dot,
      squaredLeft,
      squaredRight,
      signFlips: this.signFlips,
      left: this.left.result(),
      right: this.right.result(),
    };
  }
}

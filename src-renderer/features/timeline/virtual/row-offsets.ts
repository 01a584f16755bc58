/**
 * Where rows of different heights begin, in pixels from the top. A Fenwick tree: to make a row
 * higher, and to ask where one begins or which one is at a place, takes log₂ n steps; 50 000 rows
 * of which one is measured are not all counted anew.
 */
export class RowOffsets {
  readonly #sizes: Float64Array;
  /** Node `i`, from 1, is the height of the `i & -i` rows before and with row `i − 1`. */
  readonly #tree: Float64Array;
  readonly #highest: number;
  #total = 0;

  /** @param sizes taken over: the height of each row */
  constructor(sizes: Float64Array) {
    const { length } = sizes;
    this.#sizes = sizes;
    this.#tree = new Float64Array(length + 1);
    this.#highest = length === 0 ? 0 : 2 ** Math.floor(Math.log2(length));
    for (let node = 1; node <= length; node++) {
      const size = sizes[node - 1] as number;
      this.#total += size;
      this.#tree[node] = (this.#tree[node] as number) + size;
      const above = node + (node & -node);
      if (above <= length) this.#tree[above] = (this.#tree[above] as number) + this.#sumAt(node);
    }
  }

  get length(): number {
    return this.#sizes.length;
  }

  get total(): number {
    return this.#total;
  }

  sizeOf(index: number): number {
    return this.#sizes[index] ?? 0;
  }

  startOf(index: number): number {
    let sum = 0;
    for (let node = Math.min(index, this.length); node > 0; node -= node & -node) {
      sum += this.#sumAt(node);
    }
    return sum;
  }

  /** The row at a place: the first above all of them, the last below; −1 where there is none. */
  indexAt(offset: number): number {
    let [index, left] = [0, offset];
    for (let step = this.#highest; step > 0; step >>= 1) {
      const node = index + step;
      if (node > this.length || this.#sumAt(node) > left) continue;
      index = node;
      left -= this.#sumAt(node);
    }
    return Math.min(index, this.length - 1);
  }

  /** @returns by how much the row became higher */
  resize(index: number, size: number): number {
    const change = size - this.sizeOf(index);
    if (change === 0 || index < 0 || index >= this.length) return 0;
    this.#sizes[index] = size;
    this.#total += change;
    for (let node = index + 1; node <= this.length; node += node & -node) {
      this.#tree[node] = this.#sumAt(node) + change;
    }
    return change;
  }

  #sumAt(node: number): number {
    return this.#tree[node] as number;
  }
}

/**
 * Every row of a table as four numbers: a hash of 64 bits of its key, and one of its values. Twenty
 * bytes a row, so that tables of millions of rows are compared without being held. Rows of one key
 * are chained in their order.
 */

/** A table of rows, by key. */
export class RowIndex {
  #keys = new Uint32Array(2048);
  #values = new Uint32Array(2048);
  #next = new Int32Array(0);
  #heads = new Int32Array(0);
  #mask = 0;
  count = 0;

  add(keyHigh: number, keyLow: number, valueHigh: number, valueLow: number): void {
    const at = this.count * 2;
    if (at >= this.#keys.length) {
      this.#keys = grown(this.#keys);
      this.#values = grown(this.#values);
    }
    this.#keys[at] = keyHigh;
    this.#keys[at + 1] = keyLow;
    this.#values[at] = valueHigh;
    this.#values[at + 1] = valueLow;
    this.count++;
  }

  /** Call once, when all rows are in. @returns how many rows have the key of another before them */
  build(): number {
    let slots = 16;
    while (slots < this.count * 2) slots *= 2;
    this.#mask = slots - 1;
    this.#heads = new Int32Array(slots).fill(-1);
    this.#next = new Int32Array(this.count).fill(-1);
    let twins = 0;
    // From the last, so that a chain begins with the first.
    for (let row = this.count - 1; row >= 0; row--) {
      const slot = this.#slotOf(this.#keys[row * 2] as number, this.#keys[row * 2 + 1] as number);
      const head = this.#heads[slot] as number;
      if (head >= 0) twins++;
      this.#next[row] = head;
      this.#heads[slot] = row;
    }
    return twins;
  }

  /** Takes the first row of a key that was not taken yet; −1 when there is none. */
  take(keyHigh: number, keyLow: number): number {
    if (this.count === 0) return -1;
    const slot = this.#slotOf(keyHigh, keyLow);
    const row = this.#heads[slot] as number;
    if (row < 0) return -1;
    const next = this.#next[row] as number;
    // A slot keeps its key while its rows are being taken: −2 − row stands for an empty chain.
    this.#heads[slot] = next >= 0 ? next : -2 - row;
    this.#next[row] = -2;
    return row;
  }

  hasValues(row: number, valueHigh: number, valueLow: number): boolean {
    return this.#values[row * 2] === valueHigh && this.#values[row * 2 + 1] === valueLow;
  }

  wasTaken(row: number): boolean {
    return this.#next[row] === -2;
  }

  #slotOf(keyHigh: number, keyLow: number): number {
    for (let slot = (keyLow ^ Math.imul(keyHigh, 0x9e3779b1)) & this.#mask; ; ) {
      const head = this.#heads[slot] as number;
      if (head === -1) return slot;
      const row = head >= 0 ? head : -2 - head;
      if (this.#keys[row * 2] === keyHigh && this.#keys[row * 2 + 1] === keyLow) return slot;
      slot = (slot + 1) & this.#mask;
    }
  }
}

function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** Hashes of many rows at once, fed a column at a time. */
export class RowHashes {
  readonly high: Uint32Array;
  readonly low: Uint32Array;

  constructor(rows: number) {
    this.high = new Uint32Array(rows).fill(0x811c9dc5);
    this.low = new Uint32Array(rows).fill(0x9747b28c);
  }

  /** Takes a column after another: their order counts. */
  add(column: readonly (string | null)[]): void {
    for (let row = 0; row < column.length; row++) {
      hash(column[row] ?? null, this.high[row] as number, this.low[row] as number);
      this.high[row] = hashHigh;
      this.low[row] = hashLow;
    }
  }

  /**
   * Sums up the values with their places among the columns, so that the order in which the columns
   * come does not matter.
   */
  addPlaced(column: readonly (string | null)[], place: number): void {
    const seedHigh = Math.imul(place + 1, 0x85ebca6b);
    const seedLow = Math.imul(place + 1, 0x27d4eb2f);
    for (let row = 0; row < column.length; row++) {
      hash(column[row] ?? null, seedHigh, seedLow);
      const high = Math.imul(hashHigh ^ (hashHigh >>> 16), 0xc2b2ae35);
      const low = Math.imul(hashLow ^ (hashLow >>> 16), 0x165667b1);
      this.high[row] = (this.high[row] as number) + (high ^ (high >>> 13));
      this.low[row] = (this.low[row] as number) + (low ^ (low >>> 15));
    }
  }

  /** Rows without a key of their own are known by their place; `first` is that of the first. */
  addNumbers(first: number): void {
    for (let row = 0; row < this.high.length; row++) {
      this.high[row] = Math.imul(first + row, 0x9e3779b1);
      this.low[row] = first + row;
    }
  }
}

/** What {@link hash} found: two results without an object for each of millions of values. */
let hashHigh = 0;
let hashLow = 0;

function hash(value: string | null, high: number, low: number): void {
  // A missing value is not an empty text, and a value's end counts: `a`, `bc` are not `ab`, `c`.
  const end = value === null ? 0x10001 : 0x10002 + value.length;
  const length = value === null ? 0 : value.length;
  for (let at = 0; at < length; at++) {
    const code = (value as string).charCodeAt(at);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ (code + at), 0x5bd1e995);
    low ^= low >>> 15;
  }
  high = Math.imul(high ^ end, 0x01000193);
  low = Math.imul(low ^ end, 0x5bd1e995);
  hashHigh = high ^ (high >>> 13);
  hashLow = low ^ (low >>> 15);
}

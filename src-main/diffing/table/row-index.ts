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

  add(row: number, value: string | null): void {
    let high = this.high[row] as number;
    let low = this.low[row] as number;
    if (value === null) {
      high = Math.imul(high ^ 0x10001, 0x01000193);
      low = Math.imul(low ^ 0x10001, 0x5bd1e995);
    } else {
      for (let at = 0; at < value.length; at++) {
        const code = value.charCodeAt(at);
        high = Math.imul(high ^ code, 0x01000193);
        low = Math.imul(low ^ (code + at), 0x5bd1e995);
        low ^= low >>> 15;
      }
      // A value's end counts: `a`, `bc` are not `ab`, `c`.
      high = Math.imul(high ^ 0x10002, 0x01000193);
      low = Math.imul(low ^ (0x10002 + value.length), 0x5bd1e995);
    }
    this.high[row] = high ^ (high >>> 13);
    this.low[row] = low ^ (low >>> 15);
  }

  /** Makes the hash of a value one of a value in its place. */
  mix(row: number, place: number): void {
    const high = Math.imul(
      (this.high[row] as number) ^ Math.imul(place + 1, 0x85ebca6b),
      0xc2b2ae35,
    );
    const low = Math.imul((this.low[row] as number) ^ Math.imul(place + 1, 0x27d4eb2f), 0x165667b1);
    this.high[row] = high ^ (high >>> 16);
    this.low[row] = low ^ (low >>> 16);
  }

  /** Rows without a key of their own are known by their place. */
  addNumber(row: number, number: number): void {
    this.high[row] = Math.imul(number, 0x9e3779b1);
    this.low[row] = number;
  }
}

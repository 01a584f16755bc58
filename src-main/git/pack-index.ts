/**
 * A pack's index (`.idx`, version 2), searched in place. Source: gitformat-pack(5): magic and
 * version, a fan-out of 256 counts, sorted object ids, CRCs, 31-bit offsets, 64-bit offsets, then
 * the pack's and the index's own checksums.
 */
import { readFileSync } from 'node:fs';
import { corrupt } from './errors.ts';

const headerBytes = 8 + 256 * 4;

export class PackIndex {
  readonly count: number;
  /** Checksum at the end of the pack this index belongs to, in hex. */
  readonly packChecksum: string;
  readonly #bytes: Buffer;
  #sorted: Float64Array | null = null;

  private constructor(bytes: Buffer, count: number) {
    this.#bytes = bytes;
    this.count = count;
    this.packChecksum = bytes.toString('hex', bytes.length - 40, bytes.length - 20);
  }

  /** @throws CairnError `corrupt` when the file is not a sound index. */
  static read(file: string): PackIndex {
    const bytes = readFileSync(file);
    if (bytes.length < headerBytes + 40 || bytes.readUInt32BE(0) !== 0xff744f63) {
      throw corrupt(`${file} is not a pack index that can be read`);
    }
    if (bytes.readUInt32BE(4) !== 2) throw corrupt(`${file} is of an unknown version`);
    let count = 0;
    for (let at = 8; at < headerBytes; at += 4) {
      const next = bytes.readUInt32BE(at);
      if (next < count) throw corrupt(`${file} has its counts out of order`);
      count = next;
    }
    if (bytes.length < headerBytes + count * 28 + 40) throw corrupt(`${file} is cut short`);
    return new PackIndex(bytes, count);
  }

  /** Offset of an object in the pack, or -1. */
  find(oid: string): number {
    const wanted = Buffer.from(oid, 'hex');
    const position = this.#lowerBound(wanted);
    if (position >= this.count || this.#compare(position, wanted) !== 0) return -1;
    return this.#offset(position);
  }

  /** At most `limit` ids that begin with `prefix` (hex, at least 2 digits). */
  startingWith(prefix: string, limit: number): string[] {
    const padded = Buffer.from(prefix.padEnd(40, '0'), 'hex');
    const found: string[] = [];
    for (let at = this.#lowerBound(padded); at < this.count && found.length < limit; at += 1) {
      const start = headerBytes + at * 20;
      const oid = this.#bytes.toString('hex', start, start + 20);
      if (!oid.startsWith(prefix)) break;
      found.push(oid);
    }
    return found;
  }

  /** Where the object after the one at `offset` begins; `end` for the last. */
  next(offset: number, end: number): number {
    if (this.#sorted === null) {
      this.#sorted = new Float64Array(this.count);
      for (let at = 0; at < this.count; at += 1) this.#sorted[at] = this.#offset(at);
      this.#sorted.sort();
    }
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle] as number) <= offset) low = middle + 1;
      else high = middle;
    }
    return this.#sorted[low] ?? end;
  }

  #lowerBound(wanted: Buffer): number {
    const first = wanted[0] as number;
    let low = first === 0 ? 0 : this.#bytes.readUInt32BE(8 + (first - 1) * 4);
    let high = this.#bytes.readUInt32BE(8 + first * 4);
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#compare(middle, wanted) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #compare(position: number, wanted: Buffer): number {
    const start = headerBytes + position * 20;
    return this.#bytes.compare(wanted, 0, 20, start, start + 20);
  }

  #offset(position: number): number {
    const small = this.#bytes.readUInt32BE(headerBytes + this.count * 24 + position * 4);
    if (small < 0x80000000) return small;
    const at = headerBytes + this.count * 28 + (small - 0x80000000) * 8;
    if (at + 8 > this.#bytes.length - 40) throw corrupt('a pack index is cut short');
    return Number(this.#bytes.readBigUInt64BE(at));
  }
}

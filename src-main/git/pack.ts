/**
 * A pack, read in place: only the bytes of the objects asked for are read, through a few cached
 * pages, so that a pack of many gigabytes costs no memory. Source: gitformat-pack(5).
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { CairnError } from '../base/errors.ts';
import { ByteCache } from './byte-cache.ts';
import { applyDelta } from './delta.ts';
import { corrupt } from './errors.ts';
import { PackIndex } from './pack-index.ts';

export type ObjectType = 'commit' | 'tree' | 'blob' | 'tag';

export interface GitObject {
  readonly type: ObjectType;
  readonly data: Buffer;
}

const types: Readonly<Record<number, ObjectType>> = { 1: 'commit', 2: 'tree', 3: 'blob', 4: 'tag' };
const offsetDelta = 6;
const refDelta = 7;
/** Git writes chains of at most 4095; a longer one is a loop. */
const longestChain = 5000;
const pageBytes = 1 << 18;
/** Beyond this the compressed length is looked up instead of being bounded by the plain length. */
const boundedBytes = 1 << 16;
const trailerBytes = 20;

interface Header {
  readonly kind: number;
  readonly size: number;
  /** Where the compressed bytes begin. */
  readonly start: number;
  /** The base of a delta. */
  readonly base: number | string | null;
}

export class Pack {
  readonly file: string;
  readonly #index: PackIndex;
  readonly #fd: number;
  readonly #end: number;
  readonly #pages = new ByteCache<Buffer>(pageBytes * 32);
  /** Plain objects by offset: bases are used by many deltas. */
  readonly #bases = new ByteCache<GitObject>(16 << 20);

  /** @throws CairnError `corrupt` when pack and index do not belong together or are cut short. */
  constructor(indexFile: string) {
    this.#index = PackIndex.read(indexFile);
    this.file = indexFile.replace(/\.idx$/, '.pack');
    this.#fd = openSync(this.file, 'r');
    try {
      const size = fstatSync(this.#fd).size;
      this.#end = size - trailerBytes;
      if (size < 12 + trailerBytes) throw corrupt(`${this.file} is cut short`);
      const header = this.#bytes(0, 12);
      if (header.toString('latin1', 0, 4) !== 'PACK' || ![2, 3].includes(header.readUInt32BE(4))) {
        throw corrupt(`${this.file} is not a pack that can be read`);
      }
      const trailer = Buffer.alloc(trailerBytes);
      readSync(this.#fd, trailer, 0, trailerBytes, this.#end);
      if (
        header.readUInt32BE(8) !== this.#index.count ||
        trailer.toString('hex') !== this.#index.packChecksum
      ) {
        throw corrupt(`${this.file} is cut short or does not belong to its index`);
      }
    } catch (error) {
      this.close();
      throw error;
    }
  }

  has(oid: string): boolean {
    return this.#index.find(oid) >= 0;
  }

  startingWith(prefix: string, limit: number): string[] {
    return this.#index.startingWith(prefix, limit);
  }

  /**
   * The object, or null when it is not in this pack.
   * @param readElsewhere finds the base of a delta that is not in this pack (thin packs)
   */
  read(oid: string, readElsewhere: (oid: string) => GitObject): GitObject | null {
    const offset = this.#index.find(oid);
    if (offset < 0) return null;
    try {
      return this.#readAt(offset, readElsewhere);
    } catch (error) {
      if (error instanceof CairnError) throw error;
      throw corrupt(`object ${oid} in ${this.file} cannot be read`, error);
    }
  }

  close(): void {
    closeSync(this.#fd);
  }

  #readAt(offset: number, readElsewhere: (oid: string) => GitObject): GitObject {
    const deltas: { offset: number; bytes: Buffer }[] = [];
    let at = offset;
    let object: GitObject | undefined;
    while (object === undefined) {
      object = this.#bases.get(String(at));
      if (object !== undefined) break;
      const header = this.#header(at);
      const bytes = this.#inflate(at, header);
      const type = types[header.kind];
      if (type !== undefined) {
        object = { type, data: bytes };
        this.#keep(at, object);
      } else {
        if (deltas.length > longestChain) throw corrupt('a pack has a loop of deltas');
        deltas.push({ offset: at, bytes });
        if (typeof header.base === 'number') at = header.base;
        else object = this.#external(header.base as string, readElsewhere);
      }
    }
    for (const delta of deltas.reverse()) {
      object = { type: object.type, data: applyDelta(object.data, delta.bytes) };
      this.#keep(delta.offset, object);
    }
    return object;
  }

  #external(oid: string, readElsewhere: (oid: string) => GitObject): GitObject {
    const here = this.#index.find(oid);
    if (here >= 0) return this.#readAt(here, readElsewhere);
    return readElsewhere(oid);
  }

  #keep(offset: number, object: GitObject): void {
    this.#bases.set(String(offset), object, object.data.length + 64);
  }

  #header(offset: number): Header {
    // 10 bytes of size and 20 of a base's id are the most a header takes.
    const bytes = this.#bytes(offset, Math.min(32, this.#end - offset));
    let at = 0;
    const byte = (): number => {
      const value = bytes[at];
      if (value === undefined) throw corrupt(`${this.file} is cut short`);
      at += 1;
      return value;
    };
    let next = byte();
    const kind = (next >> 4) & 7;
    let size = next & 15;
    for (let factor = 16; next & 0x80; factor *= 128) {
      next = byte();
      size += (next & 0x7f) * factor;
    }
    let base: number | string | null = null;
    if (kind === offsetDelta) {
      next = byte();
      let distance = next & 0x7f;
      while (next & 0x80) {
        next = byte();
        distance = (distance + 1) * 128 + (next & 0x7f);
      }
      base = offset - distance;
      if (distance === 0 || base < 12) throw corrupt(`a delta in ${this.file} has no base`);
    } else if (kind === refDelta) {
      base = bytes.toString('hex', at, at + 20);
      at += 20;
    } else if (types[kind] === undefined) {
      throw corrupt(`${this.file} has an object of an unknown kind`);
    }
    return { kind, size, start: offset + at, base };
  }

  #inflate(offset: number, { size, start }: Header): Buffer {
    if (size > 2 ** 32) throw corrupt(`${this.file} has an object of an impossible size`);
    const end =
      size > boundedBytes
        ? this.#index.next(offset, this.#end)
        : Math.min(this.#end, start + size + (size >> 12) + (size >> 14) + 64);
    const plain = inflateSync(this.#bytes(start, end - start), {
      maxOutputLength: Math.max(1, size),
    });
    if (plain.length !== size) throw corrupt(`an object in ${this.file} has another size`);
    return plain;
  }

  /** `length` bytes from `offset`: from a cached page, or read on their own when they are many. */
  #bytes(offset: number, length: number): Buffer {
    const page = Math.floor(offset / pageBytes);
    const within = offset - page * pageBytes;
    if (within + length <= pageBytes) {
      const cached = this.#page(page);
      if (within + length > cached.length) throw corrupt(`${this.file} is cut short`);
      return cached.subarray(within, within + length);
    }
    const bytes = Buffer.allocUnsafe(length);
    if (length <= pageBytes) {
      const first = this.#page(page).copy(bytes, 0, within);
      const second = this.#page(page + 1).copy(bytes, first, 0, length - first);
      if (first + second < length) throw corrupt(`${this.file} is cut short`);
    } else if (readSync(this.#fd, bytes, 0, length, offset) < length) {
      throw corrupt(`${this.file} is cut short`);
    }
    return bytes;
  }

  #page(number: number): Buffer {
    const cached = this.#pages.get(String(number));
    if (cached !== undefined) return cached;
    const bytes = Buffer.allocUnsafe(pageBytes);
    const read = readSync(this.#fd, bytes, 0, pageBytes, number * pageBytes);
    const page = bytes.subarray(0, read);
    this.#pages.set(String(number), page, pageBytes);
    return page;
  }
}

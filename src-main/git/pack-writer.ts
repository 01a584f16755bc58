/**
 * Writes many objects as one pack: one file to make durable instead of thousands.
 * Source: gitformat-pack(5). Objects are stored whole; `git gc` finds deltas later.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { newId } from '../base/ids.ts';
import type { ObjectType } from './pack.ts';

const typeNumbers: Readonly<Record<ObjectType, number>> = { commit: 1, tree: 2, blob: 3, tag: 4 };
const version = 2;
const largestSmallOffset = 0x7fffffff;

interface Written {
  readonly oid: string;
  readonly offset: number;
  readonly crc: number;
}

export class PackWriter {
  readonly #folder: string;
  readonly #temporary: string;
  readonly #fd: number;
  readonly #written = new Map<string, Written>();
  #end = 0;
  #open = true;

  /** @param objectsDir absolute `objects` folder */
  constructor(objectsDir: string) {
    this.#folder = join(objectsDir, 'pack');
    mkdirSync(this.#folder, { recursive: true });
    // Git's own cleaning removes what a crash leaves behind under this name.
    this.#temporary = join(this.#folder, `tmp_pack_${newId()}`);
    this.#fd = openSync(this.#temporary, 'wx+', 0o444);
    this.#write(header(0));
  }

  has(oid: string): boolean {
    return this.#written.has(oid);
  }

  add(oid: string, type: ObjectType, data: Uint8Array): void {
    if (this.#written.has(oid)) return;
    const bytes = Buffer.concat([
      objectHeader(typeNumbers[type], data.length),
      deflateSync(data, { level: 1 }),
    ]);
    this.#written.set(oid, { oid, offset: this.#end, crc: crc32(bytes) });
    this.#write(bytes);
  }

  /** Completes the pack and gives it to Git. */
  finish(): void {
    const checksum = this.#checksum();
    this.#write(checksum);
    fsyncSync(this.#fd);
    this.#close();
    const index = packIndex([...this.#written.values()], checksum);
    const name = join(this.#folder, `pack-${checksum.toString('hex')}`);
    const temporaryIndex = `${this.#temporary}.idx`;
    const indexFd = openSync(temporaryIndex, 'wx', 0o444);
    try {
      writeSync(indexFd, index);
      fsyncSync(indexFd);
    } finally {
      closeSync(indexFd);
    }
    // The index last: Git takes a pack for there when its index is.
    renameSync(this.#temporary, `${name}.pack`);
    renameSync(temporaryIndex, `${name}.idx`);
  }

  /** Leaves nothing behind. */
  abandon(): void {
    this.#close();
    rmSync(this.#temporary, { force: true });
    rmSync(`${this.#temporary}.idx`, { force: true });
  }

  #close(): void {
    if (this.#open) closeSync(this.#fd);
    this.#open = false;
  }

  #write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      at += writeSync(this.#fd, bytes, at, bytes.length - at, this.#end + at);
    }
    this.#end += bytes.length;
  }

  /** Puts the count into the header, which is known only now, and reads the whole back. */
  #checksum(): Buffer {
    writeSync(this.#fd, header(this.#written.size), 0, 12, 0);
    return sha1OfFile(this.#fd);
  }
}

function header(count: number): Buffer {
  const bytes = Buffer.from('PACK\0\0\0\0\0\0\0\0', 'latin1');
  bytes.writeUInt32BE(version, 4);
  bytes.writeUInt32BE(count, 8);
  return bytes;
}

/** Type in three bits, size in four, then seven bits at a time. */
function objectHeader(type: number, size: number): Buffer {
  const bytes = [(type << 4) | (size & 15)];
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes[bytes.length - 1] = (bytes.at(-1) as number) | 0x80;
    bytes.push(rest & 0x7f);
  }
  return Buffer.from(bytes);
}

function sha1OfFile(fd: number): Buffer {
  const hash = createHash('sha1');
  const chunk = Buffer.allocUnsafe(1 << 20);
  let at = 0;
  for (let read = readSync(fd, chunk, 0, chunk.length, at); read > 0; ) {
    hash.update(chunk.subarray(0, read));
    at += read;
    read = readSync(fd, chunk, 0, chunk.length, at);
  }
  return hash.digest();
}

function packIndex(objects: readonly Written[], packChecksum: Buffer): Buffer {
  const sorted = objects.toSorted((a, b) => (a.oid < b.oid ? -1 : 1));
  const large = sorted.filter((object) => object.offset > largestSmallOffset);
  const bytes = Buffer.alloc(8 + 1024 + sorted.length * 28 + large.length * 8 + 20);
  bytes.writeUInt32BE(0xff744f63, 0);
  bytes.writeUInt32BE(version, 4);
  const crcs = 8 + 1024 + sorted.length * 20;
  const offsets = crcs + sorted.length * 4;
  sorted.forEach(({ oid, offset, crc }, position) => {
    bytes.write(oid, 8 + 1024 + position * 20, 'hex');
    bytes.writeUInt32BE(crc, crcs + position * 4);
    const isLarge = offset > largestSmallOffset;
    const small = isLarge ? 0x80000000 + large.findIndex((object) => object.oid === oid) : offset;
    bytes.writeUInt32BE(small, offsets + position * 4);
  });
  let at = offsets + sorted.length * 4;
  for (const { offset } of large) at = bytes.writeBigUInt64BE(BigInt(offset), at);
  let count = 0;
  for (let first = 0; first < 256; first += 1) {
    while (count < sorted.length && Number.parseInt(sorted[count]!.oid.slice(0, 2), 16) <= first) {
      count += 1;
    }
    bytes.writeUInt32BE(count, 8 + first * 4);
  }
  packChecksum.copy(bytes, at);
  return Buffer.concat([bytes, createHash('sha1').update(bytes).digest()]);
}

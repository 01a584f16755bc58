/** The bytes of a range of a file, read piece by piece; what is deflated is inflated first. */
import { closeSync, openSync, readSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CairnError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import { inflate } from './inflate.ts';
import type { ByteRange } from './tensor-file.ts';

/** Inflated tensors up to this size stay in memory; larger ones go through a temporary file. */
const memoryBytes = 64 * 1024 * 1024;

/** Longer streams of many tensors are not opened in the first place. */
export const maxStreamBytes = 512 * 1024 * 1024;

/**
 * Synchronous because it is used in threads that do nothing else: `readSync` into a reused buffer
 * is some twenty times as fast as a stream.
 */
export interface TensorBytes {
  readonly length: number;
  /** Fills `target` with the bytes from `position` on. */
  read(target: Uint8Array, position: number): void;
  close(): void;
}

/** Bytes that are in memory already. */
export function bytesInMemory(bytes: Uint8Array): TensorBytes {
  return {
    length: bytes.length,
    read: (target, position) => target.set(bytes.subarray(position, position + target.length)),
    close: () => {},
  };
}

/** Opens a range of a file; other kinds of content are built on it. */
export async function openRange(range: ByteRange): Promise<TensorBytes> {
  if (range.compression === 'none') {
    return new FileBytes(openSync(range.path, 'r'), range.offset, range.length, range.path);
  }
  if (range.crc32 === null) return await openInStream(range);
  return range.length <= memoryBytes ? await inflateToMemory(range) : await inflateToFile(range);
}

class FileBytes implements TensorBytes {
  readonly length: number;
  readonly #descriptor: number;
  readonly #offset: number;
  readonly #path: string;

  constructor(descriptor: number, offset: number, length: number, path: string) {
    this.#descriptor = descriptor;
    this.#offset = offset;
    this.length = length;
    this.#path = path;
  }

  read(target: Uint8Array, position: number): void {
    let done = 0;
    while (done < target.length) {
      const at = this.#offset + position + done;
      const read = readSync(this.#descriptor, target, done, target.length - done, at);
      if (read === 0) {
        throw new CairnError('corrupt', `${this.#path} became shorter while it was read.`);
      }
      done += read;
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

function members(range: ByteRange) {
  const { path, offset, stored, skip, length } = range;
  return inflate({ path, offset, stored, size: skip + length, crc32: range.crc32 });
}

async function inflateToMemory(range: ByteRange): Promise<TensorBytes> {
  const chunks: Buffer[] = [];
  for await (const chunk of members(range)) chunks.push(chunk);
  return bytesInMemory(Buffer.concat(chunks).subarray(range.skip));
}

async function inflateToFile(range: ByteRange): Promise<TensorBytes> {
  const descriptor = await writeUnnamed(members(range));
  return new FileBytes(descriptor, range.skip, range.length, range.path);
}

/** Writes to a temporary file that has no name any more; returns its descriptor. */
async function writeUnnamed(chunks: AsyncIterable<Buffer>): Promise<number> {
  const path = join(tmpdir(), `cairn-${newId()}.tensor`);
  const descriptor = openSync(path, 'wx+', 0o600);
  try {
    // The name goes at once, so that nothing stays behind however this thread ends.
    unlinkSync(path);
    for await (const chunk of chunks) {
      for (let done = 0; done < chunk.length; ) done += writeSync(descriptor, chunk, done);
    }
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** A stream of many tensors, unpacked once for all that are read one after the other. */
interface Unpacked {
  readonly key: string;
  readonly descriptor: Promise<number>;
  users: number;
}

/** The streams used last, the latest at the end: one for each side of a comparison. */
const unpacked: Unpacked[] = [];
const keptStreams = 2;

async function openInStream(range: ByteRange): Promise<TensorBytes> {
  const { path, offset, stored } = range;
  const key = [path, offset, stored, statSync(path).mtimeMs].join(' ');
  const place = unpacked.findIndex((one) => one.key === key);
  const [known] = place === -1 ? [] : unpacked.splice(place, 1);
  const whole = { path, offset, stored, size: maxStreamBytes, crc32: null };
  const stream = known ?? { key, descriptor: writeUnnamed(inflate(whole)), users: 0 };
  unpacked.push(stream);
  stream.users++;
  const release = () => {
    stream.users--;
    dropStreams();
  };
  try {
    const bytes = new FileBytes(await stream.descriptor, range.skip, range.length, path);
    return { length: range.length, read: (target, at) => bytes.read(target, at), close: release };
  } catch (error) {
    unpacked.splice(unpacked.indexOf(stream), 1);
    throw error;
  }
}

function dropStreams(): void {
  while (unpacked.length > keptStreams) {
    const idle = unpacked.findIndex(({ users }) => users === 0);
    if (idle === -1) return;
    const [stream] = unpacked.splice(idle, 1);
    stream?.descriptor.then(closeSync, () => {});
  }
}

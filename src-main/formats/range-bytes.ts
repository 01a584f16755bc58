/** The bytes of a range of a file, read piece by piece; what is deflated is inflated first. */
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CairnError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import { inflate } from './inflate.ts';
import type { ByteRange } from './tensor-file.ts';

/** Inflated tensors up to this size stay in memory; larger ones go through a temporary file. */
const memoryBytes = 64 * 1024 * 1024;

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
  const path = join(tmpdir(), `cairn-${newId()}.tensor`);
  const descriptor = openSync(path, 'wx+', 0o600);
  try {
    // The name goes at once, so that nothing stays behind however this thread ends.
    unlinkSync(path);
    for await (const chunk of members(range)) {
      for (let done = 0; done < chunk.length; ) done += writeSync(descriptor, chunk, done);
    }
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  return new FileBytes(descriptor, range.skip, range.length, path);
}

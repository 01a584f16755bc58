/** Where pickles are read from. */
import { CairnError } from '../../base/errors.ts';
import type { PositionalFile } from '../positional.ts';
import type { ByteRange, InlineContent } from '../tensor-file.ts';
import type { PickleSource, StoredContent } from './values.ts';

/** Bytes that all contents of one file may hold in memory together. */
const maxInlineBytes = 64 * 1024 * 1024;

/** Counts what the contents of one file hold in memory. */
export class InlineBudget {
  #left = maxInlineBytes;

  /** The bytes as a content; null when they would be too many. */
  content(bytes: Uint8Array): InlineContent | null {
    if (bytes.length > this.#left) return null;
    this.#left -= bytes.length;
    return { kind: 'inline', length: bytes.length, bytes };
  }
}

/** A part of a file, read where it lies. */
export class FileSource implements PickleSource {
  readonly size: number;
  readonly #file: PositionalFile;
  readonly #start: number;

  constructor(file: PositionalFile, start = 0, size = file.size - start) {
    this.#file = file;
    this.#start = start;
    this.size = size;
  }

  read(offset: number, length: number): Buffer {
    if (offset + length > this.size) throw cutShort(this.#file.path);
    return this.#file.readSync(this.#start + offset, length);
  }

  content(offset: number, length: number): ByteRange {
    return {
      kind: 'range',
      path: this.#file.path,
      offset: this.#start + offset,
      stored: length,
      length,
      compression: 'none',
      skip: 0,
      crc32: null,
    };
  }
}

/** A deflated stream of a file and what it unpacks to. */
export interface PackedStream {
  readonly path: string;
  readonly offset: number;
  readonly stored: number;
}

/** What was unpacked into memory. */
export class MemorySource implements PickleSource {
  readonly size: number;
  readonly #bytes: Buffer;
  readonly #path: string;
  readonly #budget: InlineBudget;
  readonly #packed: PackedStream | null;

  /** @param packed where the bytes came from, for contents too large to hand on in memory */
  constructor(
    bytes: Buffer,
    path: string,
    budget: InlineBudget,
    packed: PackedStream | null = null,
  ) {
    this.#bytes = bytes;
    this.#path = path;
    this.#budget = budget;
    this.#packed = packed;
    this.size = bytes.length;
  }

  read(offset: number, length: number): Buffer {
    if (offset + length > this.size) throw cutShort(this.#path);
    return this.#bytes.subarray(offset, offset + length);
  }

  content(offset: number, length: number): StoredContent | null {
    // A copy: a view would be handed on with all of the memory behind it.
    const inline = this.#budget.content(new Uint8Array(this.read(offset, length)));
    if (inline || !this.#packed) return inline;
    return {
      kind: 'range',
      ...this.#packed,
      length,
      compression: 'deflate',
      skip: offset,
      crc32: null,
    };
  }
}

function cutShort(path: string): CairnError {
  return new CairnError('corrupt', `${path} is cut short: it ends before its contents do.`);
}

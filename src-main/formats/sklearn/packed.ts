/** Pickles that joblib, or gzip, has compressed. */
import { promisify } from 'node:util';
import { gunzip, inflate as inflateZlib } from 'node:zlib';
import { CairnError } from '../../base/errors.ts';
import { FileSource, type InlineBudget, MemorySource, type PickleSource } from '../pickle/index.ts';
import type { PositionalFile } from '../positional.ts';
import { maxStreamBytes } from '../range-bytes.ts';

/** What unpacks to more than this many times its size, and to more than a few pages, holds no numbers. */
const maxRatio = 200;
const harmlessBytes = 64 * 1024 * 1024;

const otherMethods: ReadonlyArray<readonly [name: string, start: Buffer]> = [
  ['bzip2', Buffer.from('BZh')],
  ['xz', Buffer.from('fd377a585a00', 'hex')],
  ['lzma', Buffer.from('5d0000', 'hex')],
  ['lz4', Buffer.from('04224d18', 'hex')],
  ['zstd', Buffer.from('28b52ffd', 'hex')],
];

/**
 * The pickle in a file, unpacked if need be.
 * @throws CairnError `unsupported` for other methods and for what unpacks to too much, `corrupt`
 */
export async function openPacked(
  file: PositionalFile,
  start: Buffer,
  budget: InlineBudget,
): Promise<PickleSource> {
  const other = otherMethods.find(([, magic]) => start.subarray(0, magic.length).equals(magic));
  if (other) {
    throw new CairnError(
      'unsupported',
      `${file.path} is compressed with ${other[0]}, which is not read; save it with zlib, gzip or none.`,
    );
  }
  const method = methodOf(start);
  if (!method) return new FileSource(file);
  // Unpacked at once, as a pickle can only be followed from its start.
  if (file.size > maxStreamBytes) throw tooLarge(file.path);
  const packed = await file.read(0, file.size);
  const unpack = promisify(method === 'zlib' ? inflateZlib : gunzip);
  const offset = method === 'zlib' ? 2 : gzipHeaderBytes(packed);
  const sensible = Math.max(harmlessBytes, packed.length * maxRatio);
  const maxOutputLength = Math.min(maxStreamBytes, sensible);
  const bytes = await unpack(packed, { maxOutputLength }).catch((error) => {
    const over = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    if (!over) throw damaged(file.path, error);
    throw sensible < maxStreamBytes ? bomb(file.path) : tooLarge(file.path);
  });
  const stream = { path: file.path, offset, stored: file.size - offset };
  return new MemorySource(bytes, file.path, budget, stream);
}

function methodOf(start: Buffer): 'zlib' | 'gzip' | null {
  if (start[0] === 0x1f && start[1] === 0x8b) return 'gzip';
  // RFC 1950: deflate with a window of 32 KiB, and a check that the two bytes divide by 31.
  const zlib = start.length >= 2 && start[0] === 0x78 && start.readUInt16BE(0) % 31 === 0;
  return zlib ? 'zlib' : null;
}

/** RFC 1952: ten bytes, then what the flags announce. */
function gzipHeaderBytes(bytes: Buffer): number {
  const flags = bytes[3] ?? 0;
  let at = 10;
  if (flags & 4) at += 2 + (bytes.length >= at + 2 ? bytes.readUInt16LE(at) : 0);
  for (const flag of [8, 16]) if (flags & flag) at = bytes.indexOf(0, at) + 1;
  return flags & 2 ? at + 2 : at;
}

function tooLarge(path: string): CairnError {
  return new CairnError(
    'unsupported',
    `${path} unpacks to over 512 MB; save it uncompressed to compare it.`,
  );
}

function bomb(path: string): CairnError {
  return new CairnError(
    'unsupported',
    `${path} unpacks to over 200 times its size, more than is sensible. Save it uncompressed if it is meant to be read.`,
  );
}

function damaged(path: string, cause: unknown): CairnError {
  return new CairnError('corrupt', `${path} is a damaged pickle: it cannot be unpacked.`, {
    cause,
  });
}

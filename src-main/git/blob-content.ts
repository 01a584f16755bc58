/**
 * The blob that a file would be stored as. Git may store other bytes than lie on the disk: line
 * endings are made `\n`, and Git LFS leaves a pointer. A file that Git would call unchanged keeps
 * its tracked id here too.
 */
import { createHash, type Hash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readlinkSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { type Pacer, unlessMissing } from './files.ts';
import type { IndexFile, IndexStat } from './index-file.ts';
import type { Layout } from './layout.ts';
import type { ObjectDatabase } from './object-database.ts';
import type { WorkFile } from './work-tree.ts';

export interface Blob {
  readonly oid: string;
  /** Null when the content is that of the tracked blob, which is stored already. */
  readonly bytes: Buffer | null;
}

const chunkBytes = 1 << 20;
const lfsPointer =
  /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:.*\n)*?oid sha256:([0-9a-f]{64})\n/;

export class BlobReader {
  readonly #layout: Layout;
  readonly #objects: ObjectDatabase;
  /** Whether untracked text gets `\n`. */
  readonly #autoCrlf: boolean;
  readonly #convertsText: boolean;
  readonly #usesLfs: boolean;

  constructor(layout: Layout, objects: ObjectDatabase) {
    this.#layout = layout;
    this.#objects = objects;
    this.#autoCrlf = ['true', 'input'].includes(layout.config.get('core.autocrlf') ?? '');
    const attributes = [
      join(layout.workTree, '.gitattributes'),
      join(layout.commonDir, 'info', 'attributes'),
    ]
      .map((file) => unlessMissing(() => readFileSync(file, 'utf8')) ?? '')
      .join('\n');
    this.#convertsText = this.#autoCrlf || /\s(?:text|eol=|crlf)/.test(attributes);
    this.#usesLfs = /\sfilter=lfs\b/.test(attributes);
  }

  /** Reads a file or link. @returns null when it is gone or may not be read. */
  read(file: WorkFile): Blob | null {
    const absolute = join(this.#layout.workTree, file.path);
    if (file.stat?.isSymbolicLink()) {
      const target = unlessMissing(() => readlinkSync(absolute));
      return target === null ? null : blobOf(Buffer.from(target.replaceAll('\\', '/')));
    }
    const raw = unlessMissing(() => readFileSync(absolute));
    if (raw === null) return null;
    const blob = blobOf(raw);
    const tracked = file.tracked?.oid ?? null;
    if (tracked === blob.oid) return { oid: tracked, bytes: null };
    if (this.#usesLfs && tracked !== null && this.#pointsTo(tracked, raw)) {
      return { oid: tracked, bytes: null };
    }
    return this.#convertsText && hasCrlf(raw) ? this.#convert(raw, blob, tracked) : blob;
  }

  #convert(raw: Buffer, blob: Blob, tracked: string | null): Blob {
    const before = tracked === null ? null : this.#tracked(tracked);
    // Git leaves the line endings of a file alone whose tracked text has CRLF already.
    if (before === null ? !this.#autoCrlf : hasCrlf(before)) return blob;
    const converted = blobOf(
      Buffer.from(raw.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'),
    );
    return converted.oid === tracked ? { oid: converted.oid, bytes: null } : converted;
  }

  #pointsTo(tracked: string, raw: Buffer): boolean {
    const pointer = this.#tracked(tracked);
    if (pointer === null || pointer.length > 1024) return false;
    const sha256 = lfsPointer.exec(pointer.toString('latin1'))?.[1];
    return sha256 !== undefined && createHash('sha256').update(raw).digest('hex') === sha256;
  }

  #tracked(oid: string): Buffer | null {
    if (!this.#objects.has(oid)) return null;
    const object = this.#objects.read(oid);
    return object.type === 'blob' ? object.data : null;
  }
}

/** The id of a file as it lies on the disk, read in pieces; null when it is gone. */
export async function hashLargeFile(
  absolute: string,
  size: number,
  pacer: Pacer,
): Promise<string | null> {
  const fd = unlessMissing(() => openSync(absolute, 'r'));
  if (fd === null) return null;
  try {
    const hash = blobHash(size);
    const chunk = Buffer.allocUnsafe(chunkBytes);
    for (let read = readSync(fd, chunk); read > 0; read = readSync(fd, chunk)) {
      hash.update(chunk.subarray(0, read));
      await pacer.pause();
    }
    return hash.digest('hex');
  } finally {
    closeSync(fd);
  }
}

/** Whether the index vouches for the file: nothing `lstat` says changed since Git looked. */
export function isUnchanged(file: WorkFile, index: IndexFile, platform: NodeJS.Platform): boolean {
  const { tracked, stat } = file;
  if (tracked === null || stat === null || tracked.stage > 0 || tracked.intentToAdd) return false;
  if ((tracked.mode === '120000') !== (file.mode === '120000')) return false;
  return stat.mtimeNs < index.writtenNs && matches(tracked.stat, stat, platform);
}

function matches(
  known: IndexStat,
  stat: { size: bigint; mtimeNs: bigint; ctimeNs: bigint; ino: bigint },
  platform: NodeJS.Platform,
): boolean {
  const low = (value: bigint) => Number(BigInt.asUintN(32, value));
  const second = 1_000_000_000n;
  if (known.size !== low(stat.size) || known.mtimeSeconds !== low(stat.mtimeNs / second)) {
    return false;
  }
  if (known.mtimeNanoseconds !== 0 && known.mtimeNanoseconds !== Number(stat.mtimeNs % second)) {
    return false;
  }
  // On Windows Git keeps the time of creation there, and no inode.
  if (platform === 'win32') return true;
  if (known.ino !== 0 && known.ino !== low(stat.ino)) return false;
  return known.ctimeSeconds === 0 || known.ctimeSeconds === low(stat.ctimeNs / second);
}

function blobOf(bytes: Buffer): Blob & { readonly bytes: Buffer } {
  return { oid: blobHash(bytes.length).update(bytes).digest('hex'), bytes };
}

/** What Git calls a content, once its bytes are added: SHA-1 of its length and them. */
export function blobHash(size: number): Hash {
  return createHash('sha1').update(`blob ${size}\0`);
}

/** Git's rule for text: no NUL within the first 8000 bytes. */
function hasCrlf(bytes: Buffer): boolean {
  return bytes.includes('\r\n') && !bytes.subarray(0, 8000).includes(0);
}

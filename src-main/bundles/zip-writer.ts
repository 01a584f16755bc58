/**
 * Writing the zip: entries stored or deflated, a manifest of SHA-256 hashes as the last entry, and a
 * seal over every byte in the archive's comment, so that a change anywhere is noticed.
 */
import { createHash, type Hash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open as openFile, rename, rm } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import type { Work } from '../base/progress.ts';
import { names } from './layout.ts';

/** The comment is this word and 64 hex digits: the SHA-256 of every byte before the digits. */
export const sealPrefix = 'cairn-sha256:';
const sealDigits = 64;

/** Contents that do not get smaller. */
const compressed =
  /\.(gz|zip|npz|png|jpe?g|gif|webp|mp[34]|parquet|safetensors|pt|pth|bin|onnx|xz|zst|bz2)$/i;

export interface ZipEntry {
  readonly name: string;
  readonly source:
    | { readonly file: string }
    | { readonly bytes: Uint8Array }
    /** Called when the entry is written. */
    | { readonly read: () => Uint8Array };
  readonly executable?: boolean;
}

export interface WrittenZip {
  readonly bytes: number;
  readonly files: number;
  /** SHA-256 and size of each entry. */
  readonly hashes: ReadonlyMap<string, { sha256: string; size: number }>;
}

/**
 * Writes the archive beside `path` and moves it there when it is whole; what was begun is removed
 * when that fails.
 * @param last makes the entries that need to know the hashes of the others (the crate's metadata)
 */
export async function writeZip(
  path: string,
  entries: readonly ZipEntry[],
  last: (hashes: WrittenZip['hashes']) => readonly ZipEntry[],
  work: Work,
): Promise<WrittenZip> {
  const temporary = `${path}.${randomBytes(4).toString('hex')}.part`;
  const hashes = new Map<string, { sha256: string; size: number }>();
  const zip = new yazl.ZipFile();
  const output = zip.outputStream as unknown as Readable;
  const sealing = seal();
  const written = pipeline(
    output,
    sealing.stream,
    createWriteStream(temporary, { flags: 'wx' }),
    work.signal === undefined ? {} : { signal: work.signal },
  );
  // A writer that fails never asks for more: whoever waits for an entry has to hear of it.
  const failed = written.then(() => {
    throw new Error('the archive ended early');
  });
  failed.catch(() => undefined);
  let current: Transform | undefined;
  const put = async (entry: ZipEntry) => {
    const adding = add(zip, entry);
    current = adding.stream;
    hashes.set(entry.name, await Promise.race([adding.done, failed]));
  };
  try {
    for (const [done, entry] of entries.entries()) {
      work.signal?.throwIfAborted();
      work.onProgress?.({ phase: 'Writing', done, total: entries.length, unit: 'items' });
      await put(entry);
    }
    for (const entry of last(hashes)) await put(entry);
    await put({ name: names.manifest, source: { bytes: manifest(hashes) } });
    zip.end({ comment: sealPrefix + '0'.repeat(sealDigits) } as Parameters<typeof zip.end>[0]);
    await written;
    await patch(temporary, sealing.bytes() - sealDigits, sealing.digest());
    await rename(temporary, path);
    return { bytes: sealing.bytes(), files: hashes.size, hashes };
  } catch (error) {
    current?.destroy();
    output.destroy();
    await written.catch(() => undefined);
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Adds one entry. Its end is to be waited for, so that only one file is open at a time. */
function add(
  zip: yazl.ZipFile,
  entry: ZipEntry,
): { stream: Transform; done: Promise<{ sha256: string; size: number }> } {
  const hash = createHash('sha256');
  let size = 0;
  const source = open(entry);
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  source.on('error', (error: Error) => stream.destroy(error));
  stream.on('close', () => source.destroy());
  const ended = finished(stream);
  zip.addReadStream(source.pipe(stream), entry.name, {
    // A fixed time: the same contents make the same bytes.
    mtime: new Date(1980, 0, 1),
    mode: entry.executable === true ? 0o100755 : 0o100644,
    compress: !compressed.test(entry.name),
  });
  return { stream, done: ended.then(() => ({ sha256: hash.digest('hex'), size })) };
}

function open({ source }: ZipEntry): Readable {
  if ('file' in source) return createReadStream(source.file);
  return Readable.from(['read' in source ? source.read() : source.bytes]);
}

function manifest(hashes: WrittenZip['hashes']): Buffer {
  const lines = [...hashes].map(([name, { sha256 }]) => `${sha256}  ${name}\n`);
  return Buffer.from(lines.sort().join(''), 'utf8');
}

/** Hashes what passes, except for the last digits, which hold the hash itself. */
function seal(): { stream: Transform; bytes: () => number; digest: () => string } {
  const hash: Hash = createHash('sha256');
  let held: Buffer = Buffer.alloc(0);
  let total = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      total += chunk.length;
      const all = Buffer.concat([held, chunk]);
      const cut = Math.max(0, all.length - sealDigits);
      hash.update(all.subarray(0, cut));
      held = Buffer.from(all.subarray(cut));
      done(null, chunk);
    },
  });
  return { stream, bytes: () => total, digest: () => hash.digest('hex') };
}

async function patch(path: string, offset: number, text: string): Promise<void> {
  const file = await openFile(path, 'r+');
  try {
    await file.write(Buffer.from(text, 'latin1'), 0, text.length, offset);
    await file.sync();
  } finally {
    await file.close();
  }
}

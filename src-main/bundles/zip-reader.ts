/** Reading a zip that a stranger may have made. Nothing is written here, and no name is trusted. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { PassThrough, type Readable } from 'node:stream';
import yauzl from 'yauzl';
import { asCairnError, CairnError } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import { isSafeName, namesCollide } from './entry-name.ts';
import { sealPrefix } from './zip-writer.ts';

const sealLength = sealPrefix.length + 64;
/** More than this many times its size is a bomb, not a bundle. */
const maxRatio = 1000;
const ratioFreeBytes = 2 ** 30;
const maxEntries = 2_000_000;

export interface ArchiveEntry {
  readonly name: string;
  readonly size: number;
  readonly directory: boolean;
  readonly executable: boolean;
  /** Why it must not be unpacked, or null. */
  readonly unsafe: string | null;
}

export class Archive {
  readonly path: string;
  readonly entries: readonly ArchiveEntry[];
  readonly #zip: yauzl.ZipFile;
  readonly #raw: Map<ArchiveEntry, yauzl.Entry>;

  private constructor(path: string, zip: yauzl.ZipFile, raw: Map<ArchiveEntry, yauzl.Entry>) {
    this.path = path;
    this.#zip = zip;
    this.#raw = raw;
    this.entries = [...raw.keys()];
  }

  /** @throws CairnError `not-found`, or `corrupt` for what is no whole zip */
  static async open(path: string): Promise<Archive> {
    if (!(await stat(path).catch(() => null))?.isFile()) {
      throw new CairnError('not-found', `There is no file ${path}.`);
    }
    let zip: yauzl.ZipFile | undefined;
    try {
      zip = await openZip(path);
      const raw = await readEntries(zip, (await stat(path)).size);
      return new Archive(path, zip, raw);
    } catch (error) {
      zip?.close();
      if (error instanceof CairnError) throw error;
      throw new CairnError(
        'corrupt',
        `${path} is not a whole zip file (${asCairnError(error).message}). Ask for it again.`,
        { cause: error },
      );
    }
  }

  /** The entry with this name, unless there are two of them or it is unsafe. */
  find(name: string): ArchiveEntry | undefined {
    return this.entries.find((entry) => entry.name === name && entry.unsafe === null);
  }

  /**
   * What the stream ends with when the entry cannot be read as the archive describes it is the same error.
   * @throws CairnError `corrupt`
   */
  async stream(entry: ArchiveEntry): Promise<Readable> {
    const raw = this.#raw.get(entry);
    if (raw === undefined) throw new CairnError('not-found', `${entry.name} is not in the bundle.`);
    const source = await new Promise<Readable>((resolve, reject) => {
      this.#zip.openReadStream(raw, (error, stream) => {
        if (error) reject(damaged(entry.name, error));
        else resolve(stream);
      });
    });
    const content = new PassThrough();
    source.once('error', (cause) => content.destroy(damaged(entry.name, cause)));
    content.once('close', () => source.destroy());
    return source.pipe(content);
  }

  /** The whole of a small entry. @throws CairnError `corrupt` above `limit` bytes */
  async read(entry: ArchiveEntry, limit = 64 * 2 ** 20): Promise<Buffer> {
    if (entry.size > limit) throw new CairnError('corrupt', `${entry.name} is too large to read.`);
    const chunks: Buffer[] = [];
    for await (const chunk of await this.stream(entry)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }

  close(): void {
    this.#zip.close();
  }
}

/** What is said of an entry whose content is not what it should be. */
export function damaged(name: string, cause?: unknown): CairnError {
  return new CairnError('corrupt', `${name} in the bundle is damaged. Ask for it again.`, {
    cause,
  });
}

/** Whether the archive's own seal holds: `ok`, `broken`, or `none` when it has none. */
export async function checkSeal(path: string, work: Work): Promise<'ok' | 'broken' | 'none'> {
  const { size } = await stat(path);
  if (size < sealLength) return 'none';
  const tail = Buffer.alloc(sealLength);
  const file = await open(path, 'r');
  try {
    await file.read(tail, 0, sealLength, size - sealLength);
  } finally {
    await file.close();
  }
  const text = tail.toString('latin1');
  if (!text.startsWith(sealPrefix)) return 'none';
  const hash = createHash('sha256');
  const end = size - 64 - 1;
  let done = 0;
  for await (const chunk of createReadStream(path, { end, highWaterMark: 2 ** 20 })) {
    work.signal?.throwIfAborted();
    hash.update(chunk as Buffer);
    done += (chunk as Buffer).length;
    work.onProgress?.({ phase: 'Checking the seal', done, total: end, unit: 'bytes' });
  }
  return hash.digest('hex') === text.slice(sealPrefix.length) ? 'ok' : 'broken';
}

function openZip(path: string): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    // Names are decoded and judged here, so that a bad one is reported rather than thrown.
    const options = {
      lazyEntries: true,
      autoClose: false,
      decodeStrings: false,
      validateEntrySizes: true,
    };
    yauzl.open(path, options, (error, zip) => (error ? reject(error) : resolve(zip)));
  });
}

async function readEntries(
  zip: yauzl.ZipFile,
  archiveSize: number,
): Promise<Map<ArchiveEntry, yauzl.Entry>> {
  if (zip.entryCount > maxEntries)
    throw new CairnError('corrupt', 'The bundle has too many entries.');
  const raw = new Map<ArchiveEntry, yauzl.Entry>();
  const seen = new Map<string, string>();
  let total = 0;
  await new Promise<void>((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', resolve);
    zip.on('entry', (entry: yauzl.Entry) => {
      const judged = judge(entry, seen);
      total += judged.size;
      if (total > ratioFreeBytes && total > archiveSize * maxRatio) {
        reject(new CairnError('corrupt', 'The bundle would unpack to far more than it can hold.'));
        return;
      }
      raw.set(judged, entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
  return raw;
}

function judge(entry: yauzl.Entry, seen: Map<string, string>): ArchiveEntry {
  const name = Buffer.from(entry.fileName as unknown as Uint8Array).toString('utf8');
  const mode = entry.externalFileAttributes >>> 16;
  const kind = mode & 0o170000;
  const twin = namesCollide(seen, name);
  const unsafe = !isSafeName(name)
    ? 'its name leads out of the bundle or is not portable'
    : kind === 0o120000
      ? 'it is a symbolic link'
      : kind !== 0 && kind !== 0o100000 && kind !== 0o040000
        ? 'it is neither a file nor a folder'
        : (entry.generalPurposeBitFlag & 1) === 1
          ? 'it is encrypted'
          : twin === name
            ? 'another entry has the same name'
            : twin !== null
              ? `some systems cannot tell its name from that of ${twin}`
              : null;
  return {
    name,
    size: entry.uncompressedSize,
    directory: name.endsWith('/'),
    executable: (mode & 0o100) !== 0,
    unsafe,
  };
}

/** A file to compare by its content: of a side, on the disk, or in a bundle. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CairnError } from '../../../base/errors.ts';
import type { Work } from '../../../base/progress.ts';
import { Archive } from '../../../bundles/zip-reader.ts';
import type { ContentSource } from '../../../contract/diff-content.ts';
import type { DiffContext } from '../context.ts';
import { locateFile } from '../locate.ts';

/** A file that can be read, until it is disposed of. */
export interface Content extends AsyncDisposable {
  readonly title: string;
  /** As the user knows it; only its name says something about the content. */
  readonly path: string;
  /** Absolute; null where the side has no such file. */
  readonly file: string | null;
  readonly size: number | null;
}

/** What a file of a bundle may unpack to, to be looked at. */
const maxEntryBytes = 4 * 2 ** 30;

/** @throws CairnError `not-found` for a file on the disk, a bundle, or a side that is not there */
export async function openContent(
  context: DiffContext,
  source: ContentSource,
  work: Work,
): Promise<Content> {
  if (source.kind === 'bundle') return await fromBundle(context, source, work);
  const located = await locateFile(context, source, work);
  if (located === null) {
    return { ...absent, title: source.path, path: source.path };
  }
  const { path, title } = located.file;
  try {
    const { size } = await regular(path);
    const dispose = () => located[Symbol.asyncDispose]();
    return { title, path: source.path, file: path, size, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await located[Symbol.asyncDispose]();
    throw error;
  }
}

const absent = { file: null, size: null, [Symbol.asyncDispose]: async () => {} };

async function regular(path: string) {
  const found = await stat(path).catch(() => null);
  if (found === null) throw new CairnError('not-found', `There is no file ${path}.`);
  if (!found.isFile()) throw new CairnError('invalid', `${path} is not a regular file.`);
  return found;
}

async function fromBundle(
  context: DiffContext,
  source: Extract<ContentSource, { kind: 'bundle' }>,
  work: Work,
): Promise<Content> {
  const bundle = resolve(context.current()?.workspace.root ?? '/', source.bundle);
  const archive = await Archive.open(bundle);
  try {
    const entry = archive.find(source.path);
    const title = `${basename(bundle)} ${source.path}`;
    if (entry === undefined || entry.directory) return { ...absent, title, path: source.path };
    if (entry.size > maxEntryBytes) {
      throw new CairnError('unsupported', `${source.path} in the bundle is too large to compare.`);
    }
    const folder = await mkdtemp(join(tmpdir(), 'cairn-compare-'));
    const remove = () => rm(folder, { recursive: true, force: true });
    const file = join(folder, 'content');
    try {
      const target = createWriteStream(file, { mode: 0o600 });
      await pipeline(await archive.stream(entry), target, { signal: work.signal });
    } catch (error) {
      await remove();
      work.signal?.throwIfAborted();
      if (error instanceof CairnError) throw error;
      const damaged = `${source.path} in the bundle is damaged. Ask for it again.`;
      throw new CairnError('corrupt', damaged, { cause: error });
    }
    return { title, path: source.path, file, size: entry.size, [Symbol.asyncDispose]: remove };
  } finally {
    archive.close();
  }
}

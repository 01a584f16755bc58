/** A file to compare by its content: of a side, on the disk, or in a bundle. */
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { CairnError } from '../../../base/errors.ts';
import type { Work } from '../../../base/progress.ts';
import { Archive } from '../../../bundles/zip-reader.ts';
import type { ContentSource } from '../../../contract/diff-content.ts';
import { isModelUri } from '../../../contract/model-files.ts';
import type { DiffContext } from '../context.ts';
import { locateFile } from '../locate.ts';
import { unpackEntry } from '../unpack-entry.ts';

/** A file that can be read, until it is disposed of. */
export interface Content extends AsyncDisposable {
  readonly title: string;
  /** As the user knows it; only its name says something about the content. */
  readonly path: string;
  /** Absolute; null where the side has no such file. */
  readonly file: string | null;
  readonly size: number | null;
}

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
    // What a registered model is, only its file's name tells.
    const named = source.kind === 'file' && isModelUri(source.path) ? title : source.path;
    return { title, path: named, file: path, size, [Symbol.asyncDispose]: dispose };
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
    const { file, ...dispose } = await unpackEntry(archive, entry, work);
    return { title, path: source.path, file, size: entry.size, ...dispose };
  } finally {
    archive.close();
  }
}

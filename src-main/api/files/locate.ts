/** Where the content of a file of a run is on this machine, and that it is the one the run had. */
import { stat } from 'node:fs/promises';
import { posix } from 'node:path';
import { CairnError } from '../../base/errors.ts';
import type { Work } from '../../base/progress.ts';
import { hashPath } from '../../cas/index.ts';
import type { FileSource } from '../../contract/files.ts';
import { readRun } from '../../store/runs.ts';
import { artifactFolder } from '../../tracking/artifacts.ts';
import type { DiffSession } from '../diff/context.ts';
import { locateModel } from '../diff/locate.ts';
import { locateRunArtifact } from '../run-artifacts.ts';

export interface FileContext {
  /** @throws CairnError `not-found` when no folder is open */
  session(): DiffSession;
  current(): DiffSession | null;
}

/** A file that can be read, until it is disposed of. */
export interface RunFileContent extends AsyncDisposable {
  /** Absolute. */
  readonly file: string;
  /** As the user knows it; only its name says something about the content. */
  readonly path: string;
  readonly size: number;
  /** Where it can be shown to the user; null for a copy of what Git keeps. */
  readonly location: string | null;
}

/**
 * @throws CairnError `not-found` for what is not on this machine (any more), `invalid` for a path that
 *   leads elsewhere
 */
export async function openRunFile(
  context: FileContext,
  source: FileSource,
  work: Work,
): Promise<RunFileContent> {
  if (source.kind === 'artifact') return await openArtifact(context.session(), source);
  const located = await locateModel(context, source, work);
  const { path: file } = located.file;
  try {
    const found = await regular(file, source.path);
    const copied = posix.basename(file) === 'content' && file.includes('cairn-compare-');
    if (located.file.hash === null) await requireSame(context.session(), source, file, work);
    return {
      file,
      path: source.path,
      size: found.size,
      location: copied ? null : file,
      [Symbol.asyncDispose]: () => located[Symbol.asyncDispose](),
    };
  } catch (error) {
    await located[Symbol.asyncDispose]();
    throw error;
  }
}

async function openArtifact(
  session: DiffSession,
  { run: id, path }: Extract<FileSource, { kind: 'artifact' }>,
): Promise<RunFileContent> {
  const run = readRun(session.store, id);
  if (run === undefined) throw new CairnError('not-found', `There is no run with the id ${id}.`);
  const file = await locateRunArtifact(session, run, path);
  if (file === null) {
    const { storeDir, root } = session.workspace;
    const sentence =
      artifactFolder(storeDir, root, run) === null
        ? `The files of ${run.name} are not on this machine.`
        : `There is no file ${path}.`;
    throw new CairnError('not-found', sentence);
  }
  const { size } = await regular(file, path);
  return { file, path, size, location: file, [Symbol.asyncDispose]: async () => {} };
}

async function regular(file: string, path: string) {
  const found = await stat(file).catch(() => null);
  if (found === null) throw new CairnError('not-found', `There is no file ${path}.`);
  if (!found.isFile()) throw new CairnError('invalid', `${path} is not a regular file.`);
  return found;
}

/** What Git had before a run is not what the run wrote over it. */
async function requireSame(
  { tracking, cache }: DiffSession,
  { reference, path }: Extract<FileSource, { kind: 'tracked' }>,
  file: string,
  work: Work,
): Promise<void> {
  if (!/^[0-9a-f]{32}$/.test(reference)) return;
  const written = tracking
    .get(reference)
    .files.find((one) => one.path === path && one.role !== 'dep' && one.hash !== null);
  if (written === undefined) return;
  const hashed = await hashPath(file, { cache, ...work });
  if (hashed?.hash === written.hash) return;
  throw new CairnError(
    'not-found',
    `The content that ${path} had in this run is not on this machine; the file was changed since.`,
  );
}

/** Where the content of a file is: on the disk, or of a run, a commit or the workspace. */
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, isAbsolute, join, resolve } from 'node:path';
import type { z } from 'zod';
import { CairnError } from '../../base/errors.ts';
import type { Work } from '../../base/progress.ts';
import { BundleView } from '../../bundles/index.ts';
import { hashPath } from '../../cas/index.ts';
import type { modelSource, Side } from '../../contract/diff.ts';
import { isModelUri } from '../../contract/model-files.ts';
import type { ModelFile } from '../../models/index.ts';
import { readRun } from '../../store/runs.ts';
import { locateModelUri } from '../registered-models.ts';
import { locateRunArtifact } from '../run-artifacts.ts';
import { contentPath, readManifest } from './contents.ts';
import type { DiffContext, DiffSession } from './context.ts';
import { readState } from './side-state.ts';
import { resolveSide } from './sides.ts';
import { unpackEntry } from './unpack-entry.ts';
import { isWorkFile, workPath } from './work-file.ts';

export type FileSource = z.infer<typeof modelSource>;

/** A file that can be opened, until it is disposed of. */
export interface Located extends AsyncDisposable {
  readonly file: ModelFile;
}

/** As {@link locateFile}. @throws CairnError `not-found` also for what a side does not have */
export async function locateModel(
  context: DiffContext,
  source: FileSource,
  work: Work,
): Promise<Located> {
  const found = await locateFile(context, source, work);
  if (found !== null) return found;
  const side =
    source.kind === 'file' ? '' : (await resolveSide(context.session(), source.reference)).title;
  throw new CairnError('not-found', `There is no ${source.path} in ${side}.`);
}

/**
 * Null where a run, a commit or the workspace has no such file; one on the disk is not looked for.
 * @throws CairnError `not-found` when the content is not on this machine, with how to get it
 */
export async function locateFile(
  context: DiffContext,
  source: FileSource,
  work: Work,
): Promise<Located | null> {
  if (source.kind === 'file' && isModelUri(source.path)) {
    return asIs({ ...(await locateModelUri(context.session(), source.path)), hash: null });
  }
  if (source.kind === 'file') {
    const root = context.current()?.workspace.root;
    if (!isAbsolute(source.path) && root === undefined) {
      throw new CairnError('invalid', `${source.path}: give the whole path of the file.`);
    }
    const path = resolve(root ?? '/', source.path);
    return asIs({ path, title: basename(path), hash: null });
  }
  const session = context.session();
  const side = await resolveSide(session, source.reference);
  const title = `${shortTitle(side)} ${source.path}`;
  if (side.kind === 'workspace') return await fromWorkspace(session, source.path, title);
  if (side.bundle !== undefined) return await fromBundle(side.bundle, source.path, title, work);
  const hash = await hashAt(session, side, source.path);
  if (hash !== null) {
    const path =
      contentPath(session, hash) ?? (await sameInWorkspace(session, source.path, hash, work));
    if (path !== null) return asIs({ path, title, hash });
  }
  const found = await fromCode(session, side, source.path, title);
  if (found !== null) return found;
  const logged = await fromArtifacts(session, side, source.path, title);
  if (logged !== null || hash === null) return logged;
  throw new CairnError(
    'not-found',
    `The content of ${source.path} in ${side.title} is not on this machine; “dvc fetch” may bring it.`,
  );
}

function asIs(file: ModelFile): Located {
  return { file, [Symbol.asyncDispose]: async () => {} };
}

/** `02.7` of `02.7 wider-net`, the seven digits of a commit. */
function shortTitle(side: Side): string {
  return side.kind === 'workspace' ? side.title : (side.title.split(' ')[0] ?? side.title);
}

/** As the run left it, or as it was when the run began. */
async function fromBundle(
  path: string,
  name: string,
  title: string,
  work: Work,
): Promise<Located | null> {
  using bundle = await BundleView.open(path);
  const entry = bundle.find(name);
  if (entry !== undefined) {
    const { file, ...dispose } = await unpackEntry(bundle.archive, entry, work);
    return { file: { path: file, title, hash: null }, ...dispose };
  }
  const { inputs, outputs, omitted } = bundle.record;
  if (![...inputs, ...outputs].some((one) => one.path === name)) return null;
  const reason = omitted.find((one) => one.path === name)?.reason ?? 'it is a directory';
  throw new CairnError('not-found', `${name} is not in the bundle: ${reason}.`);
}

async function fromWorkspace(session: DiffSession, path: string, title: string) {
  if (!(await isWorkFile(session.workspace.root, path))) return null;
  return asIs({ path: await workPath(session.workspace.root, path), title, hash: null });
}

/** The recorded hash of a file, or of a file within a recorded directory. */
async function hashAt(session: DiffSession, side: Side, path: string): Promise<string | null> {
  const { data } = await readState(session, side, false);
  const own = data.get(path)?.hash;
  if (own) return own.endsWith('.dir') ? null : own;
  for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1)) {
    const folder = data.get(path.slice(0, cut))?.hash;
    if (!folder?.endsWith('.dir')) continue;
    const manifest = await readManifest(session, folder);
    const name = path.slice(cut + 1);
    return manifest?.find((entry) => entry.path === name)?.hash ?? null;
  }
  return null;
}

async function sameInWorkspace(
  { workspace, cache }: DiffSession,
  path: string,
  hash: string,
  work: Work,
): Promise<string | null> {
  if (!(await isWorkFile(workspace.root, path))) return null;
  const absolute = await workPath(workspace.root, path);
  const hashed = await hashPath(absolute, { cache, ...work });
  return hashed?.hash === hash ? absolute : null;
}

/** What a run logged beside its outputs. */
async function fromArtifacts(
  session: DiffSession,
  side: Side,
  path: string,
  title: string,
): Promise<Located | null> {
  const run = side.runId === null ? undefined : readRun(session.store, side.runId);
  const file = run && (await locateRunArtifact(session, run, path));
  if (!file) return null;
  const found = await stat(file).catch(() => null);
  return found?.isFile() ? asIs({ path: file, title, hash: null }) : null;
}

/** A file that Git keeps is written to a temporary file, because it is read by position. */
async function fromCode(
  { code }: DiffSession,
  side: Side,
  path: string,
  title: string,
): Promise<Located | null> {
  const bytes = side.commit === null ? null : (code?.readBlob(side.commit, path) ?? null);
  if (bytes === null) return null;
  const folder = await mkdtemp(join(tmpdir(), 'cairn-compare-'));
  const file = join(folder, 'content');
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await writeFile(file, bytes, { mode: 0o600 });
  } catch (error) {
    await remove();
    throw error;
  }
  return { file: { path: file, title, hash: null }, [Symbol.asyncDispose]: remove };
}

/** The files of one tracked directory on two sides. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Work } from '../../base/progress.ts';
import { BundleView } from '../../bundles/index.ts';
import { hashDirectory } from '../../cas/index.ts';
import type { Side } from '../../contract/diff.ts';
import type { Output } from '../../contract/index.ts';
import { ignoreInside, readManifest } from './contents.ts';
import type { DiffSession } from './context.ts';
import { trackedAt } from './data.ts';
import { changeOf } from './values.ts';
import { workPath } from './work-file.ts';

type Result = Output<'diff.directory'>;

/** Files by path with their hashes, or why they are not known. */
type Listing = { readonly files: ReadonlyMap<string, string> } | { readonly note: string };

/** @param limit of entries; the counts are of all */
export async function diffDirectory(
  session: DiffSession,
  left: Side,
  right: Side,
  path: string,
  limit: number,
  work: Work,
): Promise<Result> {
  const sides = [await list(session, left, path, work), await list(session, right, path, work)];
  const notes = sides.flatMap((side) => ('note' in side ? [side.note] : []));
  const result: Result = { added: 0, removed: 0, modified: 0, same: 0, entries: [], note: null };
  const [before, after] = sides.map((side) => ('files' in side ? side.files : null));
  if (!before || !after) return { ...result, note: notes.join(' ') };
  for (const name of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [a, b] = [before.get(name) ?? null, after.get(name) ?? null];
    const change = changeOf(a, b);
    if (change === 'renamed') continue;
    result[change]++;
    if (change !== 'same') result.entries.push({ path: name, change, left: a, right: b });
  }
  const changed = result.entries.length;
  if (changed <= limit) return result;
  const note = `${changed} files differ; the first ${limit} are listed.`;
  return { ...result, entries: result.entries.slice(0, limit), note };
}

async function list(session: DiffSession, side: Side, path: string, work: Work): Promise<Listing> {
  const tracked = await trackedAt(session, side, path, work);
  // A directory that is not there has no files: all of the other side's are new or gone.
  if (tracked?.hash == null) return { files: new Map() };
  if (!tracked.hash.endsWith('.dir')) return { note: `${path} is a file in ${side.title}.` };
  if (side.bundle !== undefined) return await listBundle(side.bundle, path, work);
  const listed =
    (side.kind === 'workspace' ? null : await readManifest(session, tracked.hash)) ??
    (await listWorkspace(session, path, tracked.hash, work));
  if (listed !== null) return { files: new Map(listed.map((entry) => [entry.path, entry.hash])) };
  return {
    note: `The list of files of ${path} in ${side.title} is not on this machine; “dvc fetch” may bring it.`,
  };
}

/** What the run left of a directory, else what was in it when the run began; hashed as DVC does. */
async function listBundle(file: string, path: string, work: Work): Promise<Listing> {
  using bundle = await BundleView.open(file);
  const { inputs, outputs } = bundle.record;
  const whole = [...outputs, ...inputs].find((one) => one.path === path)?.included === true;
  if (!whole) return { note: `Not all files of ${path} are in ${basename(file)}.` };
  const files = new Map<string, string>();
  for (const [name, entry] of bundle.list(path)) {
    work.signal?.throwIfAborted();
    const hash = createHash('md5');
    for await (const chunk of await bundle.archive.stream(entry)) hash.update(chunk as Buffer);
    files.set(name, hash.digest('hex'));
  }
  return { files };
}

/** What lies in the workspace, where that is the same content. */
async function listWorkspace(session: DiffSession, path: string, hash: string, work: Work) {
  try {
    const absolute = await workPath(session.workspace.root, path);
    const ignore = ignoreInside(session, path);
    const options = { cache: session.cache, ...work, ...(ignore && { ignore }) };
    const directory = await hashDirectory(absolute, options);
    return directory.hash === hash ? directory.entries : null;
  } catch {
    work.signal?.throwIfAborted();
    return null;
  }
}

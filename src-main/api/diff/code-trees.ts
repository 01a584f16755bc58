/** The code of one side: a commit, the work tree as it is, or what a bundle holds of it. */
import type { Work } from '../../base/progress.ts';
import type { BundleView } from '../../bundles/index.ts';
import type { Archive, ArchiveEntry } from '../../bundles/zip-reader.ts';
import type { Side } from '../../contract/diff.ts';
import { blobHash, type CodeStore, type TreeChange } from '../../git/index.ts';
import type { DiffSession } from './context.ts';
import { maxTextBytes } from './text.ts';
import { blobOfWorkFile, readWorkFile } from './work-file.ts';

export type Tree =
  | { readonly kind: 'commit'; readonly code: CodeStore; readonly commit: string }
  | { readonly kind: 'work tree' }
  | { readonly kind: 'bundle'; readonly bundle: BundleView };

/** The bytes of a file; null where there is none. */
export type Content = Uint8Array | 'too large' | null;

export type Change = Pick<TreeChange, 'path' | 'from' | 'oldMode' | 'newMode'> & {
  /** Null where only reading both contents can tell. */
  readonly change: TreeChange['change'] | null;
};

/** @returns null for a side whose code was not recorded */
export async function treeOf(
  session: DiffSession,
  side: Side,
  bundle: BundleView | null,
  work: Work,
): Promise<Tree | null> {
  const { code } = session;
  if (bundle !== null) return { kind: 'bundle', bundle };
  if (side.kind !== 'workspace') {
    return side.commit === null || code === null
      ? null
      : { kind: 'commit', code, commit: side.commit };
  }
  if (session.repository !== null) return { kind: 'work tree' };
  // Without Git there is nothing to ask for status; a snapshot in the shadow repository is cheap.
  const snapshot = await code?.snapshot({
    ref: 'refs/cairn/workspace',
    message: 'The workspace, to compare it',
    statCacheFile: session.workspace.statCacheFile,
    signal: work.signal,
  });
  return snapshot && code ? { kind: 'commit', code, commit: snapshot.commit } : null;
}

/** Every path that can differ between two trees. */
export async function changesBetween(
  session: DiffSession,
  from: Tree,
  to: Tree,
  work: Work,
): Promise<readonly Change[]> {
  if (from.kind === 'bundle' || to.kind === 'bundle') {
    const blobs = [await blobsOf(session, from, work), await blobsOf(session, to, work)] as const;
    return changesByContent(...blobs);
  }
  if (from.kind === 'commit' && to.kind === 'commit') {
    return from.code.diffTrees(from.commit, to.commit);
  }
  const commit = from.kind === 'commit' ? from.commit : to.kind === 'commit' ? to.commit : null;
  if (commit === null) return [];
  return (await workTreeCandidates(session, commit, work)).map((path) => {
    return { path, from: null, change: null, oldMode: null, newMode: null };
  });
}

/** @param mode of the entry, where it is known */
export async function contentOf(
  session: DiffSession,
  tree: Tree,
  path: string,
  mode: TreeChange['oldMode'] = null,
): Promise<Content> {
  if (tree.kind === 'work tree') {
    return await readWorkFile(session.workspace.root, path, maxTextBytes);
  }
  if (tree.kind === 'bundle') {
    const entry = tree.bundle.code.get(path);
    if (entry === undefined) return null;
    return entry.size > maxTextBytes ? 'too large' : await tree.bundle.archive.read(entry);
  }
  // A submodule has no content here, only the commit it stands at.
  if (mode === '160000') return null;
  const bytes = tree.code.readBlob(tree.commit, path);
  return bytes !== null && bytes.length > maxTextBytes ? 'too large' : bytes;
}

/**
 * Every path that can differ between a commit and the work tree: what differs from HEAD in one or
 * in the other.
 */
async function workTreeCandidates(
  session: DiffSession,
  commit: string,
  work: Work,
): Promise<string[]> {
  const { repository } = session;
  if (repository === null) return [];
  const paths = new Set((await statusOf(session, work)).map((entry) => entry.path));
  for (const change of repository.diffTrees(commit, repository.head().oid)) {
    paths.add(change.path);
    if (change.from !== null) paths.add(change.from);
  }
  return [...paths].sort();
}

async function statusOf({ repository, workspace }: DiffSession, work: Work) {
  const { statCacheFile } = workspace;
  return (await repository?.status({ statCacheFile, signal: work.signal })) ?? [];
}

/** Git's id of every file: bundles have neither links nor submodules, so they are left out. */
async function blobsOf(session: DiffSession, tree: Tree, work: Work): Promise<Map<string, string>> {
  if (tree.kind === 'commit') return blobsOfCommit(tree.code, tree.commit);
  const blobs = new Map<string, string>();
  if (tree.kind === 'bundle') {
    const { archive, code } = tree.bundle;
    for (const [path, entry] of code) {
      work.signal?.throwIfAborted();
      blobs.set(path, await blobOfEntry(archive, entry));
    }
    return blobs;
  }
  const { repository, workspace } = session;
  const head = repository?.head().oid ?? null;
  if (repository !== null && head !== null) {
    for (const [path, oid] of blobsOfCommit(repository, head)) blobs.set(path, oid);
  }
  for (const { path } of await statusOf(session, work)) {
    work.signal?.throwIfAborted();
    const blob = await blobOfWorkFile(workspace.root, path);
    if (blob === null) blobs.delete(path);
    else blobs.set(path, blob);
  }
  return blobs;
}

function blobsOfCommit(code: Pick<CodeStore, 'listTree'>, commit: string): Map<string, string> {
  const files = [...code.listTree(commit)].filter(([, { mode }]) => mode.startsWith('100'));
  return new Map(files.map(([path, { oid }]) => [path, oid]));
}

async function blobOfEntry(archive: Archive, entry: ArchiveEntry): Promise<string> {
  const hash = blobHash(entry.size);
  for await (const chunk of await archive.stream(entry)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** A file that is gone and one that is new with the same content are one that was renamed. */
function changesByContent(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Change[] {
  const modes = { oldMode: null, newMode: null };
  const gone = new Map<string, string>();
  for (const [path, id] of before) if (!after.has(path)) gone.set(id, path);
  const renamed = new Set<string>();
  const changes: Change[] = [];
  for (const [path, id] of after) {
    const old = before.get(path);
    if (old === id) continue;
    const from = old === undefined ? gone.get(id) : undefined;
    if (from === undefined || renamed.has(from)) {
      changes.push({
        path,
        from: null,
        change: old === undefined ? 'added' : 'modified',
        ...modes,
      });
    } else {
      renamed.add(from);
      changes.push({ path, from, change: 'renamed', ...modes });
    }
  }
  for (const path of before.keys()) {
    if (after.has(path) || renamed.has(path)) continue;
    changes.push({ path, from: null, change: 'removed', ...modes });
  }
  return changes;
}

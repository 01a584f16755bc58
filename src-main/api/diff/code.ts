/** Code, file by file: between two commits, or between a commit and the work tree. */
import { CairnError } from '../../base/errors.ts';
import type { Work } from '../../base/progress.ts';
import type { FileChange, Side } from '../../contract/diff.ts';
import type { CodeStore, TreeChange } from '../../git/index.ts';
import type { DiffSession } from './context.ts';
import { countLines, decodeText, isBinary, maxTextBytes } from './text.ts';
import { readWorkFile } from './work-file.ts';

/** Time for counting the lines of all files; what comes later is counted roughly. */
const countingMs = 3000;

type Content = Uint8Array | 'too large' | null;

/**
 * The files that differ between two sides, with the lines added and removed. Empty where a side
 * has no code on record.
 */
export async function diffCode(
  session: DiffSession,
  left: Side,
  right: Side,
  work: Work,
): Promise<FileChange[]> {
  const { code } = session;
  if (code === null) return [];
  const [from, to] = [await treeOf(session, left, work), await treeOf(session, right, work)];
  if (from === null || to === null) return [];
  const changes = await changesBetween(session, code, from, to, work);
  const started = performance.now();
  const files: FileChange[] = [];
  for (const [index, change] of changes.entries()) {
    work.signal?.throwIfAborted();
    work.onProgress?.({ phase: 'code', done: index, total: changes.length, unit: 'items' });
    const [before, after] = await Promise.all([
      contentOf(session, code, from, change.from ?? change.path, change.oldMode),
      contentOf(session, code, to, change.path, change.newMode),
    ]);
    const budget = countingMs - (performance.now() - started);
    const file = describeFile(change, before, after, budget);
    if (file) files.push(file);
    // Counting is plain computing; others want their turn.
    if (index % 32 === 31) await new Promise(setImmediate);
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** One file's content on one side; null where it does not exist. */
export async function readSideFile(
  session: DiffSession,
  side: Side,
  path: string,
): Promise<Content> {
  const { code } = session;
  if (side.kind === 'workspace') {
    return await readWorkFile(session.workspace.root, path, maxTextBytes);
  }
  if (side.commit === null || code === null) {
    throw new CairnError('not-found', `The code of ${side.title} was not recorded.`);
  }
  return limited(code.readBlob(side.commit, path));
}

/** A commit, or the work tree as it is. */
type Tree = { readonly commit: string } | 'work tree';

async function treeOf(session: DiffSession, side: Side, work: Work): Promise<Tree | null> {
  if (side.kind !== 'workspace') return side.commit === null ? null : { commit: side.commit };
  if (session.repository !== null) return 'work tree';
  // Without Git there is nothing to ask for status; a snapshot in the shadow repository is cheap.
  const snapshot = await session.code?.snapshot({
    ref: 'refs/cairn/workspace',
    message: 'The workspace, to compare it',
    statCacheFile: session.workspace.statCacheFile,
    signal: work.signal,
  });
  return snapshot ? { commit: snapshot.commit } : null;
}

type Change = Pick<TreeChange, 'path' | 'from' | 'oldMode' | 'newMode'> & {
  /** Null where only reading both contents can tell. */
  readonly change: TreeChange['change'] | null;
};

async function changesBetween(
  session: DiffSession,
  code: CodeStore,
  from: Tree,
  to: Tree,
  work: Work,
): Promise<Change[]> {
  if (from !== 'work tree' && to !== 'work tree') return code.diffTrees(from.commit, to.commit);
  if (from === 'work tree' && to === 'work tree') return [];
  const commit = from === 'work tree' ? (to as { commit: string }).commit : from.commit;
  return (await workTreeCandidates(session, commit, work)).map((path) => {
    return { path, from: null, change: null, oldMode: null, newMode: null };
  });
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
  const { repository, workspace } = session;
  if (repository === null) return [];
  const { statCacheFile } = workspace;
  const status = await repository.status({ statCacheFile, signal: work.signal });
  const paths = new Set(status.map((entry) => entry.path));
  for (const change of repository.diffTrees(commit, repository.head().oid)) {
    paths.add(change.path);
    if (change.from !== null) paths.add(change.from);
  }
  return [...paths].sort();
}

async function contentOf(
  session: DiffSession,
  code: CodeStore,
  tree: Tree,
  path: string,
  mode: TreeChange['oldMode'],
): Promise<Content> {
  if (tree === 'work tree') return await readWorkFile(session.workspace.root, path, maxTextBytes);
  // A submodule has no content here, only the commit it stands at.
  if (mode === '160000') return null;
  return limited(code.readBlob(tree.commit, path));
}

function limited(bytes: Uint8Array | null): Content {
  return bytes !== null && bytes.length > maxTextBytes ? 'too large' : bytes;
}

function describeFile(
  change: Change,
  left: Content,
  right: Content,
  budget: number,
): FileChange | null {
  const base = { path: change.path, from: change.from };
  const kind = change.change ?? kindOf(left, right);
  if (kind === null) return null;
  if (left === 'too large' || right === 'too large') {
    return { ...base, change: kind, binary: true, added: 0, removed: 0 };
  }
  const binary = [left, right].some((bytes) => bytes !== null && isBinary(bytes));
  if (binary) return { ...base, change: kind, binary, added: 0, removed: 0 };
  const [before, after] = [left, right].map((bytes) => (bytes ? decodeText(bytes) : ''));
  return { ...base, change: kind, binary, ...countLines(before ?? '', after ?? '', budget) };
}

/** Null when both are the same, or there is neither. */
function kindOf(left: Content, right: Content): TreeChange['change'] | null {
  if (left === null) return right === null ? null : 'added';
  if (right === null) return 'removed';
  if (left === 'too large' || right === 'too large') return 'modified';
  return Buffer.compare(left, right) === 0 ? null : 'modified';
}

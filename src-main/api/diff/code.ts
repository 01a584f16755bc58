/** Code, file by file: between commits, the work tree and bundles. */
import { CairnError } from '../../base/errors.ts';
import type { Work } from '../../base/progress.ts';
import { BundleView } from '../../bundles/index.ts';
import type { FileChange, Side } from '../../contract/diff.ts';
import type { TreeChange } from '../../git/index.ts';
import {
  type Change,
  type Content,
  changesBetween,
  contentOf,
  type Tree,
  treeOf,
} from './code-trees.ts';
import type { DiffSession } from './context.ts';
import { countLines, decodeText, isBinary } from './text.ts';

/** Time for counting the lines of all files; what comes later is counted roughly. */
const countingMs = 3000;

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
  using before = await openBundle(left);
  using after = await openBundle(right);
  const from = await treeOf(session, left, before, work);
  const to = await treeOf(session, right, after, work);
  if (from === null || to === null) return [];
  const changes = await changesBetween(session, from, to, work);
  const started = performance.now();
  const files: FileChange[] = [];
  for (const [index, change] of changes.entries()) {
    work.signal?.throwIfAborted();
    work.onProgress?.({ phase: 'code', done: index, total: changes.length, unit: 'items' });
    const [old, now] = await Promise.all([
      contentOf(session, from, change.from ?? change.path, change.oldMode),
      contentOf(session, to, change.path, change.newMode),
    ]);
    const budget = countingMs - (performance.now() - started);
    const file = describeFile(change, old, now, budget);
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
  using bundle = await openBundle(side);
  // Without Git the work tree itself is asked: there is no need of a snapshot for one file.
  const tree: Tree | null =
    side.kind === 'workspace' ? { kind: 'work tree' } : await treeOf(session, side, bundle, {});
  if (tree === null) {
    throw new CairnError('not-found', `The code of ${side.title} was not recorded.`);
  }
  return await contentOf(session, tree, path);
}

async function openBundle({ bundle }: Side): Promise<BundleView | null> {
  return bundle === undefined ? null : await BundleView.open(bundle);
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

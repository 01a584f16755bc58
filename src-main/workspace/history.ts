/** Git history as rows of the store, read incrementally. */
import { setImmediate } from 'node:timers/promises';
import { CairnError } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import type { Commit, Ref, Repository } from '../git/index.ts';
import {
  deleteCommits,
  insertCommit,
  readCommitParents,
  readSetting,
  readUnexamined,
  writeCommitRefs,
  writeExamined,
  writeSetting,
} from '../store/history.ts';
import type { Store } from '../store/index.ts';
import { readCommitRefs } from '../store/timeline.ts';
import { type CommitChange, CommitExaminer } from './commit-changes.ts';
import { isRecord } from './json-file.ts';
import type { Workspace } from './types.ts';

export interface HistoryReport {
  readonly added: number;
  /** Commits that no branch or tag leads to any more. */
  readonly removed: number;
  readonly examined: number;
  /** Why commits are missing, in a sentence; null when all of them were read. */
  readonly incomplete: string | null;
  /** What could not be read, in words. The rest is there all the same. */
  readonly problems: readonly string[];
}

const settingKey = 'history.read';
/** What was completely read: the folder within the repository, and the commits that refs named. */
interface ReadState {
  readonly prefix: string;
  readonly tips: readonly string[];
}

/** Commits examined in one transaction, unless they take longer than this. */
const batchSize = 200;
const batchMs = 100;
const mostProblems = 20;

/**
 * Brings `commits`, `commit_refs` and `commit_changes` up to date. Only new commits are read; those
 * that a rewritten history left behind are removed. Writes nothing when nothing is new. Interrupted
 * at any point, the next call goes on.
 */
export async function indexHistory(
  _workspace: Workspace,
  repository: Repository,
  store: Store,
  work: Work = {},
): Promise<HistoryReport> {
  const problems: string[] = [];
  let changed = { added: 0, removed: 0 };
  let incomplete: string | null = null;
  try {
    changed = await readCommits(repository, store, work);
  } catch (error) {
    // A damaged repository: what was read before stays to be seen.
    if (!(error instanceof CairnError) || error.code !== 'corrupt') throw error;
    incomplete = error.message;
    problems.push(incomplete);
  }
  const examined = await examineCommits(repository, store, work, problems);
  return { ...changed, examined, incomplete, problems };
}

async function readCommits(
  repository: Repository,
  store: Store,
  work: Work,
): Promise<{ added: number; removed: number }> {
  const { prefix } = repository;
  const refs = repository.refs();
  const head = repository.head().oid;
  const tips = [...new Set([...(head === null ? [] : [head]), ...refs.map((ref) => ref.oid)])];
  const state = parseState(readSetting(store, settingKey), prefix);
  const isNew = state === null || tips.sort().join() !== [...state.tips].sort().join();
  let added = 0;
  let removed = 0;
  if (isNew) {
    if (state === null) forgetAll(store);
    const known = new Set(readCommitParents(store).map((commit) => commit.oid));
    for (const tip of state?.tips ?? []) known.add(tip);
    await repository.readHistory({
      ...work,
      known: (oid) => known.has(oid),
      onCommits: async (batch) => {
        store.transaction(() => {
          for (const commit of batch) if (insertCommit(store, toRecord(commit))) added += 1;
        });
        await setImmediate();
      },
    });
    const shown = tips.map((tip) => repository.shownCommit(tip)).filter((oid) => oid !== null);
    const unreachable = findUnreachable(store, shown);
    removed = unreachable.length;
    store.transaction(() => {
      if (removed > 0) deleteCommits(store, unreachable);
      writeSetting(store, settingKey, JSON.stringify({ prefix, tips }));
    });
  }
  writeRefs(repository, store, refs);
  return { added, removed };
}

/** Null when the store has read nothing yet, or another part of a repository. */
function parseState(text: string | null, prefix: string): ReadState | null {
  if (text === null) return null;
  const state: unknown = JSON.parse(text);
  return isReadState(state) && state.prefix === prefix ? state : null;
}

function isReadState(value: unknown): value is ReadState {
  if (!isRecord(value) || typeof value.prefix !== 'string' || !Array.isArray(value.tips))
    return false;
  return value.tips.every((tip) => typeof tip === 'string');
}

/** A reading that was interrupted the first time may go on; one of another folder may not. */
function forgetAll(store: Store): void {
  if (readSetting(store, settingKey) === null) return;
  const all = readCommitParents(store).map((commit) => commit.oid);
  store.transaction(() => deleteCommits(store, all));
}

function toRecord(commit: Commit) {
  return {
    oid: commit.oid,
    parents: commit.parents.join(' '),
    author: commit.author.name || commit.author.email,
    authored_at: commit.author.at,
    committed_at: commit.committer.at,
    subject: commit.subject,
    body: commit.body,
  };
}

function findUnreachable(store: Store, tips: readonly string[]): string[] {
  const parents = new Map(readCommitParents(store).map((row) => [row.oid, row.parents]));
  const reached = new Set<string>();
  const pending = [...tips];
  for (let oid = pending.pop(); oid !== undefined; oid = pending.pop()) {
    if (reached.has(oid)) continue;
    reached.add(oid);
    for (const parent of (parents.get(oid) ?? '').split(' '))
      if (parent !== '') pending.push(parent);
  }
  return [...parents.keys()].filter((oid) => !reached.has(oid));
}

/** Short names, unless a branch and a tag share one. */
function writeRefs(repository: Repository, store: Store, refs: readonly Ref[]): void {
  const labels = Map.groupBy(refs, (ref) => ref.label);
  const now = new Map<string, string>();
  for (const ref of refs) {
    const oid = repository.shownCommit(ref.oid);
    const name = (labels.get(ref.label)?.length ?? 0) > 1 ? ref.name : ref.label;
    if (oid !== null) now.set(name, oid);
  }
  const before = readCommitRefs(store);
  if (before.length === now.size && before.every((ref) => now.get(ref.name) === ref.oid)) return;
  store.transaction(() =>
    writeCommitRefs(
      store,
      [...now].map(([name, oid]) => ({ name, oid })),
    ),
  );
}

/** Newest first, so that what is looked at first is there first. */
async function examineCommits(
  repository: Repository,
  store: Store,
  work: Work,
  problems: string[],
): Promise<number> {
  const examiner = new CommitExaminer(repository);
  const oids = readUnexamined(store);
  let examined = 0;
  for (let from = 0; from < oids.length; ) {
    work.signal?.throwIfAborted();
    const until = performance.now() + batchMs;
    const found: { oid: string; changes: readonly CommitChange[] }[] = [];
    while (from < oids.length && found.length < batchSize && performance.now() < until) {
      const oid = oids[from] as string;
      from += 1;
      const changes = tryExamine(examiner, oid, problems);
      if (changes !== null) found.push({ oid, changes });
    }
    store.transaction(() => {
      for (const { oid, changes } of found) writeExamined(store, oid, changes);
    });
    examined += found.length;
    work.onProgress?.({ phase: 'Reading changes', done: from, total: oids.length, unit: 'items' });
    await setImmediate();
  }
  return examined;
}

/** Null for a commit that cannot be read (yet): the objects of a partial clone may come later. */
function tryExamine(
  examiner: CommitExaminer,
  oid: string,
  problems: string[],
): readonly CommitChange[] | null {
  try {
    return examiner.examine(oid);
  } catch (error) {
    if (!(error instanceof CairnError) || error.code !== 'corrupt') throw error;
    if (problems.length < mostProblems)
      problems.push(`Commit ${oid.slice(0, 7)}: ${error.message}`);
    return null;
  }
}

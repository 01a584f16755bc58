/** What is checked out, and what Git is in the middle of. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { corrupt } from './errors.ts';
import { unlessMissing } from './files.ts';
import type { Layout } from './layout.ts';
import type { RefReader } from './refs.ts';
import type { GitOperation, Head } from './types.ts';

/** @throws CairnError `corrupt` when HEAD is missing or malformed. */
export function readHead(layout: Layout, refs: RefReader): Head {
  const head = refs.read('HEAD');
  if (head === null) throw corrupt('HEAD is missing');
  const operation = readOperation(layout.gitDir);
  if ('oid' in head) return { oid: head.oid, branch: rebasedBranch(layout.gitDir), operation };
  return {
    oid: refs.follow(head.target),
    branch: head.target.replace(/^refs\/heads\//, ''),
    operation,
  };
}

/** In the order in which `git status` looks: a rebase may stop in a cherry-pick of its own. */
const marks: readonly (readonly [string, GitOperation])[] = [
  ['rebase-merge', 'rebase'],
  ['rebase-apply/applying', 'am'],
  ['rebase-apply', 'rebase'],
  ['MERGE_HEAD', 'merge'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
  ['BISECT_LOG', 'bisect'],
];

function readOperation(gitDir: string): GitOperation | null {
  return marks.find(([path]) => existsSync(join(gitDir, path)))?.[1] ?? null;
}

/** HEAD is detached during a rebase; the branch being rebased is what the user is on. */
function rebasedBranch(gitDir: string): string | null {
  for (const folder of ['rebase-merge', 'rebase-apply']) {
    const name = unlessMissing(() => readFileSync(join(gitDir, folder, 'head-name'), 'utf8'));
    if (name?.startsWith('refs/heads/')) return name.trim().replace(/^refs\/heads\//, '');
  }
  return null;
}

/**
 * A commit of the code as it is: tracked files, and untracked ones that are not ignored. Only the
 * object store and one ref below `refs/cairn/` are written.
 */
import { join } from 'node:path';
import * as git from 'isomorphic-git';
import { CairnError } from '../base/errors.ts';
import { type CodeFile, type Place, readCode } from './code-state.ts';
import { ObjectWriter } from './object-writer.ts';
import { safeFs } from './safe-fs.ts';
import { writeTrees } from './tree-writer.ts';
import type { Head, LargeFile, Snapshot, SnapshotOptions, TreeEntry } from './types.ts';
import type { WorkFile } from './work-tree.ts';

const defaultMaxFileBytes = 10 * 1024 * 1024;
const defaultMaxTotalBytes = 500 * 1024 * 1024;

/**
 * @param head what is checked out, and every file of it by path relative to the work tree
 * @throws CairnError `invalid` for a ref that is not Cairn's own
 */
export async function takeSnapshot(
  place: Place,
  head: Head,
  headFiles: ReadonlyMap<string, TreeEntry>,
  options: SnapshotOptions,
): Promise<Snapshot> {
  if (!/^refs\/cairn\/(?:[\w-]+\/)*[\w-]+$/.test(options.ref)) {
    throw new CairnError('invalid', `"${options.ref}" is not a ref that Cairn may write.`);
  }
  const writer = new ObjectWriter(place.layout.commonDir, place.objects);
  try {
    const code = await readCode(place, {
      ...options,
      maxFileBytes: options.maxFileBytes ?? defaultMaxFileBytes,
      untracked: true,
      leaveOut: (files) =>
        beyond(
          files,
          options.maxFileBytes ?? defaultMaxFileBytes,
          options.maxTotalBytes ?? defaultMaxTotalBytes,
        ),
      isStored: (oid) => writer.has(oid),
      onBlob: (bytes) => writer.add('blob', bytes),
    });
    const files = new Map<string, TreeEntry>();
    for (const { file, oid } of code) {
      if (oid !== null) files.set(file.path, { oid, mode: file.mode });
    }
    const tree = writeTrees(files, writer);
    await writer.flush();
    const commit = await writeCommit(place, head, tree, options);
    const { prefix } = place.layout;
    return {
      commit,
      baseCommit: head.oid,
      branch: head.branch,
      dirtyFiles: differing(headFiles, files)
        .filter((path) => path.startsWith(prefix))
        .map((path) => path.slice(prefix.length)),
      largeFiles: await listLarge(place, code, options),
    };
  } catch (error) {
    writer.abandon();
    throw error;
  }
}

/** Untracked files over the limit of one, or (the smallest first) over that of all together. */
function beyond(
  files: readonly WorkFile[],
  maxFileBytes: number,
  maxTotalBytes: number,
): Set<WorkFile> {
  const sized = files
    .filter((file) => file.tracked === null && file.stat !== null)
    .map((file) => ({ file, bytes: Number(file.stat?.size ?? 0) }))
    .sort((a, b) => a.bytes - b.bytes);
  const left = new Set<WorkFile>();
  let total = 0;
  for (const { file, bytes } of sized) {
    total += bytes;
    if (bytes > maxFileBytes || total > maxTotalBytes) left.add(file);
  }
  return left;
}

async function writeCommit(
  place: Place,
  head: Head,
  tree: string,
  options: SnapshotOptions,
): Promise<string> {
  const { config, commonDir } = place.layout;
  const now = new Date();
  const who = {
    name: config.get('user.name') || 'Cairn',
    email: config.get('user.email') || 'cairn@localhost',
    timestamp: Math.floor(now.getTime() / 1000),
    timezoneOffset: now.getTimezoneOffset(),
  };
  const store = { fs: safeFs, gitdir: commonDir };
  const commit = await git.writeCommit({
    ...store,
    commit: {
      tree,
      parent: head.oid === null ? [] : [head.oid],
      author: who,
      committer: who,
      message: `${options.message.trim()}\n`,
    },
  });
  await git.writeRef({ ...store, ref: options.ref, value: commit, force: true });
  return commit;
}

function differing(
  before: ReadonlyMap<string, TreeEntry>,
  now: ReadonlyMap<string, TreeEntry>,
): string[] {
  const paths: string[] = [];
  for (const [path, { oid, mode }] of now) {
    const old = before.get(path);
    if (old?.oid !== oid || old.mode !== mode) paths.push(path);
  }
  for (const path of before.keys()) if (!now.has(path)) paths.push(path);
  return paths.sort();
}

async function listLarge(
  place: Place,
  code: readonly CodeFile[],
  options: SnapshotOptions,
): Promise<LargeFile[]> {
  const { prefix, workTree } = place.layout;
  const large: LargeFile[] = [];
  for (const { file, oid } of code) {
    if (oid !== null || file.stat === null || !file.path.startsWith(prefix)) continue;
    options.signal?.throwIfAborted();
    const hash = (await options.hashLarge?.(join(workTree, file.path))) ?? null;
    large.push({ path: file.path.slice(prefix.length), size: Number(file.stat.size), hash });
  }
  return large;
}

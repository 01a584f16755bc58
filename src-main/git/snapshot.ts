/**
 * A commit of the code as it is: tracked files, and untracked ones that are not ignored. Only the
 * object store and one ref below `refs/cairn/` are written.
 */
import { join } from 'node:path';
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
    const commit = writer.add('commit', commitObject(place, head, tree, options.message));
    await writer.flush();
    const ref = { ref: options.ref, value: commit, force: true };
    const { writeRef } = await import('isomorphic-git');
    await writeRef({ fs: safeFs, gitdir: place.layout.commonDir, ...ref });
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

/** The bytes of a commit, see gitformat-signature(5) and `git cat-file commit`. */
function commitObject(place: Place, head: Head, tree: string, message: string): Buffer {
  const { config } = place.layout;
  const now = new Date();
  const west = now.getTimezoneOffset();
  const two = (part: number) => String(Math.floor(part)).padStart(2, '0');
  const zone = `${west > 0 ? '-' : '+'}${two(Math.abs(west) / 60)}${two(Math.abs(west) % 60)}`;
  const name = plain(config.get('user.name')) || 'Cairn';
  const email = plain(config.get('user.email')) || 'cairn@localhost';
  const who = `${name} <${email}> ${Math.floor(now.getTime() / 1000)} ${zone}`;
  const parent = head.oid === null ? '' : `parent ${head.oid}\n`;
  return Buffer.from(
    `tree ${tree}\n${parent}author ${who}\ncommitter ${who}\n\n${message.trim()}\n`,
  );
}

/** A name without what would end it. */
function plain(text: string | undefined): string {
  return (text ?? '').replace(/[<>\n]/g, '').trim();
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

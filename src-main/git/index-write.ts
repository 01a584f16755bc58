/**
 * Moving entries of Git's index, as `git mv` does: the only place that writes an index. The content
 * that Git knows stays what it was, so that a rename is staged and an edit is not.
 */
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { CairnError, errnoOf } from '../base/errors.ts';
import { readIndex } from './index-file.ts';
import type { Layout } from './layout.ts';
import { safeFs } from './safe-fs.ts';

/** By path relative to the work tree; null takes an entry out. */
export type IndexChange = ReadonlyMap<
  string,
  { readonly oid: string; readonly mode: number } | null
>;

const tries = 10;
const pauseMs = 100;

/**
 * Writes all of it or nothing, holding Git's own lock.
 * @throws CairnError `locked` while Git holds the index, `unsupported` for an index whose entries
 * have flags that would be lost
 */
export async function changeIndex(layout: Layout, change: IndexChange): Promise<void> {
  if (change.size === 0) return;
  const release = await lockIndex(layout.gitDir);
  try {
    requirePlain(layout.gitDir);
    const { default: git } = await import('isomorphic-git');
    const place = { fs: holdingBack(layout.gitDir), dir: layout.workTree, gitdir: layout.gitDir };
    const cache = {};
    for (const [filepath, entry] of change) {
      if (entry === null) await git.remove({ ...place, cache, filepath });
    }
    for (const [filepath, entry] of change) {
      if (entry === null) continue;
      await git.updateIndex({ ...place, cache, filepath, ...entry, add: true, force: false });
    }
    await place.fs.flush();
  } finally {
    release();
  }
}

/** A file system that keeps what is written to the index until all of it is known. */
function holdingBack(gitDir: string) {
  const path = join(gitDir, 'index');
  let held: Uint8Array | string | null = null;
  const { writeFile, readFile } = safeFs.promises;
  return {
    promises: {
      ...safeFs.promises,
      writeFile: async (to: string, data: Uint8Array | string, options?: object) => {
        if (to.replaceAll('\\', '/') === path.replaceAll('\\', '/')) held = data;
        else await writeFile(to, data, options);
      },
      readFile: async (from: string, options?: object) =>
        from.replaceAll('\\', '/') === path.replaceAll('\\', '/') && held !== null
          ? held
          : readFile(from, options),
    },
    flush: async () => {
      if (held !== null) await writeFile(path, held);
    },
  };
}

async function lockIndex(gitDir: string): Promise<() => void> {
  const path = join(gitDir, 'index.lock');
  for (let attempt = 1; ; attempt += 1) {
    try {
      closeSync(openSync(path, 'wx'));
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
      if (attempt === tries) {
        throw new CairnError(
          'locked',
          `Git is at work in this folder (${path} is there). Try again when it has ended; if no Git is running, delete that file.`,
          { cause: error },
        );
      }
      await setTimeout(pauseMs);
    }
  }
}

/** What isomorphic-git would drop or not understand must not be written by it. */
function requirePlain(gitDir: string): void {
  const index = readIndex(gitDir);
  const special = index.entries
    .values()
    .some((entry) => entry.stage > 0 || entry.skipWorktree || entry.intentToAdd);
  const version =
    index.entries.size === 0 ? 2 : readFileSync(join(gitDir, 'index')).readUInt32BE(4);
  if (version === 2 && !special) return;
  throw new CairnError(
    'unsupported',
    'Git’s index has conflicts, a sparse checkout, or a version that Cairn does not write. Rename the files with “git mv”.',
  );
}

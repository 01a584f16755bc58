/** The code of a run as files, in a folder of its own: what to look around in, or to try things with. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { CairnError, errnoOf } from '../../base/errors.ts';
import type { Work } from '../../base/progress.ts';
import type { CodeStore } from '../../git/index.ts';

export interface CheckedOut {
  readonly folder: string;
  readonly files: number;
  /** Paths that were left out: names that no folder may hold, links that lead out of it. */
  readonly left: string[];
}

/**
 * Writes every file of a commit. Names and links come from the repository and are not trusted.
 * @param into absolute, new or empty; a new temporary folder when null
 * @param label of the run, for the name of a temporary folder
 * @throws CairnError `invalid` for a folder that has something in it
 */
export async function checkOut(
  code: CodeStore,
  commit: string,
  into: string | null,
  label: string,
  platform: NodeJS.Platform,
  work: Work = {},
): Promise<CheckedOut> {
  if (into !== null && existsSync(into) && (await readdir(into)).length > 0) {
    throw new CairnError('invalid', `${into} is not empty. Name a new folder, or an empty one.`);
  }
  const entries = [...code.listTree(commit)];
  const folder = into ?? (await mkdtemp(join(tmpdir(), `cairn-${label}-`)));
  const left: string[] = [];
  const links: [path: string, target: string][] = [];
  let files = 0;
  for (const [path, { mode, oid }] of entries) {
    work.signal?.throwIfAborted();
    work.onProgress?.({
      phase: 'Writing the code',
      done: files,
      total: entries.length,
      unit: 'items',
    });
    // A submodule is a commit of another repository.
    if (mode === '160000' || mode === '40000') continue;
    if (!isSafePath(path, platform)) {
      left.push(path);
      continue;
    }
    const bytes = code.readObject(oid);
    if (mode === '120000') {
      links.push([path, Buffer.from(bytes).toString('utf8')]);
      continue;
    }
    if (await writeNew(join(folder, path), bytes, mode === '100755')) files += 1;
    else left.push(path);
  }
  // Last, so that no file is written through one.
  for (const [path, target] of links) {
    const isInside = !posix.isAbsolute(target) && isSafeTarget(path, target);
    const made = isInside && (await unlessThere(() => linkNew(join(folder, path), target)));
    if (made) files += 1;
    else left.push(path);
  }
  return { folder, files, left };
}

/** Never over what is there: on some file systems two names of the repository are one. */
function writeNew(absolute: string, bytes: Uint8Array, executable: boolean): Promise<boolean> {
  return unlessThere(async () => {
    await mkdir(dirname(absolute), { recursive: true });
    await writeFile(absolute, bytes, { flag: 'wx', mode: executable ? 0o777 : 0o666 });
  });
}

async function linkNew(absolute: string, target: string): Promise<void> {
  await mkdir(dirname(absolute), { recursive: true });
  await symlink(target, absolute);
}

/** @returns false where something is in the way, or (of links on Windows) it is not allowed */
async function unlessThere(write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (['EEXIST', 'EISDIR', 'ENOTDIR', 'EPERM'].includes(errnoOf(error) ?? '')) return false;
    throw error;
  }
}

/** Whether a path of a repository may be written: within the folder, and nothing that Git would obey. */
export function isSafePath(path: string, platform: NodeJS.Platform): boolean {
  if (path === '' || path.includes('\0') || posix.isAbsolute(path)) return false;
  return path.split('/').every((part) => {
    if (part === '' || part === '.' || part === '..') return false;
    // As Git itself refuses them: what HFS+ and NTFS take for `.git` too.
    const plain = part
      .replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, '')
      .toLowerCase();
    if (/^(\.git|git~1)[. ]*(:.*)?$/.test(plain)) return false;
    if (platform !== 'win32') return true;
    return !/[<>:"\\|?*]|[. ]$/.test(part) && !/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(part);
  });
}

function isSafeTarget(path: string, target: string): boolean {
  const reached = posix.normalize(posix.join(posix.dirname(path), target));
  return reached !== '..' && !reached.startsWith('../');
}

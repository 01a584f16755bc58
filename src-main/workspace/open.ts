/** Opening a folder, and trusting it. */
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CairnError, errnoOf } from '../base/errors.ts';
import { withUserLock } from './lock.ts';
import { findRoot } from './root.ts';
import {
  copyOutside,
  databaseName,
  insideStore,
  moveInside,
  outsideStore,
  prepareInside,
  workspaceKey,
} from './store-place.ts';
import { changeList, isTrusted } from './trust.ts';
import type { Folders, Workspace } from './types.ts';

/**
 * Finds the root of `path` and says where its store lies. In a trusted folder it makes `.cairn/`;
 * in any other it writes nothing.
 * @param canWrite whether a folder may be written to, without trying
 * @throws CairnError `not-found` for a folder that does not exist, `invalid` for a file
 */
export function openWorkspace(
  path: string,
  folders: Folders,
  canWrite: (folder: string) => boolean = mayWrite,
): Workspace {
  const root = findRoot(realFolder(path));
  const trusted = isTrusted(folders, root);
  const readOnly = !canWrite(root) || (trusted && !prepareInside(root));
  const isInside = trusted && !readOnly;
  if (trusted && readOnly) copyOutside(root, folders);
  const storeDir = isInside ? insideStore(root) : outsideStore(root, folders);
  const cacheDir = join(folders.cache, 'workspaces', workspaceKey(root));
  return {
    root,
    name: basename(root) || root,
    trusted,
    readOnly,
    storeDir,
    storePath: join(storeDir, databaseName),
    cacheDir,
    statCacheFile: join(cacheDir, 'git-stat-cache'),
    hashCacheFile: join(cacheDir, 'hashes.db'),
  };
}

/**
 * Opens what belongs to a workspace where it lies at that moment. Only the store of a folder that
 * is not trusted can move away, which another process may be about to do.
 * @param open must open the store before it returns
 */
export function openInPlace<T>(
  workspace: Workspace,
  folders: Folders,
  open: (workspace: Workspace) => T,
): T {
  if (workspace.trusted) return open(workspace);
  return withUserLock(folders, () => open(openWorkspace(workspace.root, folders)));
}

/**
 * Remembers whether the folder is trusted and gives the workspace as it then is. When it becomes
 * trusted, a store in the data folder is moved into it; when it no longer is, the store is copied
 * out and the one inside left alone. Close the store before. Processes that do so for the same
 * folder at once wait for each other.
 */
export async function setTrust(
  workspace: Workspace,
  trusted: boolean,
  folders: Folders,
): Promise<Workspace> {
  const { root, readOnly } = workspace;
  return withUserLock(folders, () => {
    if (trusted && !readOnly && prepareInside(root)) moveInside(root, folders);
    if (!trusted && workspace.trusted) copyOutside(root, folders);
    changeList(folders, root, trusted);
    return openWorkspace(root, folders);
  });
}

function realFolder(path: string): string {
  try {
    const real = realpathSync.native(path);
    if (statSync(real).isDirectory()) return real;
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new CairnError('not-found', `There is no folder ${path}.`, { cause: error });
    }
    throw new CairnError('read-only', `The folder ${path} may not be read by you.`, {
      cause: error,
    });
  }
  throw new CairnError('invalid', `${path} is a file. Open the folder that it is in.`);
}

function mayWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Opening a folder, and trusting it. */
import type { Folders, Workspace } from './types.ts';

/**
 * Finds the root of `path` and says where its store lives. Writes nothing.
 * @throws CairnError `not-found` for a folder that does not exist, `invalid` for a file.
 */
export function openWorkspace(_path: string, _folders: Folders): Workspace {
  throw new Error('being written');
}

/**
 * Remembers whether the folder is trusted and gives the workspace as it then is. When it becomes
 * trusted, a store in the data folder is moved into it: close the store first.
 */
export async function setTrust(
  _workspace: Workspace,
  _trusted: boolean,
  _folders: Folders,
): Promise<Workspace> {
  throw new Error('being written');
}

/** Workspaces in throw-away folders, with user folders of their own. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Store } from '../../src-main/store/index.ts';
import { type Folders, openWorkspace, type Workspace } from '../../src-main/workspace/index.ts';
import { tempFolder } from './temp.ts';

/** Data, cache and configuration folders that nobody else uses. */
export function userFolders(): Folders {
  const base = tempFolder();
  return { data: join(base, 'data'), cache: join(base, 'cache'), config: join(base, 'config') };
}

/** Opens `root` without trust, with a store that is closed when the test ends. */
export function openWithStore(root: string): { workspace: Workspace; store: Store } {
  const workspace = openWorkspace(root, userFolders());
  const store = Store.open(workspace.storePath);
  onTestFinished(() => store.close());
  return { workspace, store };
}

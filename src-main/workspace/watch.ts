/** Notices what changes in a workspace, whoever changes it. */
import type { Topic, Workspace } from './types.ts';

export interface WatchOptions {
  /** The store's `PRAGMA data_version`: changes when another connection has written. */
  readonly storeVersion?: () => number;
  /** Absolute Git folder, whose HEAD and refs are watched. */
  readonly gitDirs?: readonly string[];
}

/** Calls `onTopics` with what changed until the returned function is called. */
export function watchWorkspace(
  _workspace: Workspace,
  _onTopics: (topics: readonly Topic[]) => void,
  _options: WatchOptions = {},
): () => void {
  throw new Error('being written');
}

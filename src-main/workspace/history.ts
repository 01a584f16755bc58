/** Git history as rows of the store, read incrementally. */
import type { Work } from '../base/progress.ts';
import type { Repository } from '../git/index.ts';
import type { Store } from '../store/index.ts';
import type { Workspace } from './types.ts';

export interface HistoryReport {
  readonly added: number;
  readonly removed: number;
  readonly examined: number;
  /** Commits whose pipeline files could not be read, in words; they are left out. */
  readonly problems: readonly string[];
}

export async function indexHistory(
  _workspace: Workspace,
  _repository: Repository,
  _store: Store,
  _work: Work = {},
): Promise<HistoryReport> {
  throw new Error('being written');
}

/** What comparing needs of an open workspace. */
import type { Work } from '../../base/progress.ts';
import type { HandlerContext } from '../../rpc/index.ts';
import type { Session } from '../session.ts';

export type DiffSession = Pick<
  Session,
  | 'workspace'
  | 'store'
  | 'tracking'
  | 'objects'
  | 'kept'
  | 'remotes'
  | 'cache'
  | 'repository'
  | 'gitProblem'
  | 'code'
>;

export interface DiffContext {
  /** @throws CairnError `not-found` when no folder is open */
  session(): DiffSession;
  current(): DiffSession | null;
}

/** Progress for handlers that report nothing but progress. */
export function workOf(context: Pick<HandlerContext<'diff.summary'>, 'signal' | 'emit'>): Work {
  return {
    signal: context.signal,
    // A report that cannot be sent is not missed; a cancelled caller is told by the signal.
    onProgress: (report) => void context.emit(report).catch(() => {}),
  };
}

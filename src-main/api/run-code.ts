/** From which commit the code of a run is read. */
import { CairnError } from '../base/errors.ts';
import type { Session } from './session.ts';

/** Whether another tool wrote down a commit, and not what was changed since. */
export function hasCommitOnly({ tracking }: Pick<Session, 'tracking'>, runId: string): boolean {
  const { snapshot, baseCommit } = tracking.commits(runId);
  return snapshot === null && baseCommit !== null;
}

/**
 * The snapshot of a run. Other tools make none, but many write down the commit that the code was at:
 * where it is here it stands in, without what was not committed then.
 * @returns null where there is none, or another tool took it away since
 * @throws CairnError where a snapshot of Cairn's own cannot be read
 */
export function codeCommitOf(
  { tracking, code }: Pick<Session, 'tracking' | 'code'>,
  runId: string,
): string | null {
  const { snapshot, baseCommit, isImported } = tracking.commits(runId);
  const commit = snapshot ?? baseCommit;
  if (commit === null || code === null) return null;
  try {
    code.readCommit(commit);
    return commit;
  } catch (error) {
    if (error instanceof CairnError && (snapshot === null || isImported)) return null;
    throw error;
  }
}

/** The state of the open folder, as the status line shows it. */
import { asCairnError } from '../base/errors.ts';
import type { WorkspaceInfo } from '../contract/workspace.ts';
import { countExperiments } from '../store/experiments.ts';
import { countCommits } from '../store/timeline.ts';
import type { Session } from './session.ts';

export async function describeWorkspace(session: Session): Promise<WorkspaceInfo> {
  const { workspace } = session;
  return {
    root: workspace.root,
    name: workspace.name,
    trusted: workspace.trusted,
    readOnly: workspace.readOnly,
    storePath: workspace.storePath,
    git: describeGit(session),
    pipeline: await session.pipeline.describe(),
    counts: {
      experiments: countExperiments(session.store),
      ...session.tracking.counts(),
      commits: countCommits(session.store),
    },
    cacheBytes: null,
    mlflow: describeEndpoint(session.mlflow()),
  };
}

function describeEndpoint(url: string | null): WorkspaceInfo['mlflow'] {
  return url === null ? null : { url };
}

function describeGit(session: Session): WorkspaceInfo['git'] {
  if (session.gitProblem !== null) return unreadable(session.gitProblem);
  if (session.repository === null) return null;
  try {
    const { branch, oid, operation } = session.repository.head();
    const { historyProblem: problem, historyUnread } = session;
    const dirty = session.worktree.dirty;
    return { branch, head: oid, dirty, operation, problem, unread: [...historyUnread] };
  } catch (error) {
    return unreadable(asCairnError(error).message);
  }
}

function unreadable(problem: string): WorkspaceInfo['git'] {
  return { branch: null, head: null, dirty: null, operation: null, problem, unread: [] };
}

/** The state of the open folder, as the status line shows it. */
import { asCairnError } from '../base/errors.ts';
import type { WorkspaceInfo } from '../contract/workspace.ts';
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
      experiments: session.experiments.list().length,
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
  if (session.gitProblem !== null) {
    return { branch: null, head: null, dirty: null, operation: null, problem: session.gitProblem };
  }
  if (session.repository === null) return null;
  try {
    const { branch, oid, operation } = session.repository.head();
    const problem = session.historyProblem;
    return { branch, head: oid, dirty: session.worktree.dirty, operation, problem };
  } catch (error) {
    const problem = asCairnError(error).message;
    return { branch: null, head: null, dirty: null, operation: null, problem };
  }
}

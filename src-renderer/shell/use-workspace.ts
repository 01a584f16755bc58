import { topics, useOperation } from '../client/index.ts';

/** The folder that is open: null when none is, undefined while that is not known yet. */
export function useWorkspace() {
  const query = useOperation(
    'workspace.info',
    {},
    { topics: [topics.workspace, topics.git, topics.runs, topics.pipeline] },
  );
  return { workspace: query.data, error: query.error, reload: query.reload };
}

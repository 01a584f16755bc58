import { type QueryCache, topics, useOperation } from '../client/index.ts';

const watched = [topics.workspace, topics.git, topics.runs, topics.pipeline];

/** The folder that is open: null when none is, undefined while that is not known yet. */
export function useWorkspace() {
  const query = useOperation('workspace.info', {}, { topics: watched });
  return { workspace: query.data, error: query.error, reload: query.reload };
}

/** The same, asked for before there is anything to show it. */
export function askForWorkspace(queries: QueryCache) {
  return queries.ahead('workspace.info', {}, watched);
}

/** Topics of `workspace.changes`, in one place so that views and the core's words stay in step. */
export const topics = {
  workspace: 'workspace',
  runs: 'runs',
  experiments: 'experiments',
  timeline: 'timeline',
  notes: 'notes',
  pipeline: 'pipeline',
  bundles: 'bundles',
  recents: 'recents',
  /** Everything of one run: status, stages, metrics. */
  run: (id: string): string => `run:${id}`,
} as const;

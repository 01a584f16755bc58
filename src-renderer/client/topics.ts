/** Topics of `workspace.changes`, in one place so that the views and the core keep the same words. */
export const topics = {
  workspace: 'workspace',
  /** Runs, their metrics, and experiments with their numbers. */
  runs: 'runs',
  /** Saved views of the runs table. */
  views: 'views',
  notes: 'notes',
  git: 'git',
  pipeline: 'pipeline',
  bundles: 'bundles',
  /** Runs of other tools: where they were found. */
  sources: 'sources',
  /** Logged and registered models. */
  registry: 'registry',
} as const;

/** What of a run can be filtered and ordered by beside its metrics, params, tags and datasets. */

export interface Attribute {
  readonly type: 'text' | 'number' | 'time' | 'duration' | 'size' | 'yes-no' | 'one-of';
  /** Over `runs r JOIN experiments e`; `@now` is bound. */
  readonly sql: string;
  /** Whether `sql` needs the experiment. */
  readonly ofExperiment?: true;
  /** The values of a `one-of`, as they are stored. */
  readonly values?: readonly string[];
}

/** MLflow's names first. */
export const attributes: Readonly<Record<string, Attribute>> = {
  run_id: { type: 'text', sql: 'r.id' },
  run_name: { type: 'text', sql: 'r.name' },
  user_id: { type: 'text', sql: 'r.user_name' },
  status: {
    type: 'one-of',
    sql: 'r.status',
    values: ['SCHEDULED', 'RUNNING', 'FINISHED', 'FAILED', 'KILLED'],
  },
  artifact_uri: {
    type: 'text',
    // As the MLflow endpoint says it: a place of the user's own, or through the endpoint.
    sql: `CASE WHEN r.artifact_root GLOB '[a-zA-Z][a-zA-Z0-9+.-]*:*' THEN r.artifact_root
      ELSE 'mlflow-artifacts:/' || r.id END`,
  },
  start_time: { type: 'time', sql: 'coalesce(r.started_at, r.created_at)' },
  end_time: { type: 'time', sql: 'r.ended_at' },
  duration: {
    type: 'duration',
    sql: `coalesce(r.ended_at, CASE WHEN r.status = 'RUNNING' THEN @now END)
      - coalesce(r.started_at, r.created_at)`,
  },
  number: { type: 'number', sql: 'r.number' },
  label: { type: 'text', sql: `printf('%02d.%d', e.number, r.number)`, ofExperiment: true },
  experiment: { type: 'text', sql: 'e.name', ofExperiment: true },
  experiment_id: { type: 'text', sql: 'r.experiment_id' },
  experiment_number: { type: 'number', sql: 'e.number', ofExperiment: true },
  kind: {
    type: 'one-of',
    sql: 'r.kind',
    values: ['command', 'pipeline', 'stage', 'notebook', 'logged', 'imported', 'reproduction'],
  },
  parent: { type: 'text', sql: 'r.parent_id' },
  starred: { type: 'yes-no', sql: 'r.starred' },
  note: { type: 'text', sql: 'r.note' },
  command: { type: 'text', sql: 'r.command' },
  notebook: { type: 'text', sql: 'r.notebook' },
  error: { type: 'text', sql: 'r.error' },
  exit_code: { type: 'number', sql: 'r.exit_code' },
  branch: { type: 'text', sql: 'r.branch' },
  commit: { type: 'text', sql: 'r.base_commit' },
  // The tools that a run was read from; nothing for runs of Cairn's own.
  source: {
    type: 'text',
    sql: `(SELECT group_concat(DISTINCT s.kind) FROM run_sources u JOIN sources s ON s.id = u.source_id
      WHERE u.run_id = r.id)`,
  },
  memory: { type: 'size', sql: 'r.peak_memory' },
  cpu: { type: 'duration', sql: 'r.cpu_seconds * 1000' },
  age: { type: 'duration', sql: '(@now - r.created_at)' },
  metric_count: {
    type: 'number',
    sql: '(SELECT count(*) FROM metric_series s WHERE s.run = r.seq)',
  },
  steps: {
    type: 'number',
    sql: 'coalesce((SELECT max(s.last_step) FROM metric_series s WHERE s.run = r.seq), 0)',
  },
  registered: {
    type: 'yes-no',
    sql: 'EXISTS (SELECT 1 FROM model_versions v WHERE v.run_id = r.id)',
  },
  bundled: { type: 'yes-no', sql: 'EXISTS (SELECT 1 FROM bundles b WHERE b.run_id = r.id)' },
  // Run again in the same experiment, later and with success: the same command and params.
  superseded: {
    type: 'yes-no',
    sql: `(r.command <> '' AND EXISTS (SELECT 1 FROM runs x
      WHERE x.experiment_id = r.experiment_id AND x.command = r.command AND x.number > r.number
        AND x.status = 'FINISHED' AND x.deleted_at IS NULL
        AND NOT EXISTS (SELECT name, file, value FROM params WHERE run = r.seq
          EXCEPT SELECT name, file, value FROM params WHERE run = x.seq)
        AND NOT EXISTS (SELECT name, file, value FROM params WHERE run = x.seq
          EXCEPT SELECT name, file, value FROM params WHERE run = r.seq)))`,
  },
};

const aliases: Readonly<Record<string, string>> = {
  id: 'run_id',
  name: 'run_name',
  'run name': 'run_name',
  'Run name': 'run_name',
  'Run Name': 'run_name',
  user: 'user_id',
  created: 'start_time',
  Created: 'start_time',
  started: 'start_time',
  ended: 'end_time',
  experiment_name: 'experiment',
};

/** The attribute's own name, or null when there is none. */
export function findAttribute(name: string): string | null {
  if (Object.hasOwn(aliases, name)) return aliases[name] as string;
  return Object.hasOwn(attributes, name) ? name : null;
}

export function attributeOf(name: string): Attribute {
  const found = attributes[name];
  if (found === undefined) throw new Error(`no attribute ${name}`);
  return found;
}

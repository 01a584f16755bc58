/** Runs: starting, stopping, following, describing. */
import { z } from 'zod';
import { empty, id, paramValue, progress, runKind, runStatus, trackedFile } from './common.ts';
import { operation } from './operation.ts';

/** Summary of one metric series; the points are asked for separately. */
export const metricSummary = z.object({
  key: z.string(),
  last: z.number().nullable(),
  lastStep: z.number().nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  count: z.number(),
});
export type MetricSummary = z.infer<typeof metricSummary>;

/** A row of the runs table. */
export const runRow = z.object({
  id,
  /** `02.7` */
  label: z.string(),
  experimentId: id,
  experimentNumber: z.number(),
  experimentName: z.string(),
  number: z.number(),
  name: z.string(),
  status: runStatus,
  kind: runKind,
  command: z.string(),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  /** Of a run that goes on with no process of ours: when anything was last heard of it. */
  lastSignAt: z.number().optional(),
  exitCode: z.number().nullable(),
  starred: z.boolean(),
  note: z.string(),
  params: z.record(z.string(), paramValue),
  metrics: z.array(metricSummary),
});
export type RunRow = z.infer<typeof runRow>;

/** What became of one stage in one run. A plain command is one execution with the stage `''`. */
export const executionState = z.enum([
  'waiting',
  'running',
  'cached',
  'done',
  'failed',
  'killed',
  'skipped',
]);
export type ExecutionState = z.infer<typeof executionState>;

/** A file that went into or came out of an execution. */
export const runFile = trackedFile.extend({
  role: z.enum(['dep', 'out', 'metric', 'plot']),
  stage: z.string(),
  /** Whether Cairn or DVC can still give the content back. */
  available: z.boolean(),
  /** Of what is not: DVC's remote, a folder on this machine, that has it. */
  remote: z.string().optional(),
});
export type RunFile = z.infer<typeof runFile>;

export const execution = z.object({
  id,
  stage: z.string(),
  position: z.number(),
  state: executionState,
  command: z.string(),
  /** Why it ran (or did not), in one sentence. */
  reason: z.string(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  exitCode: z.number().nullable(),
  peakMemoryBytes: z.number().nullable(),
  cpuSeconds: z.number().nullable(),
  logBytes: z.number(),
});
export type Execution = z.infer<typeof execution>;

/** The machine and the packages a run saw. Nothing here was obtained by running the project's code. */
export const environment = z.object({
  os: z.object({ name: z.string(), version: z.string(), kernel: z.string(), arch: z.string() }),
  cpu: z.object({ model: z.string(), cores: z.number() }),
  memoryBytes: z.number(),
  gpus: z.array(z.object({ name: z.string(), driver: z.string(), memoryBytes: z.number() })),
  python: z
    .object({
      executable: z.string(),
      version: z.string(),
      implementation: z.string(),
      prefix: z.string(),
      packages: z.array(
        z.object({ name: z.string(), version: z.string(), origin: z.string().nullable() }),
      ),
    })
    .nullable(),
  /** Lockfiles and requirement files, verbatim. */
  lockfiles: z.array(z.object({ path: z.string(), sha256: z.string(), text: z.string() })),
  variables: z.record(z.string(), z.string()),
  locale: z.string(),
  timezone: z.string(),
});
export type Environment = z.infer<typeof environment>;

/** A dataset that a client said its run used. */
export const usedDataset = z.object({
  name: z.string(),
  digest: z.string(),
  sourceType: z.string(),
  /** What it was used for, in the client's words: `training`. */
  context: z.string().nullable(),
});
export type UsedDataset = z.infer<typeof usedDataset>;

/** A model that a run logged through MLflow 3. */
export const loggedModel = z.object({
  id: z.string(),
  name: z.string(),
  /** As the client says: `sklearn`; may be empty. */
  type: z.string(),
  status: z.enum(['PENDING', 'READY', 'FAILED']),
});
export type LoggedModel = z.infer<typeof loggedModel>;

/** A version of a registered model that was made from a run. */
export const runModelVersion = z.object({
  name: z.string(),
  version: z.number(),
  /** `None`, `Staging`, `Production`, `Archived` */
  stage: z.string(),
  aliases: z.array(z.string()),
  /** The logged model that it was made from, if it was made from one. */
  modelId: z.string().nullable(),
  /** The tool that keeps the registered model, where it was read from another tool's source. */
  from: z.string().optional(),
});
export type RunModelVersion = z.infer<typeof runModelVersion>;

export const runDetail = runRow.extend({
  parentId: id.nullable(),
  cwd: z.string(),
  error: z.string().nullable(),
  /** Commit that holds the code as it was, kept under refs/cairn/runs/<id>. */
  snapshot: z.string().nullable(),
  /** HEAD when the run started, and the branch. */
  baseCommit: z.string().nullable(),
  branch: z.string().nullable(),
  /** Where the code can be read: the snapshot, or `baseCommit` where another tool noted only that. */
  codeCommit: z.string().nullable().optional(),
  /** Files of the snapshot that differ from `baseCommit`; files too large to snapshot. */
  dirtyFiles: z.array(z.string()),
  largeFiles: z.array(trackedFile),
  peakMemoryBytes: z.number().nullable(),
  cpuSeconds: z.number().nullable(),
  executions: z.array(execution),
  files: z.array(runFile),
  environment: environment.nullable(),
  tags: z.record(z.string(), z.string()),
  datasets: z.array(usedDataset),
  loggedModels: z.array(loggedModel),
  modelVersions: z.array(runModelVersion),
  /** The run before it in the same experiment, which chips and changes are measured against. */
  previousId: id.nullable(),
  /** The notebook it comes from, as its client calls it; a path in the workspace for Cairn's own. */
  notebook: z.string().nullable(),
});
export type RunDetail = z.infer<typeof runDetail>;

/** What to start. `command` is argv; `pipeline` is what `cairn repro` takes; `notebook` a file. */
export const runSpec = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('command'),
    argv: z.array(z.string()).min(1),
    /** Relative to the root. */
    cwd: z.string().default('.'),
    /** Metrics files whose lines are points over steps, declared by the user (`--metrics FILE`). */
    metricsFiles: z.array(z.string()).default([]),
  }),
  z.object({
    kind: z.literal('pipeline'),
    targets: z.array(z.string()).default([]),
    jobs: z.number().int().min(1).default(1),
    /** `key=value` or `file.yaml:key=value`, as `dvc exp run -S`. */
    setParams: z.array(z.string()).default([]),
    force: z.boolean().default(false),
    singleItem: z.boolean().default(false),
    downstream: z.boolean().default(false),
    keepGoing: z.boolean().default(false),
  }),
  z.object({
    kind: z.literal('notebook'),
    /** In the workspace. */
    path: z.string().min(1).max(4096),
    /** `key=value`, as papermill's `-p`. */
    params: z.array(z.string()).default([]),
    /** Name of a kernel of Jupyter's; the notebook's own when null. */
    kernel: z.string().nullable().default(null),
  }),
]);
export type RunSpec = z.infer<typeof runSpec>;

/** A line of a log: its byte offset, and its number from 1. */
const logPlace = z.object({ offset: z.number(), line: z.number() });

/** A filter, or an order. Errors in it have a place: line and column of the text. */
const runFilter = z.string().max(100_000);

export const runOperations = {
  'runs.list': operation({
    effect: 'read',
    input: z.object({
      experimentId: id.nullable().default(null),
      /** In the language of docs/filter.md. */
      filter: runFilter.default(''),
      /** `metrics.acc DESC, name`; the highest numbers first without. */
      orderBy: runFilter.default(''),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(0).max(10_000).default(10_000),
    }),
    /** `total` counts all runs, `matching` those that a filter and an experiment leave. */
    output: z.object({ rows: z.array(runRow), total: z.number(), matching: z.number() }),
  }),
  /** The ids of the runs that match, in order: what a list that is there already is narrowed by. */
  'runs.find': operation({
    effect: 'read',
    input: z.object({
      experimentId: id.nullable().default(null),
      filter: runFilter.default(''),
      orderBy: runFilter.default(''),
      limit: z.number().int().min(0).max(1_000_000).default(100_000),
    }),
    output: z.object({ ids: z.array(id), matching: z.number() }),
  }),
  'runs.get': operation({ effect: 'read', input: z.object({ id }), output: runDetail }),
  /** Turns `02.7`, `#02.7`, an id or its prefix into an id. */
  'runs.resolve': operation({
    effect: 'read',
    input: z.object({ reference: z.string() }),
    output: z.object({ id }),
  }),
  'runs.start': operation({
    effect: 'execute',
    input: z.object({
      spec: runSpec,
      experiment: z.string().nullable().default(null),
      name: z.string().nullable().default(null),
      note: z.string().default(''),
    }),
    output: z.object({ id, label: z.string() }),
  }),
  'runs.again': operation({
    effect: 'execute',
    input: z.object({ id }),
    output: z.object({ id, label: z.string() }),
  }),
  /** What a run was asked to do: to start it again with changes. */
  'runs.spec': operation({
    effect: 'read',
    input: z.object({ id }),
    output: z.object({ spec: runSpec }),
  }),
  'runs.stop': operation({ effect: 'execute', input: z.object({ id }), output: empty }),
  'runs.update': operation({
    effect: 'write',
    input: z.object({
      id,
      name: z.string().min(1).max(500).optional(),
      note: z.string().max(1_000_000).optional(),
      /** The editor that the note comes from; see `notes.update`. */
      session: z.string().max(64).optional(),
      starred: z.boolean().optional(),
    }),
    output: empty,
  }),
  /**
   * The log of one execution from a byte offset. With `follow` it streams until the execution ends
   * or the caller aborts; without, it ends at the current end of the file.
   */
  'runs.log': operation({
    effect: 'read',
    input: z.object({
      id,
      stage: z.string().default(''),
      /** Byte offset; negative means that many bytes before the end. */
      from: z.number().int().default(0),
      follow: z.boolean().default(false),
      /** Bytes after which it ends, whatever comes behind them. */
      length: z.number().int().min(1).optional(),
    }),
    item: z.object({ offset: z.number(), bytes: z.instanceof(Uint8Array) }),
    /** `end`: where the reading ended; `size` of the whole log then. */
    output: z.object({ end: z.number(), size: z.number().optional() }),
  }),
  /** The lines of a log that hold a text, from its beginning. */
  'runs.searchLog': operation({
    effect: 'read',
    input: z.object({
      id,
      stage: z.string().default(''),
      text: z.string().min(1).max(1000),
      limit: z.number().int().min(1).max(100_000).default(10_000),
    }),
    item: progress,
    output: z.object({ matches: z.array(logPlace), cut: z.boolean() }),
  }),
  /** Where a line of a log begins; the last one where there are fewer. */
  'runs.logLine': operation({
    effect: 'read',
    input: z.object({ id, stage: z.string().default(''), line: z.number().int().min(1) }),
    output: logPlace,
  }),
  /** Points of series, decimated by min and max so that no spike is lost when `maxPoints` is less. */
  'runs.metrics': operation({
    effect: 'read',
    input: z.object({
      ids: z.array(id).max(100),
      keys: z.array(z.string()).nullable().default(null),
      maxPoints: z.number().int().min(2).max(1_000_000).default(2000),
      /** What `from` and `to` are: steps, epoch ms, or ms since the series' own first point. */
      axis: z.enum(['step', 'time', 'relative']).default('step'),
      /** Only the points within this stretch, inclusive; null is open. */
      from: z.number().nullable().default(null),
      to: z.number().nullable().default(null),
      /** Whether to tell the mean of what each point of a thinned series stands for, for smoothing. */
      means: z.boolean().default(false),
    }),
    output: z.object({
      series: z.array(
        z.object({
          runId: id,
          key: z.string(),
          /** Points of the whole series. */
          total: z.number(),
          /** Time of the earliest point of the whole series, which a relative axis counts from. */
          start: z.number().nullable().optional(),
          /** One per point when asked for; where the value is not finite, the value. */
          means: z.instanceof(Float64Array).optional(),
          steps: z.instanceof(Float64Array),
          times: z.instanceof(Float64Array),
          values: z.instanceof(Float64Array),
        }),
      ),
    }),
  }),
} as const;

/** Runs that other tools logged, read in place: where they were found, and what was left out. */
import { z } from 'zod';
import { id, progress } from './common.ts';
import { operation } from './operation.ts';

export const sourceRow = z.object({
  id: z.number(),
  /** The importer's name: `mlruns`, `mlflow-db`, `tensorboard`… */
  kind: z.string(),
  /** '' is the folder itself. */
  path: z.string(),
  runs: z.number(),
  /** Of these, runs that are no longer in the source. */
  goneRuns: z.number(),
  /** Of these, runs that were taken into the store for good. */
  keptRuns: z.number(),
  /** Whether it was brought in from outside of the workspace; then `path` is absolute. */
  elsewhere: z.boolean(),
  /** When something new was last read of it; null before the first reading. */
  readAt: z.number().nullable(),
  /** Why it could not be read at all. */
  problem: z.string().nullable(),
  /** When it was found to be gone; its runs stay. */
  goneAt: z.number().nullable(),
  /** What of it was skipped, the first of them with the reason. */
  skippedCount: z.number(),
  skipped: z.array(z.object({ key: z.string(), reason: z.string() })),
});
export type SourceRow = z.infer<typeof sourceRow>;

/** Where a run came from. */
export const runOrigin = z.object({
  sourceId: z.number(),
  kind: z.string(),
  path: z.string(),
  /** What the run is called there. */
  nativeId: z.string(),
  /** Whether the run was made from elsewhere and this source only adds to it. */
  secondary: z.boolean(),
  /** When the tool last wrote to it, as far as its files tell. */
  writtenAt: z.number().nullable(),
  /** Whether the run, or the whole source, is no longer there. */
  gone: z.boolean(),
  /** When the run was taken into the store: it does not depend on the source any more. */
  keptAt: z.number().nullable(),
});
export type RunOrigin = z.infer<typeof runOrigin>;

const whatToKeep = {
  /** All runs of these sources; or, when there are none, … */
  sourceIds: z.array(z.number()).max(10_000).default([]),
  /** … these runs. */
  runIds: z.array(id).max(100_000).default([]),
  /** Also runs that their tool says go on; what it logs afterwards is not read. */
  includeRunning: z.boolean().default(false),
};

const kept = z.object({
  runs: z.number(),
  files: z.number(),
  /** Of these files. */
  bytes: z.number(),
  /** Runs that were left, since they go on. */
  running: z.number(),
  /** What stays where it is, each in a sentence. */
  problems: z.array(z.string()),
});
export type KeptRuns = z.infer<typeof kept>;

export const sourceOperations = {
  'sources.list': operation({
    effect: 'read',
    input: z.object({ skippedLimit: z.number().int().min(0).max(1000).default(20) }),
    output: z.object({ sources: z.array(sourceRow) }),
  }),
  /** Looks for sources and reads what changed; with `force` everything, from the beginning. */
  'sources.read': operation({
    effect: 'read',
    input: z.object({
      /** One source; all of them when null. */
      id: z.number().nullable().default(null),
      force: z.boolean().default(false),
    }),
    item: progress,
    output: z.object({ runs: z.number() }),
  }),
  /** Names a table or JSONL file of metrics as a source: it becomes a run, live while it grows. */
  'sources.declare': operation({
    effect: 'write',
    input: z.object({
      /** In the workspace, with `/`. */
      path: z.string().min(1).max(4096),
      /** Of the run; the file's own when empty. */
      name: z.string().max(500).default(''),
      /** The folder's name when empty. */
      experiment: z.string().max(500).default(''),
    }),
    output: z.object({ runs: z.number() }),
  }),
  /** Takes that back; the run stays. `removed` is false when it was none. */
  'sources.undeclare': operation({
    effect: 'write',
    input: z.object({ path: z.string().min(1).max(4096) }),
    output: z.object({ removed: z.boolean() }),
  }),
  /** What `sources.adopt` would do, and how much it would copy. */
  'sources.measure': operation({
    effect: 'read',
    input: z.object(whatToKeep),
    item: progress,
    output: kept,
  }),
  /**
   * Copies the files of runs of other tools into the store and detaches the runs from where they were
   * found: the old folder can be deleted. Cut short, the next call goes on.
   */
  'sources.adopt': operation({
    effect: 'write',
    input: z.object(whatToKeep),
    item: progress,
    output: kept,
  }),
  /** Reads a folder or file outside of the workspace, and takes its runs into the store for good. */
  'sources.importFrom': operation({
    effect: 'write',
    input: z.object({
      /** Absolute. */
      path: z.string().min(1).max(4096),
      includeRunning: z.boolean().default(false),
    }),
    item: progress,
    output: kept.extend({
      sources: z.array(z.object({ kind: z.string(), path: z.string() })),
    }),
  }),
  /** Where a run was found; empty for a run of Cairn's own. */
  'sources.ofRun': operation({
    effect: 'read',
    input: z.object({ id }),
    output: z.object({ origins: z.array(runOrigin) }),
  }),
  /** The files that a run logged, or that another tool keeps for it: by path, nothing is opened. */
  'sources.artifacts': operation({
    effect: 'read',
    input: z.object({ id, limit: z.number().int().min(1).max(10_000).default(2000) }),
    output: z.object({
      /** Absolute; null when they lie elsewhere, or there are none. */
      folder: z.string().nullable(),
      files: z.array(z.object({ path: z.string(), size: z.number(), modifiedAt: z.number() })),
      /** Whether there are more than `limit`. */
      cut: z.boolean(),
    }),
  }),
} as const;

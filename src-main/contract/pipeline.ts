/** The stage graph of dvc.yaml: what depends on what, what is stale, and why. */
import { z } from 'zod';
import { changeKind, empty, id, progress, trackedFile } from './common.ts';
import { operation } from './operation.ts';

/** One reason a stage would run, in the terms of `dvc status`. */
export const staleReason = z.object({
  kind: z.enum([
    'never run',
    'command changed',
    'dep modified',
    'dep missing',
    'dep new',
    'param modified',
    'param missing',
    'param new',
    'out modified',
    'out missing',
    'out new',
    'not in cache',
    'always changed',
    'upstream',
  ]),
  /** The path, param or upstream stage it is about. */
  subject: z.string(),
  /** A sentence: `lr changed from 0.01 to 0.003`. */
  detail: z.string(),
});
export type StaleReason = z.infer<typeof staleReason>;

export const stageState = z.enum([
  'fresh',
  'stale',
  'upstream stale',
  'frozen',
  'running',
  'failed',
]);

export const stageNode = z.object({
  /** Address as DVC prints it: `train`, `sub/dvc.yaml:train`, `data/raw.csv.dvc`. */
  address: z.string(),
  name: z.string(),
  file: z.string(),
  kind: z.enum(['stage', 'data']),
  command: z.string(),
  wdir: z.string(),
  desc: z.string(),
  frozen: z.boolean(),
  deps: z.array(trackedFile),
  params: z.array(z.object({ file: z.string(), key: z.string(), value: z.string().nullable() })),
  outs: z.array(
    trackedFile.extend({ role: z.enum(['out', 'metric', 'plot']), cached: z.boolean() }),
  ),
  state: stageState,
  reasons: z.array(staleReason),
});
export type StageNode = z.infer<typeof stageNode>;

export const pipelineGraph = z.object({
  stages: z.array(stageNode),
  /** Producer → consumer, with the path that connects them. */
  edges: z.array(z.object({ from: z.string(), to: z.string(), path: z.string() })),
  /** What keeps the pipeline from being read: `dvc.yaml:12:5: …`. */
  problem: z
    .object({
      message: z.string(),
      file: z.string(),
      line: z.number().nullable(),
      column: z.number().nullable(),
    })
    .nullable(),
});
export type PipelineGraph = z.infer<typeof pipelineGraph>;

/** A param that the window can offer to change before a run. */
export const paramEntry = z.object({ file: z.string(), key: z.string(), value: z.string() });

export const pipelineOperations = {
  'pipeline.graph': operation({
    effect: 'read',
    input: empty,
    item: progress,
    output: pipelineGraph,
  }),
  'pipeline.params': operation({
    effect: 'read',
    input: empty,
    output: z.object({ params: z.array(paramEntry) }),
  }),
  /**
   * Whether reproducing would run nothing and tell nothing new: every stage is up to date, and the
   * latest pipeline run took the same contents, params and commands down.
   */
  'pipeline.alreadyDone': operation({
    effect: 'read',
    input: z.object({
      targets: z.array(z.string()).default([]),
      singleItem: z.boolean().default(false),
      downstream: z.boolean().default(false),
    }),
    item: progress,
    output: z.object({
      /** The run that has it; null when there is something to do or to record. */
      run: z.object({ id, label: z.string() }).nullable(),
      /** How many stages were looked at. */
      stages: z.number(),
    }),
  }),
  /** Everything that differs from what was recorded: stages, data, code. What `cairn status` prints. */
  'pipeline.status': operation({
    effect: 'read',
    input: empty,
    item: progress,
    output: z.object({
      clean: z.boolean(),
      stages: z.array(
        z.object({ address: z.string(), state: stageState, reasons: z.array(staleReason) }),
      ),
      code: z.array(z.object({ path: z.string(), change: changeKind })),
      problem: z.string().nullable(),
    }),
  }),
} as const;

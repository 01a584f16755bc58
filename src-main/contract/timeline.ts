/** The notebook: cells in the order in which things happened. */
import { z } from 'zod';
import { changeKind, id } from './common.ts';
import { operation } from './operation.ts';
import { executionState, runRow } from './runs.ts';

/** A difference worth a chip: `lr 0.01 → 0.003`. */
export const valueChange = z.object({
  key: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});

/** A metric against the previous run. `better` is null where the direction is unknown. */
export const metricChange = z.object({
  key: z.string(),
  value: z.number().nullable(),
  before: z.number().nullable(),
  better: z.boolean().nullable(),
  /** At most 32 values over the steps, for a sparkline; empty for a single one, and far down a long list. */
  spark: z.array(z.number().nullable()),
});

export const runCell = z.object({
  kind: z.literal('run'),
  key: z.string(),
  at: z.number(),
  run: runRow,
  previous: z.object({ id, label: z.string() }).nullable(),
  params: z.array(valueChange),
  metrics: z.array(metricChange),
  stages: z.array(
    z.object({ stage: z.string(), state: executionState, durationMs: z.number().nullable() }),
  ),
  outputs: z.array(
    z.object({ path: z.string(), size: z.number().nullable(), changed: z.boolean() }),
  ),
  /** Code files that differ from the previous run; null when no snapshot is there to compare. */
  filesChanged: z.number().nullable(),
  /** Pictures that were logged or came out, the first of them; `timeline.figure` has them. */
  figures: z.array(z.object({ path: z.string(), size: z.number() })),
  figureCount: z.number(),
});

export const commitCell = z.object({
  kind: z.literal('commit'),
  key: z.string(),
  at: z.number(),
  oid: z.string(),
  author: z.string(),
  subject: z.string(),
  body: z.string(),
  /** Branches and tags that point here. */
  refs: z.array(z.string()),
  params: z.array(valueChange),
  metrics: z.array(metricChange),
});

/** Data, model or pipeline outputs whose recorded hash changed in a commit. */
export const dataCell = z.object({
  kind: z.literal('data'),
  key: z.string(),
  at: z.number(),
  oid: z.string(),
  changes: z.array(
    z.object({
      path: z.string(),
      change: changeKind,
      before: z.string().nullable(),
      after: z.string().nullable(),
      sizeBefore: z.number().nullable(),
      sizeAfter: z.number().nullable(),
      files: z.number().nullable(),
    }),
  ),
});

export const noteCell = z.object({
  kind: z.literal('note'),
  key: z.string(),
  at: z.number(),
  id,
  updatedAt: z.number(),
  body: z.string(),
});

export const bundleCell = z.object({
  kind: z.literal('bundle'),
  key: z.string(),
  at: z.number(),
  direction: z.enum(['exported', 'reproduced']),
  path: z.string(),
  runId: id.nullable(),
  label: z.string(),
  /** Null for an export. */
  reproduced: z.boolean().nullable(),
});

/** A version of a registered model was made, or a stage or an alias moved. */
export const promotionCell = z.object({
  kind: z.literal('promotion'),
  key: z.string(),
  at: z.number(),
  /** `unalias`: the alias was taken away. */
  change: z.enum(['version', 'stage', 'alias', 'unalias']),
  name: z.string(),
  version: z.number(),
  /** The stage or the alias; '' for a new version. */
  value: z.string(),
  /** The stage it had, or the version that had the alias; '' when there was none. */
  before: z.string(),
  /** The run that the version was made from. */
  run: z.object({ id, label: z.string() }).nullable(),
});

export const timelineCell = z.discriminatedUnion('kind', [
  runCell,
  commitCell,
  dataCell,
  noteCell,
  bundleCell,
  promotionCell,
]);
export type TimelineCell = z.infer<typeof timelineCell>;
export type RunCell = z.infer<typeof runCell>;
export type CommitCell = z.infer<typeof commitCell>;
export type DataCell = z.infer<typeof dataCell>;
export type NoteCell = z.infer<typeof noteCell>;
export type BundleCell = z.infer<typeof bundleCell>;
export type PromotionCell = z.infer<typeof promotionCell>;

export const cellKind = z.enum(['run', 'commit', 'data', 'note', 'bundle', 'promotion']);

/** What the notebook is narrowed to. */
const filter = {
  order: z.enum(['newest', 'oldest']).default('newest'),
  kinds: z.array(cellKind).nullable().default(null),
  experimentId: id.nullable().default(null),
  text: z.string().max(10_000).default(''),
};

export const timelineOperations = {
  /** Every cell, with as little as the notebook needs to lay itself out: 50 000 are a megabyte or two. */
  'timeline.outline': operation({
    effect: 'read',
    input: z.object(filter),
    output: z.object({
      /** Keys of the cells (`run:…`) in their order, a line each; empty when there is none. */
      keys: z.string(),
      at: z.instanceof(Float64Array),
      /** Position in `experiments`, or −1. */
      experiment: z.instanceof(Float64Array),
      /** 1 for a commit that changed no param and no metric, and that nothing points at. */
      quiet: z.instanceof(Uint8Array),
      experiments: z.array(z.object({ id, label: z.string(), name: z.string() })),
    }),
  }),
  /** Cells by their keys, in that order; what is gone is left out. */
  'timeline.cells': operation({
    effect: 'read',
    input: z.object({ keys: z.array(z.string().max(100)).max(200) }),
    output: z.object({ cells: z.array(timelineCell) }),
  }),
  /**
   * What the filter lets through between two moments, or the cells that are named, as one file that
   * opens offline. Without a path the text comes back: to be printed.
   */
  'timeline.export': operation({
    effect: 'write',
    input: z.object({
      ...filter,
      keys: z.array(z.string().max(100)).max(10_000).nullable().default(null),
      /** Epoch ms; the second is not included. */
      from: z.number().nullable().default(null),
      to: z.number().nullable().default(null),
      format: z.enum(['html', 'markdown', 'ipynb']),
      /** Absolute, or relative to the root. */
      path: z.string().min(1).nullable(),
      overwrite: z.boolean().default(false),
    }),
    output: z.object({
      path: z.string().nullable(),
      bytes: z.number(),
      text: z.string().nullable(),
    }),
  }),
  /** A picture that a run logged or that came out of it, by its path in the run's cell. */
  'timeline.figure': operation({
    effect: 'read',
    input: z.object({ runId: id, path: z.string().min(1).max(4096) }),
    output: z.object({ type: z.string(), bytes: z.instanceof(Uint8Array) }),
  }),
  /** One page of cells. `cursor` is what the page before gave as `next`. */
  'timeline.list': operation({
    effect: 'read',
    input: z.object({
      ...filter,
      cursor: z.string().nullable().default(null),
      limit: z.number().int().min(1).max(1000).default(200),
    }),
    output: z.object({
      cells: z.array(timelineCell),
      next: z.string().nullable(),
      total: z.number(),
    }),
  }),
} as const;

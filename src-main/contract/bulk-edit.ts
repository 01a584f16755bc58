/** Many runs at once: tags, stars, places, and runs that are the same one seen twice. */
import { z } from 'zod';
import { id } from './common.ts';
import { operation } from './operation.ts';

/** MLflow's own bounds. */
const tagKey = z.string().trim().min(1).max(250);
const tagValue = z.string().max(8000);

export const bulkEdit = z.object({
  ids: z.array(id).min(1).max(100_000),
  /** Sets these tags, whatever they were. */
  addTags: z.record(tagKey, tagValue).default({}),
  removeTags: z.array(tagKey).default([]),
  starred: z.boolean().optional(),
  /** Moves them to the end of this experiment. */
  experimentId: id.optional(),
});
export type BulkEdit = z.infer<typeof bulkEdit>;

export const tagOfRuns = z.object({
  key: z.string(),
  /** How many of the runs have it. */
  runs: z.number(),
  /** Null where they differ. */
  value: z.string().nullable(),
});
export type TagOfRuns = z.infer<typeof tagOfRuns>;

export const bulkEditOperations = {
  /** One edit, which `experiments.undo` takes back; `changed` are the runs it made different. */
  'runs.edit': operation({
    effect: 'write',
    input: bulkEdit,
    output: z.object({ changed: z.array(id) }),
  }),
  'runs.tags': operation({
    effect: 'read',
    input: z.object({ ids: z.array(id).max(100_000) }),
    output: z.object({ tags: z.array(tagOfRuns) }),
  }),
  /**
   * Merges runs that are the same run seen twice: what `into` lacks of their params, tags, metrics,
   * sources and lineage goes to it, and they go to the trash.
   */
  'runs.mergeDuplicates': operation({
    effect: 'write',
    input: z.object({ into: id, ids: z.array(id).min(1).max(1000) }),
    output: z.object({ merged: z.array(id) }),
  }),
} as const;
export type BulkEditOperation = keyof typeof bulkEditOperations;

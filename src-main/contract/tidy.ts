/** Keeping tidy: the trash, and the rules of what is swept into it. */
import { z } from 'zod';
import { empty, id, progress } from './common.ts';
import { operation } from './operation.ts';
import { runRow } from './runs.ts';

export const tidyRule = z.object({
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(200),
  /** In the language of docs/filter.md. */
  filter: z.string().min(1).max(10_000),
  /** Whether it is applied each time the folder is opened. */
  automatic: z.boolean(),
});
export type TidyRule = z.infer<typeof tidyRule>;

/** Why a run is left alone. */
const kept = z.object({ id, why: z.enum(['running', 'starred', 'registered', 'bundled']) });

const moved = z.object({ moved: z.array(id), kept: z.array(kept) });
/** A rule by its id or name, or a filter. */
const what = z.union([z.object({ rule: z.string() }), z.object({ filter: z.string() })]);

export const tidyOperations = {
  'trash.list': operation({
    effect: 'read',
    input: z.object({
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(0).max(1000).default(200),
    }),
    output: z.object({
      rows: z.array(runRow.extend({ deletedAt: z.number() })),
      total: z.number(),
    }),
  }),
  /** What the logs and artifacts of some runs take, in the order of `ids`. */
  'trash.sizes': operation({
    effect: 'read',
    input: z.object({ ids: z.array(id).max(1000) }),
    output: z.object({ bytes: z.array(z.number()) }),
  }),
  /** Moves runs, with those nested below them, into the trash; running ones are left. */
  'trash.move': operation({
    effect: 'write',
    input: z.object({ ids: z.array(id).min(1) }),
    output: moved,
  }),
  'trash.restore': operation({
    effect: 'write',
    input: z.object({ ids: z.array(id).min(1) }),
    output: z.object({ restored: z.array(id) }),
  }),
  /** What a purge of these would remove; null means the whole trash. */
  'trash.measure': operation({
    effect: 'read',
    input: z.object({ ids: z.array(id).nullable() }),
    output: z.object({ count: z.number(), bytes: z.number() }),
  }),
  /** Removes for good; null means the whole trash. */
  'trash.purge': operation({
    effect: 'write',
    input: z.object({ ids: z.array(id).nullable() }),
    item: progress,
    output: z.object({ purged: z.number(), bytes: z.number() }),
  }),
  'tidy.rules': operation({
    effect: 'read',
    input: empty,
    output: z.object({ rules: z.array(tidyRule) }),
  }),
  /** Adds a rule (`id` null), or changes one. */
  'tidy.save': operation({
    effect: 'write',
    input: tidyRule.extend({ id: tidyRule.shape.id.nullable() }),
    output: tidyRule,
  }),
  'tidy.remove': operation({ effect: 'write', input: z.object({ id: z.string() }), output: empty }),
  /** What a sweep would do. */
  'tidy.preview': operation({
    effect: 'read',
    input: what,
    output: z.object({
      count: z.number(),
      /** The first of them. */
      rows: z.array(runRow),
      kept: z.array(kept),
    }),
  }),
  /** How many bytes the runs take that a sweep would move; with many runs this takes a while. */
  'tidy.measure': operation({
    effect: 'read',
    input: what,
    output: z.object({ bytes: z.number() }),
  }),
  'tidy.sweep': operation({ effect: 'write', input: what, output: moved }),
} as const;

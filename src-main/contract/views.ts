/** Views of the runs table: what it is narrowed to, its order, columns and groups, under a name. */
import { z } from 'zod';
import { empty, id } from './common.ts';
import { operation } from './operation.ts';

/** A column, or what runs are ordered or grouped by: a field as docs/filter.md writes it. */
const field = z.string().min(1).max(2000);

export const viewColumn = z.object({
  field,
  /** Pixels; left out, what fits the name. */
  width: z.number().min(40).max(2000).optional(),
  pinned: z.boolean().optional(),
});

export const viewGroup = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  /** Each run below the one it is nested in. */
  z.object({ kind: z.literal('nested') }),
  z.object({ kind: z.literal('by'), fields: z.array(field).min(1).max(8) }),
  /** Runs whose params differ in nothing but keys that match. */
  z.object({ kind: z.literal('seed'), pattern: z.string().min(1).max(500) }),
]);

export const viewState = z.object({
  filter: z.string().max(100_000).default(''),
  experimentId: id.nullable().default(null),
  order: z
    .array(z.object({ field, desc: z.boolean() }))
    .max(20)
    .default([]),
  /** Columns that somebody chose, pinned, moved or resized, in their order; others follow. */
  columns: z.array(viewColumn).max(10_000).default([]),
  hidden: z.array(field).max(10_000).default([]),
  /** Show a param or metric only where it is not the same in all runs listed. */
  onlyDiffering: z.boolean().default(true),
  /** Which value of a metric is shown. */
  summary: z.enum(['last', 'best', 'min', 'max']).default('last'),
  group: viewGroup.default({ kind: 'none' }),
  /** What of the numbers of a group is shown. */
  ofGroup: z.enum(['mean', 'min', 'max', 'best']).default('mean'),
});
export type ViewState = z.output<typeof viewState>;

export const savedView = z.object({ id, name: z.string(), state: viewState });
export type SavedView = z.infer<typeof savedView>;

const name = z.string().trim().min(1).max(200);

export const viewOperations = {
  /**
   * `current` is how the table was left, null before anybody changed it; `standard` the view that
   * a table begins with.
   */
  'views.list': operation({
    effect: 'read',
    input: empty,
    output: z.object({
      views: z.array(savedView),
      standard: id.nullable(),
      current: viewState.nullable(),
    }),
  }),
  /** Saves a view under a new name, or with an id what that one shows. `experiments.undo` takes it back. */
  'views.save': operation({
    effect: 'write',
    input: z.object({ id: id.nullable().default(null), name, state: viewState }),
    output: z.object({ id }),
  }),
  'views.rename': operation({ effect: 'write', input: z.object({ id, name }), output: empty }),
  'views.remove': operation({ effect: 'write', input: z.object({ id }), output: empty }),
  'views.setStandard': operation({
    effect: 'write',
    input: z.object({ id: id.nullable() }),
    output: empty,
  }),
  /** Keeps how the table is now, for the next time. Nothing to undo. */
  'views.keep': operation({
    effect: 'write',
    input: z.object({ state: viewState }),
    output: empty,
  }),
} as const;
export type ViewOperation = keyof typeof viewOperations;

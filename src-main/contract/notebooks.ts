/** Notebooks of the folder: their order, their content to look at, and giving them another order. */
import { z } from 'zod';
import { operation } from './operation.ts';
import { runRow } from './runs.ts';

export const notebookRow = z.object({
  /** In the workspace. */
  path: z.string(),
  name: z.string(),
  /** `02.1`; empty without a number. */
  label: z.string(),
  /** Numbers that are missing right before it. */
  missing: z.array(z.string()),
  /** Whether another notebook of its folder has the same number. */
  duplicate: z.boolean(),
  /** The first heading. */
  title: z.string().nullable(),
  cells: z.number(),
  codeCells: z.number(),
  kernel: z.string().nullable(),
  size: z.number(),
  modifiedAt: z.number(),
  /** How its code cells were executed: no code, not, in part, out of order, in order. */
  executed: z.enum(['none', 'not', 'part', 'mixed', 'order']),
  /** How many of its runs are listed. */
  runs: z.number(),
  /** Why it could not be read, in a sentence. */
  problem: z.string().nullable(),
});
export type NotebookRow = z.infer<typeof notebookRow>;

const text = z.object({ text: z.string(), cut: z.boolean() });
export const notebookOutput = z.discriminatedUnion('kind', [
  text.extend({ kind: z.literal('text'), stream: z.enum(['stdout', 'stderr']).nullable() }),
  text.extend({ kind: z.literal('error'), name: z.string(), message: z.string() }),
  z.object({
    kind: z.literal('image'),
    mime: z.enum(['image/png', 'image/jpeg', 'image/gif', 'image/webp']),
    base64: z.string(),
    text: z.string(),
  }),
  text.extend({ kind: z.enum(['svg', 'html', 'markdown', 'latex', 'json']) }),
  /** Only a script could draw it; `what` is the media type. */
  z.object({ kind: z.literal('script'), what: z.string() }),
  /** Larger than what is shown; the file has it. */
  z.object({ kind: z.literal('large'), what: z.string(), bytes: z.number() }),
]);
export type NotebookOutput = z.infer<typeof notebookOutput>;

export const notebookCell = z.object({
  type: z.enum(['code', 'markdown', 'raw']),
  source: z.string(),
  executionCount: z.number().nullable(),
  tags: z.array(z.string()),
  outputs: z.array(notebookOutput),
});
export type NotebookCell = z.infer<typeof notebookCell>;

/** One assignment of the cell that is tagged `parameters`. */
export const notebookParameter = z.object({
  name: z.string(),
  /** As it is written. */
  value: z.string(),
  comment: z.string(),
});
export type NotebookParameter = z.infer<typeof notebookParameter>;

const order = {
  /** '' is the folder itself. */
  folder: z.string(),
  /** Base names; those left out keep their names. */
  order: z.array(z.string()).max(10_000),
};

export const notebookPlan = z.object({
  renames: z.array(z.object({ from: z.string(), to: z.string() })),
  edits: z.array(
    z.object({
      path: z.string(),
      count: z.number(),
      lines: z.array(z.object({ line: z.number(), before: z.string(), after: z.string() })),
    }),
  ),
  /** Runs that will name the notebook by its new name. */
  runs: z.number(),
  warnings: z.array(z.string()),
  /** To be handed back: the plan is only done if nothing has changed since. */
  stamp: z.string(),
});
export type NotebookPlan = z.infer<typeof notebookPlan>;

export const notebookOperations = {
  'notebooks.list': operation({
    effect: 'read',
    input: z.object({}),
    output: z.object({
      folders: z.array(z.object({ path: z.string(), notebooks: z.array(notebookRow) })),
      /** Whether there are more than are listed. */
      cut: z.boolean(),
    }),
  }),
  'notebooks.get': operation({
    effect: 'read',
    input: z.object({ path: z.string().min(1).max(4096) }),
    output: z.object({
      path: z.string(),
      title: z.string().nullable(),
      kernel: z.string().nullable(),
      kernelTitle: z.string().nullable(),
      language: z.string().nullable(),
      cells: z.array(notebookCell),
      totalCells: z.number(),
      parameters: z.array(notebookParameter),
      runs: z.array(runRow),
    }),
  }),
  'notebooks.plan': operation({ effect: 'read', input: z.object(order), output: notebookPlan }),
  /** Renames and edits all of it or nothing. Undone by `experiments.undo`. */
  'notebooks.renumber': operation({
    effect: 'write',
    input: z.object({ ...order, stamp: z.string() }),
    output: z.object({ renamed: z.number(), edited: z.number() }),
  }),
} as const;

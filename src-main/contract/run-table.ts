/**
 * The runs table: rows in pages with the columns that are wanted, which columns there are, runs
 * below each other and in groups. A column is a field as docs/filter.md writes it: `params.lr`,
 * `best(metrics.acc)`, `duration`.
 */
import { z } from 'zod';
import { id } from './common.ts';
import { operation } from './operation.ts';
import { runRow } from './runs.ts';

const field = z.string().min(1).max(2000);
const fields = z.array(field).max(1000);

/** What a run has in a column. A metric may be NaN; texts are as they were written. */
export const cell = z.union([z.string(), z.number(), z.null()]);
export type Cell = z.infer<typeof cell>;

/** What every row says, whichever columns there are. */
export const tableRow = runRow
  .omit({ command: true, exitCode: true, note: true, params: true, metrics: true })
  .extend({
    /** In the order of the fields asked for. */
    values: z.array(cell),
  });
export type TableRow = z.infer<typeof tableRow>;

/** A key of params, metrics or tags. */
export const tableField = z.object({
  kind: z.enum(['param', 'metric', 'tag']),
  key: z.string(),
  /** As a filter names it. */
  field: z.string(),
  /** Whether any of the runs has it. */
  present: z.boolean(),
  /** How much of the runs has it, 0…1; of very many runs, of some of them. */
  share: z.number().optional(),
  /** Whether it is not the same in all of the runs; one that some lack differs. */
  differs: z.boolean(),
  /** Of a metric: whether more or less is better, null where its name does not tell. */
  direction: z.enum(['higher', 'lower']).nullable(),
});
export type TableField = z.infer<typeof tableField>;

/** What the runs of a group have in a column. */
export const aggregate = z.object({
  /** How many have a number there, and what those are; `deviation` is that of a sample. */
  n: z.number(),
  mean: z.number().nullable(),
  deviation: z.number().nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  /** The highest or lowest, by the name of a metric; null where that does not tell. */
  best: z.number().nullable(),
  /** How many different values there are, and the value where it is one. */
  distinct: z.number(),
  same: cell,
});
export type Aggregate = z.infer<typeof aggregate>;

/**
 * One column of many runs: a number each, NaN where there is none. `places` is empty where no run
 * has a text; else it says for each run which of `texts` it has, or -1.
 */
export const valueColumn = z.object({
  numbers: z.instanceof(Float64Array),
  texts: z.array(z.string()),
  places: z.instanceof(Float64Array),
});
export type ValueColumn = z.infer<typeof valueColumn>;

const search = {
  experimentId: id.nullable().default(null),
  filter: z.string().max(100_000).default(''),
  orderBy: z.string().max(100_000).default(''),
};

export const runTableOperations = {
  /** Rows by id, in the order asked for; ids that are gone are left out. */
  'table.page': operation({
    effect: 'read',
    input: z.object({ ids: z.array(id).max(1000), fields }),
    output: z.object({ rows: z.array(tableRow) }),
  }),
  /** The same runs with every param and metric: of a few, for what is done with those. */
  'table.runs': operation({
    effect: 'read',
    input: z.object({ ids: z.array(id).max(200) }),
    output: z.object({ rows: z.array(runRow) }),
  }),
  /**
   * Columns of all the runs that match, in order: for charts over any number of runs. Params and tags
   * that are written as numbers are numbers.
   */
  'table.columns': operation({
    effect: 'read',
    input: z.object({ ...search, fields: z.array(field).max(200) }),
    output: z.object({
      ids: z.array(id),
      labels: z.array(z.string()),
      names: z.array(z.string()),
      /** In the order of the fields asked for, as those are written. */
      columns: z.array(valueColumn.extend({ field })),
    }),
  }),
  /**
   * The keys that there are, by kind and name. With many runs, whether one is the same in all of
   * them is looked at for a while and then left open: `exact` is false, and what was not seen to
   * differ counts as the same.
   */
  'table.fields': operation({
    effect: 'read',
    input: z.object({ experimentId: search.experimentId, filter: search.filter }),
    output: z.object({ fields: z.array(tableField), runs: z.number(), exact: z.boolean() }),
  }),
  /** The runs that match, each behind the one it is nested in, if that matches too. */
  'table.tree': operation({
    effect: 'read',
    input: z.object(search),
    /** `depths`: 0 for a run that is nested in none of the others. At most 255. */
    output: z.object({ ids: z.array(id), depths: z.instanceof(Uint8Array) }),
  }),
  /**
   * The runs that match, in groups: those with the same values in `by`, or with `seeds` those whose
   * params differ in nothing but keys that match this pattern (a regular expression, in any case).
   * Groups and the runs within come in the order asked for; ordered by a metric, groups come by
   * their mean.
   */
  'table.groups': operation({
    effect: 'read',
    input: z.object({
      ...search,
      by: z.array(field).max(8).default([]),
      seeds: z.string().max(500).nullable().default(null),
    }),
    output: z.object({
      groups: z.array(z.object({ values: z.array(cell), ids: z.array(id) })),
    }),
  }),
  /** What groups of runs have in some columns: one list for each group, in the order of `fields`. */
  'table.aggregate': operation({
    effect: 'read',
    input: z.object({ groups: z.array(z.array(id).max(1_000_000)).max(1000), fields }),
    output: z.object({ groups: z.array(z.array(aggregate)) }),
  }),
  /** What could be written at a place of a filter. */
  'table.complete': operation({
    effect: 'read',
    input: z.object({ filter: z.string().max(100_000), at: z.number().int().min(0) }),
    output: z.object({
      /** What of the filter is replaced by what is chosen. */
      from: z.number(),
      to: z.number(),
      items: z.array(
        z.object({
          text: z.string(),
          kind: z.enum(['field', 'operator', 'value', 'keyword']),
          /** For values: how many runs have it. */
          runs: z.number().nullable(),
        }),
      ),
    }),
  }),
  /** A filter taken apart into comparisons that stand beside each other, for filling in a form. */
  'table.outline': operation({
    effect: 'read',
    input: z.object({ filter: z.string().max(100_000) }),
    output: z.object({
      parts: z.array(
        z.object({
          /** What joins it to the part before it; AND binds tighter. */
          join: z.enum(['and', 'or']),
          /** The part as it was written. */
          text: z.string(),
          /** Null where it is no single comparison: words, NOT, parentheses. */
          comparison: z
            .object({ field: z.string(), operator: z.string(), value: z.string() })
            .nullable(),
        }),
      ),
    }),
  }),
} as const;
export type RunTableOperation = keyof typeof runTableOperations;

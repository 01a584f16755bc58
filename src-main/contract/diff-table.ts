/** Two tables (CSV, Parquet) row by row under a key, and column by column. */
import { z } from 'zod';
import { progress } from './common.ts';
import { contentSource } from './diff-content.ts';
import { operation } from './operation.ts';

const columnStats = z.object({
  /** Values that are there. */
  count: z.number(),
  missing: z.number(),
  /** Different values; null where there are too many to count. */
  distinct: z.number().nullable(),
  mean: z.number().nullable(),
  std: z.number().nullable(),
  min: z.number().nullable(),
  median: z.number().nullable(),
  max: z.number().nullable(),
  /** The most frequent values, of columns that are not numbers. */
  top: z.array(z.object({ value: z.string(), count: z.number() })),
});
export type ColumnStats = z.infer<typeof columnStats>;

export const columnChange = z.object({
  name: z.string(),
  change: z.enum(['added', 'removed', 'modified', 'same']),
  kind: z.enum(['number', 'category', 'text', 'empty']),
  /** The type a Parquet file gives it; null for CSV. */
  leftType: z.string().nullable(),
  rightType: z.string().nullable(),
  /** Rows of both sides whose value differs; null for a column of one side. */
  changedRows: z.number().nullable(),
  left: columnStats.nullable(),
  right: columnStats.nullable(),
  /**
   * How far the distributions are apart. `psi`: the population stability index over tenths of the
   * left side (0.1 some, 0.25 strong). `tv`: total variation, half the sum of the differences of
   * shares, 0…1, with the p-value of a chi-square test.
   */
  drift: z
    .object({
      measure: z.enum(['psi', 'tv']),
      value: z.number(),
      p: z.number().nullable(),
      level: z.enum(['none', 'some', 'strong']),
    })
    .nullable(),
});
export type ColumnChange = z.infer<typeof columnChange>;

export const rowChange = z.object({
  change: z.enum(['added', 'removed', 'modified']),
  /** Numbers of the rows in their files, from 1 behind the head. */
  leftRow: z.number().nullable(),
  rightRow: z.number().nullable(),
  /** In the order of `shownColumns`; null for a missing value. */
  left: z.array(z.string().nullable()).nullable(),
  right: z.array(z.string().nullable()).nullable(),
  /** Indices into `shownColumns` of values that differ. */
  changed: z.array(z.number()),
});
export type RowChange = z.infer<typeof rowChange>;

export const tableDiff = z.object({
  columns: z.array(columnChange),
  /** Columns that tell which row is which; empty for the position in the file. */
  key: z.array(z.string()),
  keyGuessed: z.boolean(),
  rows: z.object({
    left: z.number(),
    right: z.number(),
    added: z.number(),
    removed: z.number(),
    modified: z.number(),
    same: z.number(),
  }),
  shownColumns: z.array(z.string()),
  shown: z.array(rowChange),
  /** Sentences about what was left out or taken for granted. */
  notes: z.array(z.string()),
});
export type TableDiff = z.infer<typeof tableDiff>;

export const diffTableOperations = {
  'diff.table': operation({
    effect: 'read',
    input: z.object({
      left: contentSource,
      right: contentSource,
      /** Null guesses it; empty takes rows by their position. */
      key: z.array(z.string()).max(20).nullable().default(null),
      /** Only rows of this change among those that are shown. */
      only: z.enum(['added', 'removed', 'modified']).nullable().default(null),
      limit: z.number().int().min(0).max(5000).default(500),
    }),
    item: progress,
    output: tableDiff,
  }),
} as const;

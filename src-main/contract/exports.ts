/** Taking results elsewhere: tables of runs and of metric histories. */
import { z } from 'zod';
import { id, progress } from './common.ts';
import { operation } from './operation.ts';

const target = {
  /** Absolute, or relative to the root. */
  path: z.string().min(1),
  format: z.enum(['csv', 'parquet']),
  overwrite: z.boolean().default(false),
};
const exported = z.object({ path: z.string(), rows: z.number(), bytes: z.number() });

/** The runs of a search, in its order. */
const search = {
  experimentId: id.nullable().default(null),
  filter: z.string().default(''),
  orderBy: z.string().default(''),
};

export const exportOperations = {
  /** A row for each run, a column for each param and metric. `ids` null means the runs of the search. */
  'exports.runs': operation({
    effect: 'write',
    input: z.object({ ...search, ...target, ids: z.array(id).nullable().default(null) }),
    item: progress,
    output: exported,
  }),
  /** A row for each point. `ids` null means the runs of the search. */
  'exports.metrics': operation({
    effect: 'write',
    input: z.object({
      ...search,
      ...target,
      ids: z.array(id).nullable().default(null),
      keys: z.array(z.string()).nullable().default(null),
    }),
    item: progress,
    output: exported,
  }),
  /** A run, or several beside each other, as one HTML file that opens offline. */
  'exports.page': operation({
    effect: 'write',
    input: z.object({
      ids: z.array(id).min(1).max(20),
      path: target.path,
      overwrite: target.overwrite,
    }),
    output: z.object({ path: z.string(), bytes: z.number() }),
  }),
} as const;

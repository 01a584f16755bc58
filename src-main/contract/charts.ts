/** Charts over several runs: curves over another metric, bands over groups, what params matter. */
import { z } from 'zod';
import { empty, id, progress } from './common.ts';
import { operation } from './operation.ts';

const column = z.instanceof(Float64Array);

/** What runs along x where several runs are put together. */
const sharedAxis = z.enum(['step', 'relative']);

/** Runs that are drawn as one: those that differ only in their seed, say. */
const group = z.object({ id: z.string().max(2000), runIds: z.array(id).min(1).max(1000) });

const maxPoints = z.number().int().min(4).max(100_000).default(1000);

const sectionId = z.string().max(2000);

/** How a page of charts is arranged. What is not said is as it is by itself. */
export const chartLayout = z.object({
  settings: z.object({
    xAxis: z.enum(['step', 'time', 'relative', 'metric']),
    /** The metric along x where `xAxis` is `metric`. */
    xKey: z.string().max(2000),
    smoothing: z.object({
      kind: z.enum(['average', 'gaussian']),
      /** 0 is the raw line. */
      amount: z.number().min(0).max(0.999),
    }),
    logX: z.boolean(),
    logY: z.boolean(),
    /** Whether y leaves room for the few values that lie far from all others. */
    outliers: z.boolean(),
    /** What runs are drawn as one by: `seed`, `experiment`, `name`, `param NAME`, or nothing. */
    groupBy: z.string().max(2000),
    spread: z.enum(['range', 'deviation']),
  }),
  /** Sections in their order; those that are not named follow in the order of their names. */
  sections: z
    .array(
      z.object({
        id: sectionId,
        folded: z.boolean().optional(),
        size: z.enum(['small', 'medium', 'large']).optional(),
      }),
    )
    .max(10_000),
  /** Charts of params and metrics, in their order. */
  panels: z
    .array(
      z.object({
        id: z.string().max(100),
        kind: z.string().max(40),
        /** Which param or metric stands where; what the kind knows. */
        options: z.record(z.string().max(100), z.string().max(2000)),
      }),
    )
    .max(200),
});
export type ChartLayout = z.infer<typeof chartLayout>;

/** A value, and the ends of the interval in which nine of ten resampled sets of runs put it. */
const estimate = z.object({ value: z.number(), low: z.number(), high: z.number() });

export const chartOperations = {
  /** An arrangement that was saved in this workspace; null when there is none. */
  'layouts.get': operation({
    effect: 'read',
    input: z.object({ name: z.string().min(1).max(100) }),
    output: z.object({ layout: chartLayout.nullable() }),
  }),
  'layouts.set': operation({
    effect: 'write',
    input: z.object({ name: z.string().min(1).max(100), layout: chartLayout }),
    output: empty,
  }),
  /** Curves of `keys` over another metric of the same run, joined by their steps. */
  'charts.against': operation({
    effect: 'read',
    input: z.object({
      ids: z.array(id).max(100),
      keys: z.array(z.string()).min(1).max(100),
      /** The metric along x. */
      xKey: z.string(),
      maxPoints,
      from: z.number().nullable().default(null),
      to: z.number().nullable().default(null),
    }),
    output: z.object({
      series: z.array(
        z.object({
          runId: id,
          key: z.string(),
          /** Points within the steps of both metrics, before they were thinned. */
          total: z.number(),
          x: column,
          steps: column,
          times: column,
          values: column,
        }),
      ),
    }),
  }),
  /**
   * The mean of each group's runs and how far they lie apart, at every step that any of them logged.
   * A run that logged less often is interpolated between its points, never beyond them.
   */
  'charts.bands': operation({
    effect: 'read',
    input: z.object({
      groups: z.array(group).max(50),
      keys: z.array(z.string()).min(1).max(100),
      axis: sharedAxis.default('step'),
      /** `range`: from the lowest to the highest; `deviation`: one sample standard deviation around the mean. */
      spread: z.enum(['range', 'deviation']).default('range'),
      maxPoints,
      from: z.number().nullable().default(null),
      to: z.number().nullable().default(null),
    }),
    output: z.object({
      bands: z.array(
        z.object({
          group: z.string(),
          key: z.string(),
          /** Runs of the group that have the metric. */
          runs: z.number(),
          /** Points before they were thinned. */
          total: z.number(),
          /** Steps, or ms since each run's first point. */
          x: column,
          mean: column,
          low: column,
          high: column,
          /** Runs that have a finite value there. */
          counts: column,
        }),
      ),
    }),
  }),
  /**
   * Which params matter for a metric: by rank correlation, and by what a small random forest loses
   * without each. Takes a second or so; the same runs give the same answer.
   */
  'charts.importance': operation({
    effect: 'read',
    input: z.object({
      /** The runs; or with a `filter` those that match it, any number. */
      ids: z.array(id).max(10_000).default([]),
      filter: z.string().max(100_000).nullable().default(null),
      experimentId: id.nullable().default(null),
      metric: z.string(),
      aggregate: z.enum(['last', 'min', 'max']).default('last'),
    }),
    item: progress,
    output: z.object({
      /** Runs with a finite value of the metric; `used` of them were taken, drawn evenly. */
      runs: z.number(),
      used: z.number(),
      /** The most important first. */
      params: z.array(
        z.object({
          key: z.string(),
          kind: z.enum(['number', 'category']),
          /** Runs that have it. */
          runs: z.number(),
          /** Spearman's; null for more than two categories, or where it cannot be said. */
          correlation: estimate.nullable(),
          /** Share of the variance that is no longer explained when the param is shuffled. */
          importance: estimate.nullable(),
        }),
      ),
      /** Params that never vary, or are another in every run. */
      leftOut: z.array(z.object({ key: z.string(), why: z.enum(['constant', 'unique']) })),
      /** Share of the variance that the forest explains in runs it did not see; may be below 0. */
      explained: estimate.nullable(),
    }),
  }),
} as const;

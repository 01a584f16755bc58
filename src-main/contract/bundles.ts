/** Handing over: one file out, verified and reproduced elsewhere. */
import { z } from 'zod';
import { id, progress } from './common.ts';
import { operation } from './operation.ts';

export const omission = z.object({
  path: z.string(),
  size: z.number().nullable(),
  reason: z.string(),
});

/** What a check of one file of a bundle found. */
export const verification = z.object({
  path: z.string(),
  state: z.enum(['ok', 'altered', 'missing', 'unexpected', 'unsafe', 'left out']),
  detail: z.string(),
});

export const verifyReport = z.object({
  path: z.string(),
  ok: z.boolean(),
  files: z.number(),
  bytes: z.number(),
  problems: z.array(verification),
  omitted: z.array(omission),
  run: z
    .object({
      id: z.string(),
      label: z.string(),
      name: z.string(),
      command: z.string(),
      createdAt: z.number().nullable(),
    })
    .nullable(),
});
export type VerifyReport = z.infer<typeof verifyReport>;

export const outputVerdict = z.enum([
  'identical',
  'within tolerance',
  'different',
  'missing',
  'skipped',
]);

export const reproduceReport = z.object({
  ok: z.boolean(),
  /** Absolute folder in which it was run again. */
  folder: z.string(),
  exitCode: z.number().nullable(),
  durationMs: z.number(),
  outputs: z.array(
    z.object({
      path: z.string(),
      verdict: outputVerdict,
      expected: z.string().nullable(),
      actual: z.string().nullable(),
      detail: z.string(),
    }),
  ),
  /** What differs between the machine of the bundle and this one, and could explain a difference. */
  environment: z.array(z.string()),
  log: z.string(),
});
export type ReproduceReport = z.infer<typeof reproduceReport>;

export const bundleOperations = {
  /** What would go into the bundle, before it is written. */
  'bundles.preview': operation({
    effect: 'read',
    input: z.object({ runId: id }),
    output: z.object({
      files: z.array(
        z.object({
          path: z.string(),
          size: z.number().nullable(),
          role: z.enum(['code', 'input', 'output', 'environment', 'log', 'record']),
          available: z.boolean(),
          /** The tracked path it belongs to, as `leaveOut` takes it; null for what always goes in. */
          tracked: z.string().nullable(),
        }),
      ),
      suggestedName: z.string(),
    }),
  }),
  'bundles.export': operation({
    effect: 'write',
    input: z.object({
      runId: id,
      /** Absolute, or relative to the root. */
      output: z.string(),
      /** Tracked inputs and outputs to leave out, by path; they are listed with their hash. */
      leaveOut: z.array(z.string()).default([]),
      overwrite: z.boolean().default(false),
    }),
    item: progress,
    output: z.object({
      path: z.string(),
      bytes: z.number(),
      files: z.number(),
      omitted: z.array(omission),
    }),
  }),
  'bundles.verify': operation({
    effect: 'read',
    input: z.object({ path: z.string() }),
    item: progress,
    output: verifyReport,
  }),
  'bundles.reproduce': operation({
    effect: 'execute',
    input: z.object({
      path: z.string(),
      /** Absolute folder that does not exist yet or is empty; a temporary one when null. */
      into: z.string().nullable().default(null),
      /** Relative tolerance for numbers in metrics, tables and tensors. */
      tolerance: z.number().min(0).default(1e-6),
    }),
    item: z.union([progress, z.object({ log: z.string() })]),
    output: reproduceReport,
  }),
} as const;

export type Omission = z.infer<typeof omission>;

/**
 * Vocabulary shared by every operation.
 *
 * Times are milliseconds since the Unix epoch, durations milliseconds, sizes bytes.
 * Paths are relative to the workspace root with `/` separators unless a name says `absolute`.
 */
import { z } from 'zod';

/** Opaque stable id: 32 lower-case hex digits, the shape MLflow uses. */
export const id = z.string().regex(/^[0-9a-f]{32}$/);

/** MLflow's run statuses. */
export const runStatus = z.enum(['SCHEDULED', 'RUNNING', 'FINISHED', 'FAILED', 'KILLED']);
export type RunStatus = z.infer<typeof runStatus>;

/** What started a run. */
export const runKind = z.enum([
  'command',
  'pipeline',
  'stage',
  'notebook',
  'logged',
  'imported',
  'reproduction',
]);
export type RunKind = z.infer<typeof runKind>;

/** A param as it was written: numbers keep their lexical form (`1e-05`, `1.0`). */
export const paramValue = z.string();

/** Work that takes more than a moment reports itself in this shape. `total` 0 means unknown. */
export const progress = z.object({
  phase: z.string(),
  done: z.number(),
  total: z.number(),
  unit: z.enum(['items', 'bytes', 'percent']).default('items'),
});
export type Progress = z.infer<typeof progress>;

/**
 * One side of a comparison, in words: `02.7` or `#02.7` (a run's number), a run id or a unique
 * prefix of it, `workspace`, or a Git revision (branch, tag, abbreviated commit, `HEAD~2`).
 */
export const reference = z.string().min(1);

/** Kinds of change between two sides. */
export const changeKind = z.enum(['added', 'removed', 'modified', 'renamed', 'same']);
export type ChangeKind = z.infer<typeof changeKind>;

/** A file or directory tracked by content. `hash` is DVC's MD5 (`….dir` for a directory). */
export const trackedFile = z.object({
  path: z.string(),
  hash: z.string().nullable(),
  size: z.number().nullable(),
  files: z.number().nullable(),
});
export type TrackedFile = z.infer<typeof trackedFile>;

export const empty = z.object({});

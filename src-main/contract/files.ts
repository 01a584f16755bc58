/** Files of a run, looked at: what they are, their bytes, and what is in them. Nothing is executed. */
import { z } from 'zod';
import { id, reference } from './common.ts';
import { largestPiece } from './largest-piece.ts';
import { notebookCell } from './notebooks.ts';
import { operation } from './operation.ts';

const path = z.string().min(1).max(4096);

export const fileSource = z.discriminatedUnion('kind', [
  /** A file that a run logged, or that another tool keeps for it. */
  z.object({ kind: z.literal('artifact'), run: id, path }),
  /** An input or output as a run recorded it; a file of a commit or the workspace. */
  z.object({ kind: z.literal('tracked'), reference, path }),
]);
export type FileSource = z.infer<typeof fileSource>;

/** How a file can be shown. `figure`: Plotly's JSON. `other` has nothing but its size. */
export const fileKind = z.enum([
  'image',
  'audio',
  'video',
  'pdf',
  'table',
  'notebook',
  'markdown',
  'html',
  'figure',
  'settings',
  'model',
  'text',
  'other',
]);
export type FileKind = z.infer<typeof fileKind>;

export const tensorRow = z.object({
  name: z.string(),
  dtype: z.string(),
  shape: z.array(z.number()),
  elements: z.number(),
  bytes: z.number(),
});
export type TensorRow = z.infer<typeof tensorRow>;

export const fileOperations = {
  'files.describe': operation({
    effect: 'read',
    input: z.object({ source: fileSource }),
    output: z.object({
      size: z.number(),
      /** Every way to show it, the best first. */
      kinds: z.array(fileKind),
      mime: z.string(),
      /** Absolute path; null for what Git keeps packed. */
      location: z.string().nullable(),
    }),
  }),
  'files.bytes': operation({
    effect: 'read',
    input: z.object({
      source: fileSource,
      offset: z.number().int().min(0).default(0),
      length: z.number().int().min(0).max(largestPiece).default(largestPiece),
    }),
    /** `size` is that of the whole file. */
    output: z.object({ bytes: z.instanceof(Uint8Array), size: z.number() }),
  }),
  /** The first rows of a table, in pieces. */
  'files.table': operation({
    effect: 'read',
    input: z.object({
      source: fileSource,
      limit: z.number().int().min(1).max(100_000).default(20_000),
    }),
    item: z.object({ rows: z.array(z.array(z.string().nullable())) }),
    output: z.object({
      columns: z.array(z.object({ name: z.string(), type: z.string().nullable() })),
      /** How many columns there are beyond those. */
      moreColumns: z.number(),
      /** Whether there are more rows. */
      cut: z.boolean(),
      /** What the reader made of the file, in sentences. */
      notes: z.array(z.string()),
    }),
  }),
  'files.notebook': operation({
    effect: 'read',
    input: z.object({ source: fileSource }),
    output: z.object({
      language: z.string().nullable(),
      cells: z.array(notebookCell),
      totalCells: z.number(),
    }),
  }),
  /** JSON, YAML or TOML as JSON; whole numbers beyond 2^53 are texts. */
  'files.settings': operation({
    effect: 'read',
    input: z.object({ source: fileSource }),
    output: z.object({ json: z.string() }),
  }),
  /** The tensors of a model file, by its header. */
  'files.tensors': operation({
    effect: 'read',
    input: z.object({ source: fileSource }),
    output: z.object({
      format: z.string(),
      badge: z.enum(['data', 'code-capable', 'unknown-globals', 'dangerous', 'ambiguous']),
      findings: z.array(z.string()),
      notes: z.array(z.string()),
      metadata: z.record(z.string(), z.string()),
      tensors: z.array(tensorRow),
      /** How many there are beyond those. */
      moreTensors: z.number(),
    }),
  }),
  /** The files of a directory that a run recorded, by its list; null when that is not here. */
  'files.folder': operation({
    effect: 'read',
    input: z.object({
      run: id,
      path,
      limit: z.number().int().min(1).max(50_000).default(10_000),
    }),
    output: z.object({
      files: z.array(z.object({ path: z.string(), size: z.number().nullable() })).nullable(),
      cut: z.boolean(),
    }),
  }),
} as const;

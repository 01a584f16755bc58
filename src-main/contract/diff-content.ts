/** What two files have in them and how it differs: notebooks, tables, settings, images, texts. */
import { z } from 'zod';
import { progress, reference } from './common.ts';
import { operation } from './operation.ts';

/** A file of a run, a commit or the workspace; one on this machine's disk; or one inside a bundle. */
export const contentSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tracked'), reference, path: z.string() }),
  z.object({ kind: z.literal('file'), path: z.string() }),
  z.object({ kind: z.literal('bundle'), bundle: z.string(), path: z.string() }),
]);
export type ContentSource = z.infer<typeof contentSource>;

/** How two files can be compared. `other` has nothing but sizes and whether they are the same. */
export const contentKind = z.enum([
  'notebook',
  'table',
  'settings',
  'image',
  'text',
  'model',
  'other',
]);
export type ContentKind = z.infer<typeof contentKind>;

/** Kinds of change of a part that may also have another place now. */
const partChange = z.enum(['added', 'removed', 'modified', 'same']);

/** One key or list item that differs. `path` is as one would write it: `train.layers[2].units`. */
export const settingsChange = z.object({
  path: z.string(),
  change: z.enum(['added', 'removed', 'modified', 'moved']),
  left: z.string().nullable(),
  right: z.string().nullable(),
  /** Where it was before, when that is another place of its list. */
  from: z.string().nullable(),
});
export type SettingsChange = z.infer<typeof settingsChange>;

const settingsBody = z.object({
  kind: z.literal('settings'),
  changes: z.array(settingsChange),
  /** Of all, when there are more than are listed. */
  total: z.number(),
});

/** One output of a notebook cell, as what is best shown of it. */
export const cellOutput = z.object({
  /** Its place among the outputs of its cell, from 0. */
  at: z.number(),
  kind: z.enum(['text', 'table', 'image', 'error', 'html', 'data']),
  mime: z.string(),
  bytes: z.number(),
  /** Null where nothing changed, and for images, which are asked for one by one. */
  text: z.string().nullable(),
  /** Whether the text or the rows end before the output does. */
  cut: z.boolean(),
  /** Cells of a table, the head first. */
  rows: z.array(z.array(z.string())).nullable(),
});
export type CellOutput = z.infer<typeof cellOutput>;

const cellSide = z.object({
  /** Position in its notebook, from 0. */
  index: z.number(),
  type: z.enum(['code', 'markdown', 'raw']),
  source: z.string(),
  cut: z.boolean(),
});

/** A cell against its counterpart. Execution counts are not compared. */
export const cellChange = z.object({
  change: partChange,
  /** Whether its order among the others changed. */
  moved: z.boolean(),
  left: cellSide.nullable(),
  right: cellSide.nullable(),
  sourceChanged: z.boolean(),
  outputs: z.array(
    z.object({ change: partChange, left: cellOutput.nullable(), right: cellOutput.nullable() }),
  ),
  metadata: z.array(settingsChange),
});
export type CellChange = z.infer<typeof cellChange>;

const notebookBody = z.object({
  kind: z.literal('notebook'),
  language: z.string().nullable(),
  cells: z.array(cellChange),
  metadata: z.array(settingsChange),
  totals: z.object({
    added: z.number(),
    removed: z.number(),
    modified: z.number(),
    moved: z.number(),
    same: z.number(),
  }),
});
export type NotebookBody = z.infer<typeof notebookBody>;

const textBody = z.object({
  kind: z.literal('text'),
  left: z.string().nullable(),
  right: z.string().nullable(),
});

/** The bytes of images are asked for by `diff.bytes`; width and height in pixels, null if unknown. */
const imageSide = z.object({
  mime: z.string(),
  width: z.number().nullable(),
  height: z.number().nullable(),
});
const imageBody = z.object({
  kind: z.literal('image'),
  left: imageSide.nullable(),
  right: imageSide.nullable(),
});

const otherBody = z.object({ kind: z.literal('other') });
/** Tables are read by `diff.table`, which takes their key. */
const tableBody = z.object({ kind: z.literal('table') });
const modelBody = z.object({ kind: z.literal('model') });

export const contentBody = z.discriminatedUnion('kind', [
  notebookBody,
  settingsBody,
  textBody,
  imageBody,
  tableBody,
  modelBody,
  otherBody,
]);
export type ContentBody = z.infer<typeof contentBody>;

/** One side as a file; null sizes for a file that the side does not have. */
export const contentSide = z.object({
  title: z.string(),
  path: z.string(),
  sizeBytes: z.number().nullable(),
});

export const contentDiff = z.object({
  left: contentSide,
  right: contentSide,
  identical: z.boolean(),
  /** Every way in which the two can be compared, the best first. */
  kinds: z.array(contentKind),
  /** What was left out or could not be read, in sentences. */
  notes: z.array(z.string()),
  body: contentBody,
});
export type ContentDiff = z.infer<typeof contentDiff>;

/** A file that one side of a comparison has. */
const sideFile = z.object({
  path: z.string(),
  /** Code that Git keeps, data and outputs with their hash, or what a run logged. */
  from: z.enum(['code', 'data', 'artifact']),
  sizeBytes: z.number().nullable(),
});

export const diffContentOperations = {
  /** Compares two files by what is in them. Nothing is executed. */
  'diff.content': operation({
    effect: 'read',
    input: z.object({
      left: contentSource,
      right: contentSource,
      /** Null for the best way there is. */
      as: contentKind.nullable().default(null),
    }),
    item: progress,
    output: contentDiff,
  }),
  /** An image: the file itself, or one output of a notebook's cell. */
  'diff.bytes': operation({
    effect: 'read',
    input: z.object({
      source: contentSource,
      output: z.object({ cell: z.number().int(), at: z.number().int() }).nullable().default(null),
    }),
    output: z.object({ mime: z.string(), bytes: z.instanceof(Uint8Array) }),
  }),
  /** The files of one side, to pick from. Of a bundle, what it holds. */
  'diff.files': operation({
    effect: 'read',
    input: z.object({
      side: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('tracked'), reference }),
        z.object({ kind: z.literal('bundle'), bundle: z.string() }),
      ]),
      limit: z.number().int().default(20_000),
    }),
    output: z.object({ files: z.array(sideFile), cut: z.boolean() }),
  }),
} as const;

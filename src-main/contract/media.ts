/** What runs logged to look at over steps: pictures, sounds, texts, distributions. */
import { z } from 'zod';
import { id } from './common.ts';
import { operation } from './operation.ts';

const mediaKind = z.enum([
  'image',
  'audio',
  'video',
  'histogram',
  'text',
  'table',
  'tensor',
  'figure',
]);

export const mediaSeries = z.object({
  runId: id,
  key: z.string(),
  kind: mediaKind,
  /** Rising. */
  steps: z.array(z.number()),
});
export type MediaSeries = z.infer<typeof mediaSeries>;

/** One entry of a step; a step may have several. */
export const mediaItem = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(['image', 'audio', 'video']),
    mime: z.string(),
    bytes: z.instanceof(Uint8Array),
  }),
  z.object({ kind: z.literal('text'), text: z.string(), cut: z.boolean() }),
  /** `edges` has one more than `counts`. */
  z.object({
    kind: z.literal('histogram'),
    edges: z.instanceof(Float64Array),
    counts: z.instanceof(Float64Array),
  }),
  z.object({
    kind: z.literal('table'),
    columns: z.array(z.string()),
    rows: z.array(z.array(z.string())),
    cut: z.boolean(),
  }),
  /** Plotly's JSON. */
  z.object({ kind: z.literal('figure'), text: z.string() }),
  /** Nothing shows it. */
  z.object({ kind: z.literal('other'), bytes: z.number() }),
]);
export type MediaItem = z.infer<typeof mediaItem>;

export const mediaOperations = {
  'media.list': operation({
    effect: 'read',
    input: z.object({ ids: z.array(id).max(50) }),
    output: z.object({ series: z.array(mediaSeries), cut: z.boolean() }),
  }),
  'media.read': operation({
    effect: 'read',
    input: z.object({ id, key: z.string(), step: z.number() }),
    output: z.object({ items: z.array(mediaItem) }),
  }),
  /** How values lay over the steps of each run: of very many steps some, evenly, with the last. */
  'media.histograms': operation({
    effect: 'read',
    input: z.object({
      ids: z.array(id).max(20),
      key: z.string(),
      maxSteps: z.number().int().min(2).max(500).default(40),
    }),
    output: z.object({
      series: z.array(
        z.object({
          runId: id,
          /** Steps that were logged. */
          total: z.number(),
          /** Rising; `edges` has one more than `counts`. */
          histograms: z.array(
            z.object({
              step: z.number(),
              edges: z.instanceof(Float64Array),
              counts: z.instanceof(Float64Array),
            }),
          ),
        }),
      ),
    }),
  }),
} as const;

/** How the layers of one model moved over the checkpoints of its training. */
import { z } from 'zod';
import { reference } from './common.ts';
import { operation } from './operation.ts';

/** More columns than this are no film strip any more. */
export const maxCheckpoints = 64;

export const seriesSource = z.discriminatedUnion('kind', [
  /** A folder with model files, or with a folder for each. */
  z.object({ kind: z.literal('folder'), path: z.string() }),
  /** What a run wrote or logged. */
  z.object({ kind: z.literal('run'), reference }),
]);

export const modelSeriesOperations = {
  /** The checkpoints come first, then each as it was compared with the first and the one before. */
  'diff.series': operation({
    effect: 'read',
    input: z.object({ source: seriesSource }),
    item: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('checkpoints'),
        /** In the order of training. */
        checkpoints: z.array(z.object({ label: z.string(), path: z.string() })),
        /** Where they were found, for the user to read. */
        place: z.string(),
        /** How many more there are than are compared. */
        leftOut: z.number(),
        /** Comparisons that there will be. */
        total: z.number(),
      }),
      z.object({
        kind: z.literal('compared'),
        /** The checkpoint, counted from 0; and what it was compared with. The second is both. */
        at: z.number(),
        against: z.array(z.enum(['first', 'previous'])),
        /** Layers, or blocks where there are many, in the order of the model; ‖Δ‖₂ / ‖before‖₂. */
        parts: z.array(z.object({ name: z.string(), change: z.number().nullable() })),
        /** Of the whole model. */
        relativeL2: z.number().nullable(),
        /** Why it could not be compared, in a sentence; the rest of the series goes on. */
        problem: z.string().nullable(),
        done: z.number(),
      }),
    ]),
    output: z.object({ checkpoints: z.number(), problems: z.number(), durationMs: z.number() }),
  }),
} as const;

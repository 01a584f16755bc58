/** What the folder's records take on the disk. */
import { z } from 'zod';
import { id, progress } from './common.ts';
import { operation } from './operation.ts';

export const diskOperations = {
  /** Walks Cairn's store and the cache of contents; what others keep in the folder is not touched. */
  'disk.usage': operation({
    effect: 'read',
    input: z.object({}),
    item: progress,
    output: z.object({
      places: z.array(
        z.object({
          what: z.enum([
            'index',
            'logs',
            'artifacts',
            'notes',
            'kept',
            'snapshots',
            'cache',
            'rest',
          ]),
          /** Absolute. */
          path: z.string(),
          bytes: z.number(),
          files: z.number(),
        }),
      ),
      /** Pictures that no note has, now or before; those of the last day are let be. */
      unusedPictures: z.object({ files: z.number(), bytes: z.number() }),
      /** The runs whose logs and artifacts take the most, the largest first. */
      runs: z.array(z.object({ id, label: z.string(), name: z.string(), bytes: z.number() })),
    }),
  }),
  /** Deletes pictures that no note has, now or before. They do not come back. */
  'disk.removePictures': operation({
    effect: 'write',
    input: z.object({}),
    output: z.object({ files: z.number(), bytes: z.number() }),
  }),
} as const;

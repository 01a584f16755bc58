/**
 * Files that a page in a browser hands over: a browser gives what is in a file, not where it is. They
 * are kept in the user's cache folder for a day, so that a bundle or a model can be looked into.
 */
import { z } from 'zod';
import { operation } from './operation.ts';
import { largestUpload } from './upload-limits.ts';

export const uploadOperations = {
  /** Makes room for a file; `path` is where it will be, absolute. */
  'uploads.begin': operation({
    effect: 'write',
    input: z.object({
      name: z.string().min(1).max(1024),
      size: z.number().int().min(0).max(largestUpload),
    }),
    output: z.object({ id: z.string(), path: z.string() }),
  }),
  /** Adds a piece, in order. */
  'uploads.append': operation({
    effect: 'write',
    input: z.object({
      id: z.string().regex(/^[0-9a-f]{32}$/),
      offset: z.number().int().min(0),
      bytes: z.instanceof(Uint8Array),
    }),
    output: z.object({ size: z.number() }),
  }),
  /** Throws away a file that is not wanted after all. */
  'uploads.discard': operation({
    effect: 'write',
    input: z.object({ id: z.string().regex(/^[0-9a-f]{32}$/) }),
    output: z.object({}),
  }),
} as const;

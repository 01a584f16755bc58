/** Notes: free ones in the timeline, what notes have said, their pictures and the files they name. */
import { z } from 'zod';
import { empty, id } from './common.ts';
import { operation } from './operation.ts';

const body = z.string().max(1_000_000);

/** An editor, from opening to closing. What it saves while somebody writes on is kept as one text. */
const session = z.string().max(64).nullable().default(null);

/** A picture of a note by its content: SHA-256 and type. A note refers to it as `image:NAME`. */
const imageName = z.string().regex(/^[0-9a-f]{64}\.(png|jpg|gif|webp)$/);

export const noteOperations = {
  'notes.create': operation({
    effect: 'write',
    input: z.object({ body, at: z.number().nullable().default(null), session }),
    output: z.object({ id }),
  }),
  'notes.update': operation({
    effect: 'write',
    input: z.object({ id, body, session }),
    output: empty,
  }),
  'notes.delete': operation({ effect: 'write', input: z.object({ id }), output: empty }),
  'notes.restore': operation({ effect: 'write', input: z.object({ id }), output: empty }),
  /** What a note has said, the present text first. `id` is a note's, or a run's for its note. */
  'notes.history': operation({
    effect: 'read',
    input: z.object({ id }),
    output: z.object({
      versions: z.array(
        z.object({
          version: z.number(),
          at: z.number(),
          characters: z.number(),
          /** How it begins. */
          start: z.string(),
        }),
      ),
    }),
  }),
  'notes.version': operation({
    effect: 'read',
    input: z.object({ version: z.number().int() }),
    output: z.object({ at: z.number(), body: z.string() }),
  }),
  /** Keeps a PNG, JPEG, GIF or WebP picture; the same picture twice is kept once. */
  'notes.addImage': operation({
    effect: 'write',
    input: z.object({ bytes: z.instanceof(Uint8Array) }),
    output: z.object({ name: imageName }),
  }),
  'notes.image': operation({
    effect: 'read',
    input: z.object({ name: imageName }),
    output: z.object({ type: z.string(), bytes: z.instanceof(Uint8Array) }),
  }),
  /** What paths that a note names are: nothing is read but what the file system says of them. */
  'notes.files': operation({
    effect: 'read',
    input: z.object({ paths: z.array(z.string().min(1).max(4096)).max(200) }),
    output: z.object({
      files: z.array(
        z.object({
          path: z.string(),
          /** `missing` also for what lies outside of the folder. */
          kind: z.enum(['file', 'folder', 'missing']),
          size: z.number().nullable(),
          modifiedAt: z.number().nullable(),
        }),
      ),
    }),
  }),
} as const;

/** The models that runs logged and what was registered of them. */
import { z } from 'zod';
import { id } from './common.ts';
import { operation } from './operation.ts';

const madeBy = z.object({ id, label: z.string(), name: z.string() }).nullable();

export const modelVersion = z.object({
  version: z.number(),
  /** `None` where there is none. */
  stage: z.string(),
  aliases: z.array(z.string()),
  createdAt: z.number(),
  run: madeBy,
  /** `models:/name/2`, by which its files are opened. */
  uri: z.string(),
  /** Whether its files are on this machine. */
  here: z.boolean(),
});

export const registeredModel = z.object({
  name: z.string(),
  description: z.string(),
  /** What the source is called that it was read from; absent for what was registered here. */
  from: z.string().optional(),
  /** Newest first. */
  versions: z.array(modelVersion),
});
export type RegisteredModel = z.infer<typeof registeredModel>;

export const unregisteredModel = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.number(),
  run: madeBy,
  uri: z.string(),
  here: z.boolean(),
});
export type UnregisteredModel = z.infer<typeof unregisteredModel>;

export const registeredModelOperations = {
  /** Registered models by name, and what runs logged and nobody registered, newest first. */
  'models.registered': operation({
    effect: 'read',
    input: z.object({ limit: z.number().int().min(1).max(1000).default(200) }),
    output: z.object({
      registered: z.array(registeredModel),
      logged: z.array(unregisteredModel),
      /** Versions and logged models that were left out, the oldest. */
      leftOut: z.number(),
    }),
  }),
} as const;

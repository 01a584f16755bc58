/**
 * What several models made of one base: the difference of each from it, a task vector (Ilharco and
 * others, 2023), and how these lie to each other.
 */
import { z } from 'zod';
import { progress } from './common.ts';
import { modelSide, modelSource } from './diff.ts';
import { operation } from './operation.ts';

/** The most models that are put beside each other. */
export const maxTaskModels = 8;

const taskModel = z.object({
  /** ‖Δ‖₂, where Δ is model − base. */
  norm: z.number().nullable(),
  /** ‖Δ‖₂ / ‖base‖₂ */
  relative: z.number().nullable(),
  /** Share of the values that moved, 0…1. */
  movedShare: z.number(),
});

const taskPair = z.object({
  /** Of the angle between the two Δ, −1…1; null when either is nothing. */
  cosine: z.number().nullable(),
  /** Share of the values that both moved, 0…1. */
  bothShare: z.number(),
  /** Of these, the share that they moved in opposite ways; null when there are none. */
  conflictShare: z.number().nullable(),
});
export type TaskPair = z.infer<typeof taskPair>;

/** Pairs are the first model with the second, the first with the third … the second with the third. */
const task = z.object({
  /** ‖base‖₂; null as long as nothing was measured. */
  base: z.number().nullable(),
  /** By model; null where one has nothing to compare. */
  models: z.array(taskModel.nullable()),
  pairs: z.array(taskPair.nullable()),
  /** ‖ΣΔ‖₂ over the models: what adding all of them to the base would change. */
  sum: z.number().nullable(),
});

const taskTensor = task.extend({
  /** Its name in the base. */
  name: z.string(),
  dtype: z.string(),
  shape: z.array(z.number()),
  elements: z.number(),
  /** Its name in every model, where that is another; null where it is the same, or not there. */
  names: z.array(z.string().nullable()),
  /** Values that are not finite somewhere, and were left out. */
  nonFinite: z.number(),
  /** Why something could not be measured, in a sentence. */
  note: z.string().nullable(),
});
export type TaskTensor = z.infer<typeof taskTensor>;

const input = z.object({
  base: modelSource,
  models: z.array(modelSource).min(2).max(maxTaskModels),
});

export const taskVectorOperations = {
  /** Tensors stream in, those of the base by name first; the end carries the totals. */
  'diff.taskVectors': operation({
    effect: 'read',
    input,
    item: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('opened'),
        base: modelSide,
        models: z.array(modelSide),
        tensors: z.array(taskTensor),
      }),
      z.object({ kind: z.literal('tensors'), tensors: z.array(taskTensor), progress }),
    ]),
    output: z.object({
      /** Over the tensors that every model has; null when there are none. */
      total: task.nullable(),
      /** How many these are. */
      measured: z.number(),
      /** Tensors that only some models have, or that cannot be compared. */
      partial: z.number(),
      /** By model: how many tensors it has that the base has not. */
      added: z.array(z.number()),
      bytesRead: z.number(),
      durationMs: z.number(),
    }),
  }),
  /** The same as a text to keep. */
  'diff.taskVectorReport': operation({
    effect: 'read',
    input: input.extend({ format: z.enum(['json', 'csv', 'html']) }),
    item: progress,
    output: z.object({ name: z.string(), mime: z.string(), text: z.string() }),
  }),
} as const;

/** Experiments and the numbers over runs: order, move, merge, undo. Ids never change. */
import { z } from 'zod';
import { empty, id } from './common.ts';
import { operation } from './operation.ts';

export const experimentRow = z.object({
  id,
  number: z.number(),
  /** `02` */
  label: z.string(),
  name: z.string(),
  note: z.string(),
  createdAt: z.number(),
  runs: z.number(),
  running: z.number(),
  lastRunAt: z.number().nullable(),
});
export type ExperimentRow = z.infer<typeof experimentRow>;

/** What undo and redo would do next, in words, or null. */
export const undoState = z.object({ undo: z.string().nullable(), redo: z.string().nullable() });
export type UndoState = z.infer<typeof undoState>;

export const experimentOperations = {
  'experiments.list': operation({
    effect: 'read',
    input: empty,
    output: z.object({ experiments: z.array(experimentRow) }),
  }),
  'experiments.create': operation({
    effect: 'write',
    input: z.object({ name: z.string().min(1).max(500) }),
    output: experimentRow,
  }),
  'experiments.update': operation({
    effect: 'write',
    input: z.object({
      id,
      name: z.string().min(1).max(500).optional(),
      note: z.string().optional(),
    }),
    output: empty,
  }),
  /** Gives the experiments the numbers 1… in this order; those left out keep their order behind. */
  'experiments.reorder': operation({
    effect: 'write',
    input: z.object({ ids: z.array(id) }),
    output: undoState,
  }),
  /** Moves all runs of `from` behind those of `into` and removes the empty experiment. */
  'experiments.merge': operation({
    effect: 'write',
    input: z.object({ from: id, into: id }),
    output: undoState,
  }),
  /** Gives the runs of one experiment the numbers 1… in this order. */
  'experiments.reorderRuns': operation({
    effect: 'write',
    input: z.object({ experimentId: id, ids: z.array(id) }),
    output: undoState,
  }),
  /** Moves runs to the end of another experiment. */
  'experiments.moveRuns': operation({
    effect: 'write',
    input: z.object({ runIds: z.array(id).min(1), experimentId: id }),
    output: undoState,
  }),
  'experiments.undoState': operation({ effect: 'read', input: empty, output: undoState }),
  'experiments.undo': operation({ effect: 'write', input: empty, output: undoState }),
  'experiments.redo': operation({ effect: 'write', input: empty, output: undoState }),
} as const;

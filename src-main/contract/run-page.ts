/** What the page of one run shows beside the run itself: how busy the machine was. */
import { z } from 'zod';
import { id } from './common.ts';
import { operation } from './operation.ts';

/**
 * What is measured. Processors in cores, memory and disks in bytes, rates in bytes a second, cards in
 * percent, bytes and watts; `other` is a metric of another tool's whose unit is in its name.
 */
const systemQuantity = z.enum([
  'cpu',
  'cpu-percent',
  'memory',
  'disk-read',
  'disk-write',
  'disk-free',
  'net-in',
  'net-out',
  'gpu',
  'gpu-memory',
  'gpu-power',
  'other',
]);
export type SystemQuantity = z.infer<typeof systemQuantity>;

const systemSeries = z.object({
  quantity: systemQuantity,
  /** Of the run's own processes, or of everything on the machine. */
  of: z.enum(['run', 'machine']),
  /** Number of the card, or the name of an `other` metric; empty elsewhere. */
  device: z.string(),
  /** What there is of it, such as the memory of the machine; null where that is not known. */
  capacity: z.number().nullable(),
  /** Epoch ms. */
  times: z.instanceof(Float64Array),
  values: z.instanceof(Float64Array),
});
export type SystemSeries = z.infer<typeof systemSeries>;

export const runPageOperations = {
  /** How busy the machine was while a run went: by Cairn's runner, or as another tool logged it. */
  'runs.system': operation({
    effect: 'read',
    input: z.object({ id, maxPoints: z.number().int().min(10).max(100_000).default(800) }),
    output: z.object({ series: z.array(systemSeries) }),
  }),
} as const;
export type RunPageOperation = keyof typeof runPageOperations;

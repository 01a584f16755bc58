/** What the page of one run shows beside the run itself: the load of the machine, lineage, a shell. */
import { z } from 'zod';
import { id, progress, runStatus } from './common.ts';
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

const lineageNode = z.object({
  key: z.string(),
  kind: z.enum(['run', 'file', 'dataset', 'model', 'version', 'bundle']),
  /** 0 is the run that was asked for; things and runs take turns to both sides. */
  column: z.number(),
  /** The name of a run, dataset or model; a path. */
  name: z.string(),
  /** Further paths of the same content. */
  also: z.array(z.string()),
  /** Digest, version, id of a model; empty for others. */
  detail: z.string(),
  size: z.number().nullable(),
  /** The run itself, or one through which the thing can be looked at. */
  runId: id.nullable(),
  /** Of a run. */
  run: z
    .object({ label: z.string(), status: runStatus, startedAt: z.number().nullable() })
    .nullable(),
});
export type LineageNode = z.infer<typeof lineageNode>;

const lineageGraph = z.object({
  nodes: z.array(lineageNode),
  edges: z.array(z.object({ from: z.string(), to: z.string() })),
  /** Whether the runs in the first and the last column have more beyond them. */
  more: z.object({ up: z.boolean(), down: z.boolean() }),
  /** How many did not fit into a column. */
  hidden: z.array(z.object({ column: z.number(), count: z.number() })),
});
export type LineageGraph = z.infer<typeof lineageGraph>;

const numbers = z.instanceof(Float64Array);

/** A drawing that a run's files are meant for, with what each run has for it. */
const runPlot = z.object({
  /** What runs have in common: the path of the file, or the id in dvc.yaml. */
  key: z.string(),
  title: z.string(),
  shape: z.enum(['line', 'points', 'bar', 'confusion']),
  /** Whether a smoothed line is what it is about. */
  smooth: z.boolean(),
  /** Whether the line from corner to corner is what chance would give. */
  chance: z.boolean(),
  /** Whether shares of each row are meant rather than counts. */
  normalised: z.boolean(),
  xTitle: z.string(),
  yTitle: z.string(),
  /** Lines and points; `name` tells several of one run apart. */
  series: z.array(z.object({ runId: id, name: z.string(), x: numbers, y: numbers })),
  bars: z.array(
    z.object({ runId: id, name: z.string(), labels: z.array(z.string()), values: numbers }),
  ),
  matrices: z.array(
    z.object({
      runId: id,
      /** From the top, and from the left. */
      rows: z.array(z.string()),
      columns: z.array(z.string()),
      values: z.array(z.array(z.number())),
    }),
  ),
});
export type RunPlot = z.infer<typeof runPlot>;

export const runPageOperations = {
  /** Confusion matrices, ROC and other curves that runs logged as data, and what dvc.yaml has of plots. */
  'runs.plots': operation({
    effect: 'read',
    input: z.object({ ids: z.array(id).min(1).max(24) }),
    output: z.object({
      plots: z.array(runPlot),
      /** What was meant to be drawn and could not be, in a sentence. */
      problems: z.array(z.object({ runId: id, path: z.string(), problem: z.string() })),
    }),
  }),
  /**
   * When the bytes of a log from `from` to before `to` were written: it had `ends` bytes at `times`
   * (epoch ms; NaN where nobody looked). Nothing for logs of before times were kept.
   */
  'runs.logTimes': operation({
    effect: 'read',
    input: z.object({
      id,
      stage: z.string().default(''),
      from: z.number().min(0),
      to: z.number().min(0),
    }),
    output: z.object({ ends: numbers, times: numbers }),
  }),
  /** What went into a run and which runs made it; what came out and which runs used it. */
  'runs.lineage': operation({
    effect: 'read',
    input: z.object({
      id,
      /** How many runs far. */
      up: z.number().int().min(1).max(20).default(1),
      down: z.number().int().min(1).max(20).default(1),
    }),
    output: lineageGraph,
  }),
  /** How busy the machine was while a run went: by Cairn's runner, or as another tool logged it. */
  'runs.system': operation({
    effect: 'read',
    input: z.object({ id, maxPoints: z.number().int().min(10).max(100_000).default(800) }),
    output: z.object({ series: z.array(systemSeries) }),
  }),
  /**
   * Opens a terminal of the system in the folder of a run (null: of the workspace), or in a new one
   * with its code. It runs nothing; in a folder that is not trusted the user is asked first.
   */
  'runs.openShell': operation({
    effect: 'execute',
    input: z.object({
      id: id.nullable(),
      code: z.boolean().default(false),
      /** The user was asked, and wants it although the folder is not trusted. */
      anyway: z.boolean().default(false),
    }),
    item: progress,
    output: z.object({ folder: z.string() }),
  }),
  /** Writes the code of a run into a folder: absolute, new or empty; a temporary one when null. */
  'runs.checkOut': operation({
    effect: 'write',
    input: z.object({ id, into: z.string().max(4096).nullable().default(null) }),
    item: progress,
    output: z.object({
      folder: z.string(),
      files: z.number(),
      /** Names that no folder may hold, links that lead out of it. */
      left: z.array(z.string()),
    }),
  }),
} as const;
export type RunPageOperation = keyof typeof runPageOperations;

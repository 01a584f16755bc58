/** Comparing two sides: runs, commits, the workspace, or two model files. */
import { z } from 'zod';
import { changeKind, id, progress, reference, trackedFile } from './common.ts';
import { operation } from './operation.ts';

/** One side, resolved. */
export const side = z.object({
  reference: z.string(),
  /** A group is several runs compared as one, such as repetitions with other seeds. */
  kind: z.enum(['run', 'group', 'commit', 'workspace', 'bundle']),
  /** `02.7 wider-net`, `a1b2c3d subject`, `workspace`, `02.7-wider-net.zip` */
  title: z.string(),
  /** Of a group, its newest run. */
  runId: id.nullable(),
  commit: z.string().nullable(),
  /** Of a run of another tool: nobody knows what was not committed. */
  committedOnly: z.boolean().optional(),
  at: z.number().nullable(),
  /** The runs of a group. */
  runIds: z.array(id).optional(),
  /** Absolute path of a bundle. */
  bundle: z.string().optional(),
});

const spread = z.object({ n: z.number(), std: z.number().nullable() });
export type Side = z.infer<typeof side>;

const pair = { left: reference, right: reference };

export const fileChange = z.object({
  path: z.string(),
  /** The old path of a renamed file. */
  from: z.string().nullable(),
  change: changeKind,
  binary: z.boolean(),
  added: z.number(),
  removed: z.number(),
});
export type FileChange = z.infer<typeof fileChange>;

export const dataChange = z.object({
  path: z.string(),
  change: changeKind,
  left: trackedFile.nullable(),
  right: trackedFile.nullable(),
  /** `model` when both sides can be opened as tensors. */
  kind: z.enum(['file', 'directory', 'model']),
});
export type DataChange = z.infer<typeof dataChange>;

export const diffSummary = z.object({
  left: side,
  right: side,
  params: z.array(
    z.object({
      file: z.string(),
      key: z.string(),
      left: z.string().nullable(),
      right: z.string().nullable(),
      change: changeKind,
    }),
  ),
  metrics: z.array(
    z.object({
      key: z.string(),
      left: z.number().nullable(),
      right: z.number().nullable(),
      /** right − left */
      delta: z.number().nullable(),
      better: z.boolean().nullable(),
      /**
       * Where a side is a group: runs and their standard deviation, and the two-sided p-value of
       * Welch's t-test when both sides have two or more.
       */
      spread: z
        .object({ left: spread, right: spread, p: z.number().nullable() })
        .nullable()
        .optional(),
    }),
  ),
  code: z.array(fileChange),
  data: z.array(dataChange),
  environment: z.array(
    z.object({
      section: z.enum(['package', 'system', 'variable', 'lockfile']),
      key: z.string(),
      left: z.string().nullable(),
      right: z.string().nullable(),
      change: changeKind,
      /** Of packages and of Python: whether the version is a newer one, after PEP 440. */
      direction: z.enum(['up', 'down']).nullable().optional(),
    }),
  ),
});
export type DiffSummary = z.infer<typeof diffSummary>;

/** One tensor against its counterpart. Numbers are over the elements that are finite on both sides. */
export const tensorChange = z.object({
  name: z.string(),
  /** Its name on the left, when it was matched under another. */
  from: z.string().nullable(),
  change: changeKind,
  left: z.object({ dtype: z.string(), shape: z.array(z.number()) }).nullable(),
  right: z.object({ dtype: z.string(), shape: z.array(z.number()) }).nullable(),
  elements: z.number(),
  /** ‖right − left‖₂ / ‖left‖₂; null when shapes differ. */
  relativeL2: z.number().nullable(),
  /** Cosine of the angle between the two, −1…1. */
  cosine: z.number().nullable(),
  maxAbs: z.number().nullable(),
  meanAbs: z.number().nullable(),
  /** Share of elements whose bits differ, 0…1; null until (or unless) the pair was measured. */
  changedShare: z.number().nullable(),
  signFlips: z.number().nullable(),
  nonFinite: z.object({ left: z.number(), right: z.number() }).nullable(),
  stats: z
    .object({
      left: z.object({ mean: z.number(), std: z.number(), min: z.number(), max: z.number() }),
      right: z.object({ mean: z.number(), std: z.number(), min: z.number(), max: z.number() }),
    })
    .nullable(),
  /** Why the tensor could not be measured against its counterpart, in a sentence. */
  note: z.string().nullable(),
  /** The order of the left's axes in which it was compared; null for the one it has. */
  order: z.array(z.number()).nullable().optional(),
});
export type TensorChange = z.infer<typeof tensorChange>;

const quantiles = z.array(z.object({ p: z.number(), value: z.number() }));

/** Histograms of both sides over equal bins, and of |Δ| over bins of its logarithm. */
const tensorDistribution = z.object({
  low: z.number(),
  high: z.number(),
  left: z.array(z.number()),
  right: z.array(z.number()),
  /** Bin `i` is 10^(from + i·step) ≤ |Δ| < 10^(from + (i + 1)·step). */
  delta: z.object({ from: z.number(), step: z.number(), counts: z.array(z.number()) }),
  /** Elements whose difference is zero. */
  unchanged: z.number(),
  /** Exact; of 16-bit floats only. */
  quantiles: z.object({ left: quantiles.nullable(), right: quantiles.nullable() }),
});

/** Of Δ as a matrix: its first axis by all others. */
const tensorSpectrum = z.object({
  rows: z.number(),
  columns: z.number(),
  /** Falling; the leading ones, or all when `exact`. The first is the spectral norm. */
  values: z.array(z.number()),
  exact: z.boolean(),
  frobenius: z.number(),
  /** ‖Δ‖² / σ₁²; null when nothing changed. */
  stableRank: z.number().nullable(),
  /** e to the entropy of the shares of the values; null unless `exact`. */
  effectiveRank: z.number().nullable(),
});

/** One side of a model comparison: a file of a run, commit or workspace, or a file on disk. */
export const modelSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tracked'), reference, path: z.string() }),
  z.object({ kind: z.literal('file'), path: z.string() }),
]);

export const modelSide = z.object({
  title: z.string(),
  format: z.string(),
  sizeBytes: z.number(),
  tensors: z.number(),
  parameters: z.number(),
  metadata: z.record(z.string(), z.string()),
  /** What was left out of the file and why, in sentences. */
  notes: z.array(z.string()),
  /** What loading the file in its own framework could do; see `formats/tensor-file.ts`. */
  badge: z.enum(['data', 'code-capable', 'unknown-globals', 'dangerous', 'ambiguous']),
  /** What speaks for the badge, in sentences. */
  findings: z.array(z.string()),
  /** Of trees, boosted or of scikit-learn: how many, and what they split on. */
  booster: z
    .object({
      library: z.string(),
      objective: z.string(),
      treeCount: z.number(),
      /** Over the first 10 000 trees. */
      leaves: z.number(),
      depth: z.number(),
      /** At most 10 000 columns. */
      features: z.array(
        z.object({ name: z.string(), gain: z.number().nullable(), splits: z.number() }),
      ),
    })
    .optional(),
});

export const diffOperations = {
  'diff.summary': operation({
    effect: 'read',
    input: z.object(pair),
    item: progress,
    output: diffSummary,
  }),
  /** Params, metrics and environments of several sides, a column each. */
  'diff.many': operation({
    effect: 'read',
    input: z.object({ sides: z.array(reference).min(1).max(24) }),
    output: z.object({
      sides: z.array(side),
      params: z.array(
        z.object({
          file: z.string(),
          key: z.string(),
          values: z.array(z.string().nullable()),
          same: z.boolean(),
        }),
      ),
      metrics: z.array(
        z.object({
          key: z.string(),
          values: z.array(z.number().nullable()),
          /** Of groups; null elsewhere. */
          spread: z.array(spread.nullable()),
          direction: z.enum(['higher', 'lower']).nullable(),
          same: z.boolean(),
        }),
      ),
      environment: z.array(
        z.object({
          section: z.enum(['package', 'system', 'variable', 'lockfile']),
          key: z.string(),
          values: z.array(z.string().nullable()),
          same: z.boolean(),
        }),
      ),
    }),
  }),
  /** Code and data of several sides, each against the first: one entry less than there are sides. */
  'diff.manyFiles': operation({
    effect: 'read',
    input: z.object({ sides: z.array(reference).min(2).max(24) }),
    item: progress,
    output: z.object({
      code: z.array(
        z.object({
          path: z.string(),
          /** Null where a side has the file as the first has it, or neither has one. */
          changes: z.array(fileChange.nullable()),
        }),
      ),
      data: z.array(
        z.object({
          path: z.string(),
          kind: dataChange.shape.kind,
          first: trackedFile.nullable(),
          /** Null where it cannot be told. */
          changes: z.array(
            z.object({ change: changeKind, file: trackedFile.nullable() }).nullable(),
          ),
        }),
      ),
    }),
  }),
  /** Both texts of one code file; null where it does not exist, is binary or is over 5 MB. */
  'diff.file': operation({
    effect: 'read',
    input: z.object({ ...pair, path: z.string(), from: z.string().nullable().default(null) }),
    output: z.object({
      left: z.string().nullable(),
      right: z.string().nullable(),
      note: z.string().nullable(),
    }),
  }),
  /** The files of one tracked directory that were added, removed or changed. */
  'diff.directory': operation({
    effect: 'read',
    input: z.object({ ...pair, path: z.string(), limit: z.number().int().default(10_000) }),
    output: z.object({
      added: z.number(),
      removed: z.number(),
      modified: z.number(),
      same: z.number(),
      entries: z.array(
        z.object({
          path: z.string(),
          change: changeKind,
          left: z.string().nullable(),
          right: z.string().nullable(),
        }),
      ),
      note: z.string().nullable(),
    }),
  }),
  /** A comparison of two models as a text to keep. It is made anew unless it is remembered. */
  'diff.modelReport': operation({
    effect: 'read',
    input: z.object({
      left: modelSource,
      right: modelSource,
      format: z.enum(['json', 'csv', 'html']),
    }),
    item: progress,
    output: z.object({ name: z.string(), mime: z.string(), text: z.string() }),
  }),
  /** How the values of one pair of tensors lie, or the singular values of its change. */
  'diff.tensor': operation({
    effect: 'read',
    input: z.object({
      left: modelSource,
      right: modelSource,
      /** The names of the tensor on either side. */
      names: z.object({ left: z.string(), right: z.string() }),
      /** As in `TensorChange`. */
      order: z.array(z.number().int().min(0)).max(64).nullable().default(null),
      want: z.enum(['distribution', 'spectrum']),
    }),
    output: z.object({
      distribution: tensorDistribution.nullable(),
      spectrum: tensorSpectrum.nullable(),
      /** Why there is neither, in a sentence. */
      note: z.string().nullable(),
    }),
  }),
  /** Tensors stream in, names and shapes first; the end carries the totals. Nothing is executed. */
  'diff.model': operation({
    effect: 'read',
    input: z.object({ left: modelSource, right: modelSource }),
    item: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('opened'),
        left: modelSide,
        right: modelSide,
        tensors: z.array(tensorChange),
      }),
      z.object({ kind: z.literal('tensors'), tensors: z.array(tensorChange), progress }),
    ]),
    output: z.object({
      identical: z.boolean(),
      /** Over all tensors that could be compared; null when there are none, or too few to stand for all. */
      relativeL2: z.number().nullable(),
      /** Set when most of both models has no tensor of the same shape on the other side. */
      fewComparable: z.boolean().optional(),
      changedTensors: z.number(),
      addedTensors: z.number(),
      removedTensors: z.number(),
      bytesRead: z.number(),
      durationMs: z.number(),
    }),
  }),
} as const;

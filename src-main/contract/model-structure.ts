/**
 * What model files hold beside their tensors, compared: graphs and layers, boosted trees, code. With
 * no right side, one file is described, and nothing in it differs.
 */
import { z } from 'zod';
import { changeKind } from './common.ts';
import { modelSource } from './diff.ts';
import { operation } from './operation.ts';

const input = z.object({ left: modelSource, right: modelSource.nullable().default(null) });

/** A value on both sides, as text; null where a side has none. */
const both = z.object({
  name: z.string(),
  left: z.string().nullable(),
  right: z.string().nullable(),
});

const structureNode = z.object({
  name: z.string(),
  /** Its name on the left, when it was matched under another. */
  from: z.string().nullable(),
  /** The operator or class. */
  op: z.string(),
  /** The operator on the left, when it is another. */
  fromOp: z.string().nullable(),
  /** Of a graph: what goes into it and comes out are nodes as well. */
  role: z.enum(['node', 'input', 'output']),
  /** What it stands in, outermost first. */
  scope: z.array(z.string()),
  /** `modified`: its operator, settings, tensors' types or what it takes differ. */
  change: changeKind,
  /** All of its settings, those that are the same too. */
  settings: z.array(both),
  /** Types of the tensors that the file brings along for it, by their names on the right. */
  tensors: z.array(both),
  /** What it takes from other nodes, by place, where that is not the same. */
  inputs: z.array(both),
  /** Type of its first output, as far as the file says; no change by itself. */
  type: both.nullable(),
  /** Whether it is Python code that the framework would run. */
  code: z.boolean(),
});
export type StructureNode = z.infer<typeof structureNode>;

const structureEdge = z.object({
  /** Places in the list of nodes. */
  from: z.number(),
  to: z.number(),
  change: z.enum(['same', 'added', 'removed']),
});

const structure = z.object({
  /** Operators between which values flow, or layers with their configuration. */
  kind: z.enum(['graph', 'layers']),
  /** In the order of the right side, those that are only on the left where they were. */
  nodes: z.array(structureNode),
  edges: z.array(structureEdge),
  /** How many nodes there are beyond those that were read. */
  leftOut: z.number(),
});
export type Structure = z.infer<typeof structure>;

const tree = z.object({
  splits: z.number(),
  leaves: z.number(),
  depth: z.number(),
});

const treeChange = z.object({
  /**
   * `same`: the same splits and leaves. `values`: the same columns at the same places, with other
   * thresholds or leaves. `structure`: other splits.
   */
  change: z.enum(['same', 'values', 'structure', 'added', 'removed', 'unread']),
  left: tree.nullable(),
  right: tree.nullable(),
  /** Of `values`: how many thresholds and leaves differ, and the largest difference of a leaf. */
  thresholds: z.number(),
  leaves: z.number(),
  maxLeafDelta: z.number().nullable(),
});
export type TreeChange = z.infer<typeof treeChange>;

/** One node of a tree. */
const treeNode = z.object({
  /** The column that a split looks at; null for a leaf, and for what is computed from several. */
  feature: z.string().nullable(),
  /**
   * What the library asks: `<` and `≤` (if so, the first child comes next), `>` (if so, the second),
   * `in` a set of categories (if so, the first in LightGBM and scikit-learn, the
   * second elsewhere).
   */
  operator: z.enum(['<', '≤', '>', 'in']).nullable(),
  /** The threshold of a split, null for categories; the first value of a leaf. */
  value: z.number().nullable(),
  /** Of a leaf with several outputs. */
  more: z.array(z.number()),
  /** Of a split: whether missing values go to the first child. */
  missingFirst: z.boolean(),
});
export type TreeNode = z.infer<typeof treeNode>;

const codeChange = z.object({
  name: z.string(),
  change: changeKind,
  left: z.string().nullable(),
  right: z.string().nullable(),
});

export const modelStructureOperations = {
  /** Graphs and layers, nodes matched by name, then by what they are connected with and by likeness. */
  'diff.structure': operation({
    effect: 'read',
    input,
    output: z.object({
      /** Null when neither file says how its tensors are used. */
      structure: structure.nullable(),
      /** Why only one side is shown, in a sentence. */
      note: z.string().nullable(),
      /** Opsets, versions and whatever else the files say of themselves. */
      metadata: z.array(both),
    }),
  }),
  /** The trees of two boosted models, by their places. */
  'diff.trees': operation({
    effect: 'read',
    input,
    output: z.object({
      /** Null when not both are trees of the same library. */
      trees: z.array(treeChange).nullable(),
      /** How many there are beyond those listed, on the side that has more. */
      leftOut: z.number(),
      counts: z.object({
        same: z.number(),
        values: z.number(),
        structure: z.number(),
        added: z.number(),
        removed: z.number(),
      }),
    }),
  }),
  /** One tree of both models, node by node. */
  'diff.tree': operation({
    effect: 'read',
    input: input.extend({ index: z.number().int().min(0) }),
    output: z.object({
      /** Each split is followed by what is below it; `level` has one split for a whole level. */
      nodes: z.array(
        z.object({
          depth: z.number(),
          kind: z.enum(['split', 'leaf', 'level']),
          change: z.enum(['same', 'values', 'structure', 'added', 'removed']),
          left: treeNode.nullable(),
          right: treeNode.nullable(),
        }),
      ),
      /** How many more nodes there are. */
      leftOut: z.number(),
    }),
  }),
  /** The source texts that TorchScript files carry. They are shown and never run. */
  'diff.modelCode': operation({
    effect: 'read',
    input,
    output: z.object({
      files: z.array(codeChange),
      /** What was left out, in sentences. */
      notes: z.array(z.string()),
    }),
  }),
} as const;

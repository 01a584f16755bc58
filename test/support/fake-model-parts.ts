/** Made-up parts of model files, through the code that compares real ones. */
import type { Item, Output } from '../../src-main/contract/index.ts';
import { BoosterCounter } from '../../src-main/formats/boosters/facts.ts';
import type { BoosterFacts } from '../../src-main/formats/boosters/types.ts';
import { numeric } from '../../src-main/formats/dtypes.ts';
import type { GraphNode } from '../../src-main/formats/model-structure.ts';
import type { TensorFile } from '../../src-main/formats/tensors.ts';
import { diffStructure } from '../../src-main/models/structure/index.ts';
import { compareTree, compareTrees } from '../../src-main/models/trees/index.ts';

/** A residual network of blocks; every block is four operators. */
export function fakeGraph(blocks: number, units = 64): TensorFile {
  const nodes: GraphNode[] = [];
  const shapes = new Map<string, number[]>();
  const dense = (path: string, input: string, outputs: number): string => {
    const scope = path.split('/');
    const output = `/${path}/Gemm_output_0`;
    const weight = `${scope.join('.')}.weight`;
    shapes.set(weight, [outputs, units]);
    const settings = [['transB', '1']] as const;
    const name = `/${path}/Gemm`;
    nodes.push({ name, op: 'Gemm', inputs: [input, weight], outputs: [output], settings, scope });
    return output;
  };
  let value = dense('stem', 'x', units);
  for (let block = 0; block < blocks; block++) {
    const scope = ['blocks', String(block)];
    const at = `/blocks/${block}`;
    const inner = dense(`blocks/${block}/fc1`, value, units);
    const common = { settings: [], scope };
    nodes.push(
      { name: `${at}/Relu`, op: 'Relu', inputs: [inner], outputs: [`${at}/relu`], ...common },
      {
        name: `${at}/Add`,
        op: 'Add',
        inputs: [value, `${at}/relu`],
        outputs: [`${at}/sum`],
        ...common,
      },
    );
    value = `${at}/sum`;
  }
  const output = dense('head', value, 5);
  return {
    path: 'net.onnx',
    format: 'onnx',
    sizeBytes: 1_400_000,
    metadata: new Map([['opsets', `ai.onnx ${17 + (blocks % 2)}`]]),
    tensors: [...shapes].map(([name, shape]) => ({
      name,
      dtype: numeric('f32'),
      shape,
      elements: shape.reduce((product, size) => product * size, 1),
      bytes: { kind: 'inline', length: 0, bytes: new Uint8Array(0) },
      bigEndian: false,
      fortranOrder: false,
    })),
    notes: [],
    badge: 'data',
    findings: [],
    structure: {
      kind: 'graph',
      inputs: [{ name: 'x', type: `f32[batch, ${units}]` }],
      outputs: [{ name: output, type: 'f32[batch, 5]' }],
      nodes,
      leftOut: 0,
      types: new Map([['x', `f32[batch, ${units}]`]]),
    },
  };
}

export function fakeStructure(one: boolean): Output<'diff.structure'> {
  const titles = { left: 'before.onnx', right: 'after.onnx' };
  return diffStructure(fakeGraph(5), one ? null : fakeGraph(6), titles);
}

/** @param shift of the thresholds of every second tree */
function fakeForest(trees: number, shift: number): BoosterFacts {
  const counter = new BoosterCounter(['bill_length', 'flipper', 'body_mass'], (problem) => {
    throw new Error(problem);
  });
  for (let tree = 0; tree < trees; tree++) {
    const other = tree % 5 === 4 && shift > 0;
    const moved = tree % 2 === 0 ? shift : 0;
    counter.walk({
      limit: 3,
      split: (node) => ({
        feature: (node + tree + (other ? 1 : 0)) % 3,
        gain: 10 / (tree + 1),
        threshold: 40 + node + moved,
        flags: 1,
      }),
      children: (node) => (node < 3 ? [node * 2 + 1, node * 2 + 2] : null),
      leaf: (node) => [0.01 * node + moved / 100],
    });
  }
  return counter.facts('xgboost', 'binary:logistic');
}

const [before, after] = [fakeForest(12, 0), fakeForest(14, 0.5)];

export function fakeTrees(one: boolean): Output<'diff.trees'> {
  return compareTrees(before, one ? null : after);
}

export function fakeTree(one: boolean, index: number): Output<'diff.tree'> {
  return compareTree(before, one ? null : after, index);
}

export const fakeCode: Output<'diff.modelCode'> = {
  files: [
    {
      name: '__torch__/net.py',
      change: 'modified',
      left: 'class Net(Module):\n  training : bool\n  def forward(self: __torch__.net.Net,\n    x: Tensor) -> Tensor:\n    return torch.relu(x)\n',
      right:
        'class Net(Module):\n  training : bool\n  def forward(self: __torch__.net.Net,\n    x: Tensor) -> Tensor:\n    return torch.gelu(x)\n',
    },
    { name: '__torch__/torch/nn.py', change: 'same', left: 'pass\n', right: 'pass\n' },
  ],
  notes: [],
};

type Side = Extract<Item<'diff.model'>, { kind: 'opened' }>['left'];

/** A comparison of models, as if the files were of the format that their names say. */
export function withParts(item: Item<'diff.model'>, path: string): Item<'diff.model'> {
  if (item.kind !== 'opened') return item;
  if (path.endsWith('.onnx')) return withSides(item, () => ({ format: 'onnx' }));
  if (path.endsWith('.ptl')) return withSides(item, () => ({ format: 'torchscript' }));
  if (!path.endsWith('.ubj')) return item;
  return withSides(item, (side) => {
    const { trees, nodes: _, ...facts } = side === item.left ? before : after;
    const leaves = trees.reduce((sum, tree) => sum + tree.leaves, 0);
    const features = facts.features.map((feature) => ({ ...feature }));
    return { format: 'xgboost', booster: { ...facts, features, leaves, depth: 2 } };
  });
}

function withSides(
  item: Extract<Item<'diff.model'>, { kind: 'opened' }>,
  partsOf: (side: Side) => Partial<Side>,
): Item<'diff.model'> {
  const { left, right } = item;
  return { ...item, left: { ...left, ...partsOf(left) }, right: { ...right, ...partsOf(right) } };
}

/** One model as several frameworks write it: its tensors are found in each, and its structure. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TensorChange } from '../../src-main/contract/diff.ts';
import { codeOf, diffModels, structureOf } from '../../src-main/models/index.ts';
import { torchPython } from '../support/optional-python.ts';

const python = torchPython();

describe.skipIf(python === null)('a model of PyTorch', () => {
  let folder = '';
  const file = (name: string) => ({ path: join(folder, name), title: name, hash: null });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cairn-pairs-'));
    const script = join(import.meta.dirname, 'model_pairs.py');
    const { status, stderr } = spawnSync(python ?? '', ['-W', 'ignore', script, folder], {
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function diff(left: string, right: string): Promise<TensorChange[]> {
    const tensors = new Map<string, TensorChange>();
    await diffModels(file(left), file(right), {}, (item) => {
      for (const tensor of item.tensors) tensors.set(tensor.name, tensor);
    });
    return [...tensors.values()];
  }

  it.each(['model.onnx', 'model-legacy.onnx', 'script.pt'])(
    'has every tensor again in %s, with the same values',
    async (name) => {
      const tensors = await diff('model.pt', name);
      const weights = tensors.filter(({ left }) => left !== null);
      expect(weights).toHaveLength(18);
      for (const tensor of weights) {
        expect(tensor.right, tensor.name).not.toBe(null);
        expect(tensor.changedShare, tensor.name).toBe(0);
        expect(tensor.relativeL2, tensor.name).toBe(0);
      }
    },
  );

  it('has its weights again in Keras, whose axes are in another order', async () => {
    const tensors = await diff('twin.pt', 'twin.keras');
    expect(tensors.map(({ from }) => from).toSorted()).toEqual([
      'conv.bias',
      'conv.weight',
      'stem.bias',
      'stem.weight',
    ]);
    for (const tensor of tensors) expect(tensor.changedShare, tensor.name).toBe(0);
    const orders = new Map(tensors.map((tensor) => [tensor.from, tensor.order]));
    expect(orders.get('stem.weight')).toEqual([1, 0]);
    expect(orders.get('conv.weight')).toEqual([2, 3, 1, 0]);
  });

  it.each(['.onnx', '-legacy.onnx'])(
    'made longer by a block has that block more in its graph: %s',
    async (end) => {
      const { structure } = await structureOf(file(`model${end}`), file(`longer${end}`), {});
      const differing = structure?.nodes.filter(({ change }) => change !== 'same') ?? [];
      const added = differing.filter(({ change }) => change === 'added');
      expect(added.map(({ op }) => op).toSorted()).toEqual(
        ['LayerNormalization', 'Gemm', 'Relu', 'Gemm', 'Add'].toSorted(),
      );
      expect(added.every(({ scope }) => scope.slice(0, 2).join('.') === 'blocks.2')).toBe(true);
      const rest = differing.filter(({ change }) => change !== 'added');
      expect(rest.map(({ change, role }) => [change, role])).toEqual([
        ['modified', 'node'],
        ['modified', 'output'],
      ]);
      expect(rest[0]?.tensors).toContainEqual({
        name: 'head.weight',
        left: 'f32[5, 16]',
        right: 'f32[7, 16]',
      });
    },
  );

  it('is the same graph by both exporters, operator by operator', async () => {
    const { structure } = await structureOf(file('model.onnx'), file('model-legacy.onnx'), {});
    const nodes = structure?.nodes ?? [];
    expect(nodes.filter(({ change }) => change === 'added' || change === 'removed')).toEqual([]);
  });

  it('carries its code as text in TorchScript', async () => {
    const { files, notes } = await codeOf(file('script.pt'), file('script-longer.pt'), {});
    expect(notes).toEqual([]);
    const block = files.find(({ left }) => left?.includes('class Block(Module)'));
    expect(block?.left).toContain('torch.relu');
    expect(files.some(({ change }) => change !== 'same')).toBe(true);
    const alone = await codeOf(file('script.pt'), null, {});
    expect(alone.files.every(({ change }) => change === 'same')).toBe(true);
  });
});

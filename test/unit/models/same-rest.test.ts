import { expect, it } from 'vitest';
import type { ModelStructure } from '../../../src-main/formats/model-structure.ts';
import type { TensorFile } from '../../../src-main/formats/tensors.ts';
import { sameRest } from '../../../src-main/models/same-rest.ts';
import { fakeGraph } from '../../support/fake-model-parts.ts';

const structure = fakeGraph(2).structure as ModelStructure;
const withStructure = (change: Partial<ModelStructure>): TensorFile => ({
  ...fakeGraph(2),
  structure: { ...structure, ...change },
});

it('calls two models the same only when their graphs are', async () => {
  expect(await sameRest(fakeGraph(2), fakeGraph(2))).toBe(true);
  const gelu = structure.nodes.map((node) => (node.op === 'Relu' ? { ...node, op: 'Gelu' } : node));
  expect(await sameRest(fakeGraph(2), withStructure({ nodes: gelu }))).toBe(false);
  expect(await sameRest(fakeGraph(2), withStructure({ outputs: [] }))).toBe(false);
  const { structure: _, ...bare } = fakeGraph(2);
  expect(await sameRest(fakeGraph(2), bare)).toBe(false);
});

it('asks neither for types that a tool worked out, nor files of another format', async () => {
  expect(await sameRest(fakeGraph(2), withStructure({ types: new Map() }))).toBe(true);
  expect(await sameRest(fakeGraph(2), { ...fakeGraph(3), format: 'safetensors' })).toBe(true);
});

it('calls them different when what they say of themselves differs', async () => {
  const other = { ...fakeGraph(2), metadata: new Map([['opsets', 'ai.onnx 21']]) };
  expect(await sameRest(fakeGraph(2), other)).toBe(false);
});

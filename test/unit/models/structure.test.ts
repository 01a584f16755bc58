import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { GraphNode, ModelStructure } from '../../../src-main/formats/model-structure.ts';
import { openTensorFile, type TensorFile } from '../../../src-main/formats/tensors.ts';
import { diffStructure } from '../../../src-main/models/structure/index.ts';
import { fakeGraph } from '../../support/fake-model-parts.ts';

const titles = { left: 'a', right: 'b' };
const fixtures = join(import.meta.dirname, '../../fixtures/models');

type Changed = (nodes: readonly GraphNode[]) => readonly GraphNode[];

/** A file with its nodes changed; what flows through it stays as it is named. */
function changed(file: TensorFile, change: Changed): TensorFile {
  const structure = file.structure as ModelStructure;
  return { ...file, structure: { ...structure, nodes: change(structure.nodes) } };
}

function compare(left: TensorFile, right: TensorFile) {
  const { structure } = diffStructure(left, right, titles);
  const nodes = structure?.nodes ?? [];
  const differing = nodes.filter(({ change }) => change !== 'same');
  return { structure, nodes, differing };
}

/** As exporters name nodes that count them: one node more, and all behind it have other names. */
const counted: Changed = (nodes) =>
  nodes.map((node, index) => ({ ...node, name: `node_${node.op}_${index}` }));

describe('the structure of a model', () => {
  it('has what goes in and comes out as nodes, and an edge for every value', () => {
    const { structure, nodes } = compare(fakeGraph(1), fakeGraph(1));
    expect(nodes.map(({ role, op, change }) => [role, op, change])).toEqual([
      ['input', '', 'same'],
      ['node', 'Gemm', 'same'],
      ['node', 'Gemm', 'same'],
      ['node', 'Relu', 'same'],
      ['node', 'Add', 'same'],
      ['node', 'Gemm', 'same'],
      ['output', '', 'same'],
    ]);
    expect(structure?.edges.map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
      [1, 4],
      [3, 4],
      [4, 5],
      [5, 6],
    ]);
  });

  it.each([
    ['names', (file: TensorFile) => file],
    ['names that were counted up', (file: TensorFile) => changed(file, counted)],
    [
      'no names',
      (file: TensorFile) => changed(file, (all) => all.map((n) => ({ ...n, name: '' }))),
    ],
  ])('finds one more block, and only that, with %s', (_, form) => {
    const { differing } = compare(form(fakeGraph(2)), form(fakeGraph(3)));
    expect(differing.map(({ op, change, scope }) => [change, op, scope.join('.')])).toEqual([
      ['added', 'Gemm', 'blocks.2.fc1'],
      ['added', 'Relu', 'blocks.2'],
      ['added', 'Add', 'blocks.2'],
      ['modified', 'Gemm', 'head'],
    ]);
    // The head takes what the new block makes.
    expect(differing.at(-1)?.inputs).toHaveLength(1);
  });

  it('finds operators again whose modules were renamed', () => {
    const renamed = changed(fakeGraph(3), (nodes) =>
      nodes.map((node) => ({
        ...node,
        name: node.name.replace('blocks', 'layers'),
        scope: node.scope.map((step) => (step === 'blocks' ? 'layers' : step)),
      })),
    );
    const { differing } = compare(fakeGraph(3), renamed);
    expect(new Set(differing.map(({ change }) => change))).toEqual(new Set(['renamed']));
    expect(differing).toHaveLength(9);
    expect(differing[0]?.from).toBe('/blocks/0/fc1/Gemm');
  });

  it('says which settings, tensors and operators differ', () => {
    const other = changed(fakeGraph(2), (nodes) =>
      nodes.map((node) => {
        if (node.name === '/stem/Gemm') return { ...node, settings: [['transB', '0']] };
        if (node.name === '/blocks/1/Relu')
          return {
            ...node,
            op: 'Gelu',
            name: '/blocks/1/Gelu',
            settings: [['approximate', 'tanh']],
          };
        return node;
      }),
    );
    const wider = fakeGraph(2, 32).tensors;
    const { differing } = compare(fakeGraph(2), { ...other, tensors: wider });
    const [stem, ...rest] = differing;
    expect(stem?.settings).toEqual([{ name: 'transB', left: '1', right: '0' }]);
    expect(stem?.tensors).toEqual([
      { name: 'stem.weight', left: 'f32[64, 64]', right: 'f32[32, 32]' },
    ]);
    const swapped = rest.find(({ op }) => op === 'Gelu');
    expect(swapped).toMatchObject({ fromOp: 'Relu', from: '/blocks/1/Relu', change: 'modified' });
  });

  it('keeps what was removed at its place, with its edges', () => {
    const { structure, nodes } = compare(fakeGraph(3), fakeGraph(2));
    const removed = nodes.flatMap(({ change }, index) => (change === 'removed' ? [index] : []));
    expect(removed).toHaveLength(3);
    // Before the head and the output.
    expect(Math.max(...removed)).toBeLessThan(nodes.findIndex(({ scope }) => scope[0] === 'head'));
    expect(structure?.edges.some(({ change }) => change === 'removed')).toBe(true);
  });

  it('describes one file by itself', () => {
    const { structure, note } = diffStructure(fakeGraph(2), null, titles);
    expect(note).toBe(null);
    expect(structure?.nodes.every(({ change }) => change === 'same')).toBe(true);
  });

  it('shows one of two that cannot be compared, and says so', async () => {
    const layers = await openTensorFile(join(fixtures, 'keras/new/functional.keras'));
    const both = diffStructure(fakeGraph(1), layers, titles);
    expect(both.note).toBe(
      'One file has a graph of operators and the other layers, which cannot be compared. Shown is b.',
    );
    expect(both.structure?.kind).toBe('layers');
    const { structure: _, ...bare } = fakeGraph(1);
    expect(diffStructure(fakeGraph(1), bare, titles).note).toBe(
      'Only a says how its tensors are used.',
    );
    expect(diffStructure(bare, bare, titles).structure).toBe(null);
  });

  it('marks Lambda layers, and reads Keras 2 and 3 as the same layers', async () => {
    const keras = (name: string) => openTensorFile(join(fixtures, 'keras', name));
    const lambda = compare(await keras('new/lambda.keras'), await keras('new/lambda.keras'));
    expect(lambda.nodes.filter(({ code }) => code).map(({ op }) => op)).toEqual(['Lambda']);
    const versions = compare(
      await keras('old/functional.keras'),
      await keras('new/functional.keras'),
    );
    expect(versions.nodes.map(({ name }) => name)).toEqual(['a', 'b', 'shared', 'joined', 'out']);
    const dense = versions.nodes.find(({ name }) => name === 'shared');
    expect(dense?.settings.find(({ name }) => name === 'dtype')).toEqual({
      name: 'dtype',
      left: 'float32',
      right: 'float32',
    });
  });

  it('connects a node with the graphs of its own', async () => {
    const branches = await openTensorFile(join(fixtures, 'onnx/new/places.onnx'));
    const { structure, nodes } = compare(branches, branches);
    const at = (name: string) => nodes.findIndex((node) => node.name === name);
    const into = structure?.edges.filter(({ to }) => to === at('choose')).map(({ from }) => from);
    expect(into).toContain(at('choose.then_branch/plus'));
    expect(into).toContain(at('choose.else_branch/plus'));
  });

  it('survives cycles, and values that two nodes make', () => {
    const knotted = changed(fakeGraph(2), (nodes) =>
      nodes.map((node) => ({ ...node, inputs: [...node.inputs, '/head/Gemm_output_0', ''] })),
    );
    const twice = changed(knotted, (nodes) => [...nodes, ...nodes]);
    expect(compare(knotted, twice).differing.length).toBeGreaterThan(0);
    expect(compare(twice, knotted).differing.length).toBeGreaterThan(0);
  });

  it('compares 20 000 nodes that have nothing in common within seconds', () => {
    const large = fakeGraph(5000);
    const other = changed(fakeGraph(5000), (nodes) =>
      nodes.map((node, index) => ({
        ...node,
        ...{ name: `other_${index * 7}`, op: `${node.op}X`, scope: [], inputs: [`v${index}`] },
        outputs: [`v${index + 1}`],
      })),
    );
    const started = process.cpuUsage();
    expect(compare(large, other).nodes.length).toBeGreaterThan(20_000);
    const { user } = process.cpuUsage(started);
    expect(user / 1e6).toBeLessThan(5);
  });
});

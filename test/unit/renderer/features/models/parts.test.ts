import { describe, expect, it } from 'vitest';
import { diffStructure } from '../../../../../src-main/models/structure/index.ts';
import type { Structure, TensorChange } from '../../../../../src-renderer/client/index.ts';
import { levelOf, stepLabel } from '../../../../../src-renderer/features/models/parts/levels.ts';
import { bitsOf, modulesOf } from '../../../../../src-renderer/features/models/parts/modules.ts';
import { structureRows } from '../../../../../src-renderer/features/models/parts/structure-tree.ts';
import { fakeGraph } from '../../../../support/fake-model-parts.ts';

function structureOf(blocks: number, before = blocks): Structure {
  const titles = { left: 'a', right: 'b' };
  const { structure } = diffStructure(fakeGraph(before), fakeGraph(blocks), titles);
  if (structure === null) throw new Error('there is no structure');
  return structure;
}

/** A chain of nodes that stand in no modules. */
function chain(length: number): Structure {
  const [first] = structureOf(1).nodes;
  const nodes = Array.from({ length }, (_, at) => ({ ...first!, name: `n${at}`, scope: [] }));
  const edges = nodes.slice(1).map((_, at) => ({ from: at, to: at + 1, change: 'same' as const }));
  return { kind: 'graph', nodes, edges, leftOut: 0 };
}

describe('the levels of a graph', () => {
  it('show a small one as it is', () => {
    const structure = structureOf(5);
    const { cards, edges, path } = levelOf(structure, []);
    expect(path).toEqual([]);
    expect(cards.map(({ node }) => node)).toEqual(structure.nodes.map((_, index) => index));
    expect(edges).toHaveLength(structure.edges.length);
  });

  it('fold modules into cards that say how much of them differs, and go into them', () => {
    const structure = structureOf(40, 39);
    const top = levelOf(structure, []);
    expect(top.cards.map(({ label, nodes }) => [label, nodes])).toEqual([
      ['', 1],
      ['', 1],
      ['blocks', 120],
      ['', 1],
      ['', 1],
    ]);
    expect(top.cards[2]).toMatchObject({ changed: 3, path: ['blocks'], node: null });
    expect(top.edges).toHaveLength(4);
    const blocks = levelOf(structure, ['blocks']);
    expect(blocks.cards.filter(({ outside }) => !outside)).toHaveLength(40);
    expect(blocks.cards.filter(({ outside }) => outside)).toHaveLength(2);
    const block = levelOf(structure, ['blocks', '3']);
    expect(block.path).toEqual(['blocks', '3']);
    expect(block.cards.filter(({ outside }) => !outside)).toHaveLength(3);
    // What comes in, and both operators of the next block that take its sum.
    expect(block.cards.filter(({ outside }) => outside)).toHaveLength(3);
  });

  it('goes through modules that have nothing beside them', () => {
    const structure = structureOf(40);
    const nodes = structure.nodes.map((node) => ({ ...node, scope: ['model', ...node.scope] }));
    expect(levelOf({ ...structure, nodes }, []).path).toEqual(['model']);
  });

  it('cut long rows into stretches, again and again, until they fit', () => {
    const structure = chain(20_000);
    const top = levelOf(structure, []);
    expect(top.cards.length).toBeLessThanOrEqual(120);
    expect(top.cards.reduce((sum, { nodes }) => sum + nodes, 0)).toBe(20_000);
    const step = top.cards[1]?.path?.at(-1) ?? '';
    expect(stepLabel(step)).toEqual({ from: 168, to: 334 });
    const inner = levelOf(structure, [step]);
    expect(inner.path).toEqual([step]);
    const stretches = inner.cards.filter(({ outside }) => !outside);
    expect(stretches.reduce((sum, { nodes }) => sum + nodes, 0)).toBe(167);
    const deeper = levelOf(structure, [step, stretches[0]?.path?.at(-1) ?? '']);
    expect(deeper.cards.filter(({ outside }) => !outside).every(({ node }) => node !== null)).toBe(
      true,
    );
  });

  it('stay where they are when a path leads nowhere', () => {
    expect(levelOf(structureOf(40), ['gone', 'too']).path).toEqual([]);
  });

  it('keep a node with a graph of its own together with it', () => {
    const structure = chain(100);
    const nodes = structure.nodes.map((node, at) =>
      at > 10 && at < 20 ? { ...node, scope: ['n10', 'then_branch'] } : node,
    );
    const { cards } = levelOf({ ...structure, nodes }, []);
    expect(cards.find(({ label }) => label === 'n10')?.nodes).toBe(10);
  });
});

describe('the rows of a structure', () => {
  const options = { onlyDifferences: false, text: '', folds: new Map<string, boolean>() };

  it('are a tree by modules, open while it is small', () => {
    const rows = structureRows(structureOf(2), options);
    expect(rows.filter(({ node }) => node !== null)).toHaveLength(10);
    expect(rows.find(({ name }) => name === 'blocks')).toMatchObject({ level: 1, open: true });
    expect(structureRows(structureOf(400), options).length).toBeLessThan(10);
  });

  it('leave out what is the same, and what does not match', () => {
    const structure = structureOf(3, 2);
    const differing = structureRows(structure, { ...options, onlyDifferences: true });
    expect(differing.filter(({ node }) => node !== null)).toHaveLength(4);
    const matching = structureRows(structure, { ...options, text: 'relu blocks' });
    expect(matching.filter(({ node }) => node !== null)).toHaveLength(3);
  });
});

describe('the modules of tensors', () => {
  const tensor = (name: string, left: number[] | null, right: number[] | null): TensorChange => ({
    name,
    from: null,
    change: left === null ? 'added' : right === null ? 'removed' : 'same',
    left: left && { dtype: 'f32', shape: left },
    right: right && { dtype: 'bf16', shape: right },
    elements: 0,
    relativeL2: null,
    cosine: null,
    maxAbs: null,
    meanAbs: null,
    changedShare: 0,
    signFlips: null,
    nonFinite: null,
    stats: null,
    note: null,
  });

  it('have counts and sizes summed up, and no level without a choice', () => {
    const modules = modulesOf(
      [
        tensor('model.a.weight', [4, 2], [4, 2]),
        tensor('model.a.bias', [4], null),
        tensor('model.b/c', null, [3]),
      ],
      true,
    );
    expect(modules).toHaveLength(1);
    expect(modules[0]).toMatchObject({
      name: 'model',
      tensors: 3,
      left: 12,
      right: 11,
      changed: 2,
    });
    // The right side in 16 bits, and 16 bytes of what is only on the left.
    expect(modules[0]?.bytes).toBe(16 + 16 + 6);
    expect(modules[0]?.children.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('keep apart names that end up at the same place', () => {
    const names = ['a.b', 'a/b', 'a', 'a.b.c'];
    const modules = modulesOf(
      names.map((name) => tensor(name, [1], [1])),
      true,
    );
    expect(modules.reduce((sum, { tensors }) => sum + tensors, 0)).toBe(4);
  });

  it('have no nameless module of names that begin with a slash', () => {
    const modules = modulesOf(
      ['/Constant_output_0', '/fc/weight', '.'].map((name) => tensor(name, [1], [1])),
      true,
    );
    expect(modules.map(({ name }) => name).slice(0, 2)).toEqual(['Constant_output_0', 'fc']);
  });

  it('survive names of any depth', () => {
    const deep = Array.from({ length: 30_000 }, () => 'x').join('.');
    expect(modulesOf([tensor(deep, [1], [1])], true)[0]?.tensors).toBe(1);
  });

  it('know the sizes of types, and say nothing of those they do not know', () => {
    expect(['f32', 'bf16', 'f8_e4m3fnuz', 'i4', 'bool', 'c64'].map(bitsOf)).toEqual([
      32, 16, 8, 4, 8, 64,
    ]);
    expect(['q4_k', 'str', 'iq2_xs', ''].map(bitsOf)).toEqual([null, null, null, null]);
  });
});

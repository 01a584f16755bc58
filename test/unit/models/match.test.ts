import { describe, expect, it } from 'vitest';
import { numeric } from '../../../src-main/formats/dtypes.ts';
import type { TensorInfo } from '../../../src-main/formats/tensors.ts';
import { nameLikeness } from '../../../src-main/models/likeness.ts';
import { matchTensors } from '../../../src-main/models/match.ts';

/** Tensors by name; the values stand for their content. */
function tensors(contents: Record<string, number[]>): [TensorInfo[], Map<TensorInfo, number[]>] {
  const all = Object.entries(contents).map(([name, values]): [TensorInfo, number[]] => [
    {
      name,
      dtype: numeric('f32'),
      shape: [values.length],
      elements: values.length,
      bytes: {
        kind: 'range',
        path: '',
        offset: 0,
        stored: 0,
        length: 0,
        compression: 'none',
        skip: 0,
        crc32: null,
      },
      bigEndian: false,
      fortranOrder: false,
    },
    values,
  ]);
  return [all.map(([tensor]) => tensor), new Map(all)];
}

async function match(left: Record<string, number[]>, right: Record<string, number[]>) {
  const [ours, ourValues] = tensors(left);
  const [theirs, theirValues] = tensors(right);
  const pairs = await matchTensors(ours, theirs, async (tensor) =>
    Float64Array.from(ourValues.get(tensor) ?? theirValues.get(tensor) ?? []),
  );
  return pairs.map((pair) => [pair.left?.name ?? null, pair.right?.name ?? null]);
}

describe('matching tensors', () => {
  it('goes by name first, in the order of the right file', async () => {
    expect(await match({ a: [1], b: [2], c: [3] }, { b: [9], a: [8], d: [1, 1] })).toEqual([
      ['b', 'b'],
      ['a', 'a'],
      [null, 'd'],
      ['c', null],
    ]);
  });

  it('sees through a prefix that came or went', async () => {
    const left = { 'fc.weight': [1, 2], 'fc.bias': [0, 0] };
    const right = { 'module.fc.weight': [-5, 7], 'module.fc.bias': [0, 0] };
    expect(await match(left, right)).toEqual([
      ['fc.weight', 'module.fc.weight'],
      ['fc.bias', 'module.fc.bias'],
    ]);
    expect(await match(right, left)).toEqual([
      ['module.fc.weight', 'fc.weight'],
      ['module.fc.bias', 'fc.bias'],
    ]);
  });

  it('does not guess where a name could end two others', async () => {
    const left = { 'w.weight': [1, 2] };
    const right = { 'a.w.weight': [5, -1], 'b.w.weight': [-4, 1] };
    expect(await match(left, right)).toEqual([
      [null, 'a.w.weight'],
      [null, 'b.w.weight'],
      ['w.weight', null],
    ]);
  });

  it('finds renamed tensors by their content, also when they were trained on', async () => {
    const left = { 'h.0.attn': [1, 2, 3], 'h.1.attn': [3, -2, 1] };
    const right = { 'layers.1.mix': [3.1, -2, 1], 'layers.0.mix': [1, 2, 3.1] };
    expect(await match(left, right)).toEqual([
      ['h.1.attn', 'layers.1.mix'],
      ['h.0.attn', 'layers.0.mix'],
    ]);
  });

  it('keeps tensors apart that have nothing in common', async () => {
    expect(await match({ a: [1, 2, 3] }, { b: [3, -2, 1] })).toEqual([
      [null, 'b'],
      ['a', null],
    ]);
    expect(await match({ a: [1, 2, 3] }, { b: [1, 2, 3, 4] })).toEqual([
      [null, 'b'],
      ['a', null],
    ]);
  });

  it('tells biases of zeros apart by their names alone', async () => {
    const left = { 'enc.0.bias': [0, 0], 'enc.1.bias': [0, 0], x: [0, 0] };
    const right = { 'dec.1.bias': [0, 0], 'dec.0.bias': [0, 0], y: [0, 0] };
    expect(await match(left, right)).toEqual([
      ['enc.1.bias', 'dec.1.bias'],
      ['enc.0.bias', 'dec.0.bias'],
      [null, 'y'],
      ['x', null],
    ]);
  });

  it('measures the likeness of names by their parts', () => {
    expect(nameLikeness('a.b.c', 'a.b.c')).toBe(1);
    expect(nameLikeness('a.b.c', 'x.b.c')).toBeCloseTo(2 / 3);
    expect(nameLikeness('a/b', 'c.d')).toBe(0);
  });
});

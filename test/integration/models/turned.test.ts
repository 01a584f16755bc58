/** Weights whose axes another framework orders otherwise. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { TensorChange } from '../../../src-main/contract/diff.ts';
import { diffModels } from '../../../src-main/models/index.ts';
import { noise } from '../../support/noise.ts';
import { safetensorsBytes } from '../../support/safetensors-bytes.ts';
import { tempFolder } from '../../support/temp.ts';

/** `[a][b]` of `shape` as `[b][a]`, row-major. */
function transpose(values: number[], rows: number, columns: number): number[] {
  return Array.from(
    { length: values.length },
    (_, at) => values[(at % rows) * columns + Math.floor(at / rows)]!,
  );
}

/** Height, width, in, out as out, in, height, width. */
function outFirst(values: number[], [h, w, i, o]: readonly [number, number, number, number]) {
  const result: number[] = [];
  for (let out = 0; out < o; out++)
    for (let into = 0; into < i; into++)
      for (let y = 0; y < h; y++)
        for (let x = 0; x < w; x++) result.push(values[((y * w + x) * i + into) * o + out]!);
  return result;
}

async function diff(left: Parameters<typeof safetensorsBytes>[0], right: typeof left) {
  const folder = tempFolder();
  const paths = [join(folder, 'left.safetensors'), join(folder, 'right.safetensors')] as const;
  writeFileSync(paths[0], safetensorsBytes(left));
  writeFileSync(paths[1], safetensorsBytes(right));
  const tensors = new Map<string, TensorChange>();
  const file = (path: string) => ({ path, title: path, hash: null });
  const totals = await diffModels(file(paths[0]), file(paths[1]), {}, (item) => {
    for (const tensor of item.tensors) tensors.set(tensor.name, tensor);
  });
  return { tensors, totals };
}

it('finds transposed weights under other names and measures them in the order of the right', async () => {
  const [linear, square, conv] = [noise(70 * 30, 1), noise(40 * 40, 2), noise(3 * 3 * 8 * 16, 3)];
  const moved = transpose(linear, 70, 30);
  moved[17] = moved[17]! + 1;
  const { tensors, totals } = await diff(
    {
      'dense/kernel': { shape: [70, 30], values: linear },
      'middle/w': { shape: [40, 40], values: square },
      'conv/kernel': { shape: [3, 3, 8, 16], values: conv },
    },
    {
      'fc.weight': { shape: [30, 70], values: moved },
      'hidden.v': { shape: [40, 40], values: transpose(square, 40, 40) },
      'c1.weight': { shape: [16, 8, 3, 3], values: outFirst(conv, [3, 3, 8, 16]) },
    },
  );
  expect(tensors.get('fc.weight')).toMatchObject({ from: 'dense/kernel', order: [1, 0] });
  expect(tensors.get('fc.weight')?.maxAbs).toBeCloseTo(1, 6);
  expect(tensors.get('fc.weight')?.changedShare).toBeCloseTo(1 / 2100, 12);
  expect(tensors.get('fc.weight')?.note).toMatch(/another order \(1, 0\)/);
  expect(tensors.get('hidden.v')).toMatchObject({ from: 'middle/w', order: [1, 0] });
  expect(tensors.get('hidden.v')?.changedShare).toBe(0);
  expect(tensors.get('c1.weight')).toMatchObject({ from: 'conv/kernel', order: [3, 2, 0, 1] });
  expect(tensors.get('c1.weight')?.relativeL2).toBe(0);
  expect(totals).toMatchObject({ changedTensors: 1, addedTensors: 0, removedTensors: 0 });
});

it('sees a namesake transposed, also a square one, and leaves one alone that was trained anew', async () => {
  const [flat, square, other] = [noise(60 * 20, 4), noise(32 * 32, 5), noise(32 * 32, 6)];
  const { tensors, totals } = await diff(
    {
      flat: { shape: [60, 20], values: flat },
      square: { shape: [32, 32], values: square },
      trained: { shape: [32, 32], values: square },
      reshaped: { shape: [60, 20], values: flat },
    },
    {
      flat: { shape: [20, 60], values: transpose(flat, 60, 20) },
      square: { shape: [32, 32], values: transpose(square, 32, 32) },
      trained: { shape: [32, 32], values: other },
      reshaped: { shape: [20, 60], values: flat },
    },
  );
  expect(tensors.get('flat')).toMatchObject({ order: [1, 0], changedShare: 0, from: null });
  expect(tensors.get('square')).toMatchObject({ order: [1, 0], changedShare: 0 });
  expect(tensors.get('trained')).toMatchObject({
    order: null,
    note: null,
    signFlips: expect.any(Number),
  });
  expect(tensors.get('reshaped')).toMatchObject({ order: null, changedShare: null });
  expect(totals).toMatchObject({ identical: false, changedTensors: 2 });
});

/** The closer look at one tensor, against what NumPy says of the same values. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { operations } from '../../../src-main/contract/index.ts';
import { openTensorFile } from '../../../src-main/formats/tensors.ts';
import { lookAtTensor } from '../../../src-main/models/index.ts';
import { noise } from '../../support/noise.ts';
import { safetensorsBytes } from '../../support/safetensors-bytes.ts';
import { tempFolder } from '../../support/temp.ts';

interface Expected {
  spectra: {
    rows: number;
    columns: number;
    rank: number;
    seed: number;
    values: number[];
    frobenius: number;
    effectiveRank: number;
  }[];
  quantiles: { seed: number; values: number[] };
  histogram: { seed: number; counts: number[] };
}
const recorded = join(import.meta.dirname, '../../fixtures/models/spectrum/expected.json');
const expected = JSON.parse(readFileSync(recorded, 'utf8')) as Expected;

type Tensors = Parameters<typeof safetensorsBytes>[0];

function files(left: Tensors, right: Tensors) {
  const folder = tempFolder();
  return [left, right].map((tensors, index) => {
    const path = join(folder, `${index}.safetensors`);
    writeFileSync(path, safetensorsBytes(tensors));
    return { path, title: `model ${index}`, hash: null };
  }) as [{ path: string; title: string; hash: null }, { path: string; title: string; hash: null }];
}

async function look(
  left: Tensors,
  right: Tensors,
  want: 'distribution' | 'spectrum',
  order: number[] | null = null,
) {
  const sides = files(left, right);
  const names = { left: Object.keys(left)[0]!, right: Object.keys(right)[0]!, order };
  return operations['diff.tensor'].output.parse(await lookAtTensor(...sides, names, want, {}));
}

function matrix(rows: number, columns: number, rank: number, seed: number): number[] {
  const total = new Float64Array(rows * columns);
  for (let k = 0; k < rank; k++) {
    const [u, v] = [noise(rows, seed + 2 * k), noise(columns, seed + 2 * k + 1)];
    for (let at = 0; at < total.length; at++) {
      total[at]! += u[Math.floor(at / columns)]! * v[at % columns]! * 2 ** -k;
    }
  }
  return [...total].map(Math.fround);
}

const zeros = (count: number) => new Array<number>(count).fill(0);

describe('singular values', () => {
  it.each(expected.spectra)('agree with NumPy: $rows × $columns', async (one) => {
    const { rows, columns } = one;
    const values = matrix(rows, columns, one.rank, one.seed);
    const shape = rows === 1 ? [columns] : [rows, columns];
    const { spectrum } = await look(
      { w: { shape, values: zeros(values.length) } },
      { w: { shape, values } },
      'spectrum',
    );
    expect(spectrum).toMatchObject({ rows, columns, exact: Math.min(rows, columns) <= 256 });
    const [first = 0] = one.values;
    for (const [at, value] of one.values.entries()) {
      // Those under the square root of float64's precision cannot come out of a Gram matrix.
      expect(Math.abs((spectrum?.values[at] ?? 0) - value) / first).toBeLessThan(1e-7);
    }
    expect(spectrum?.frobenius).toBeCloseTo(one.frobenius, 5);
    if (spectrum?.exact) expect(spectrum.effectiveRank).toBeCloseTo(one.effectiveRank, 3);
    else expect(spectrum?.effectiveRank).toBeNull();
  });

  it('has nothing to say of tensors that are equal, empty or not finite', async () => {
    const flat = { w: { shape: [2, 2], values: [1, 2, 3, 4] } };
    const same = await look(flat, flat, 'spectrum');
    expect(same.spectrum).toMatchObject({ values: [0, 0], stableRank: null, effectiveRank: null });
    const empty = { w: { shape: [0, 3], values: [] } };
    expect((await look(empty, empty, 'spectrum')).note).toMatch(/no elements/);
    const odd = { w: { shape: [2, 2], values: [Number.NaN, 2, 3, 4] } };
    expect((await look(flat, odd, 'spectrum')).note).toMatch(/not finite/);
  });
});

describe('distributions', () => {
  it('agree with NumPy over the range of both sides', async () => {
    const values = noise(1000, expected.histogram.seed);
    const w = { shape: [1000], values };
    const { distribution } = await look({ w }, { w }, 'distribution');
    expect(distribution?.left).toEqual(expected.histogram.counts);
    expect(distribution).toMatchObject({ unchanged: 1000, quantiles: { left: null, right: null } });
    expect(distribution?.delta.counts).toEqual([]);
  });

  it('has the exact quantiles of 16-bit floats', async () => {
    const { seed, values } = expected.quantiles;
    const folder = tempFolder();
    const path = join(folder, 'halves.npy');
    const text = "{'descr': '<f2', 'fortran_order': False, 'shape': (1000,), }".padEnd(117);
    const head = Buffer.from(`\x93NUMPY\x01\x00\x76\x00${text}\n`, 'latin1');
    const data = new Uint8Array(Float16Array.from(noise(1000, seed)).buffer);
    writeFileSync(path, Buffer.concat([head, data]));
    const file = { path, title: 'halves', hash: null };
    const [{ name = '' } = {}] = (await openTensorFile(path)).tensors;
    const names = { left: name, right: name, order: null };
    const { distribution } = await lookAtTensor(file, file, names, 'distribution', {});
    expect(distribution?.quantiles.left?.map(({ value }) => value)).toEqual(values);
  });

  it('puts |Δ| into its decade, and counts what is not finite nowhere', async () => {
    const left = { w: { shape: [2, 3], values: [0, 0, 0, 0, 5, Number.NaN] } };
    const right = { v: { shape: [3, 2], values: [1.5, 0, 0.002, 5, Number.POSITIVE_INFINITY, 7] } };
    const { distribution } = await look(left, right, 'distribution', [1, 0]);
    // The left in the order of the right is 0 0 0 5 0 NaN.
    expect(distribution).toMatchObject({ low: 0, high: 7, unchanged: 2 });
    const { from, step, counts = [] } = distribution?.delta ?? { from: 0, step: 0 };
    expect(from).toBe(-2.75);
    expect(counts.at(0)).toBe(1);
    expect(from + step * (counts.length - 1)).toBe(0);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(distribution?.left.reduce((sum, count) => sum + count, 0)).toBe(5);
  });

  it('says of tensors of no finite number that there is nothing to draw', async () => {
    const odd = { w: { shape: [2], values: [Number.NaN, Number.NEGATIVE_INFINITY] } };
    expect((await look(odd, odd, 'distribution')).note).toMatch(/No element/);
  });

  it('refuses names and orders that fit nothing', async () => {
    const [left, right] = files(
      { w: { shape: [2, 3], values: zeros(6) } },
      { w: { shape: [2, 3], values: zeros(6) } },
    );
    const names = { left: 'w', right: 'other', order: null };
    await expect(lookAtTensor(left, right, names, 'distribution', {})).rejects.toThrow(
      'model 1 has no tensor called other.',
    );
    const bad = { left: 'w', right: 'w', order: [1, 0] };
    expect((await lookAtTensor(left, right, bad, 'distribution', {})).note).toMatch(/cannot be/);
  });
});

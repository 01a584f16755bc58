import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TensorChange } from '../../../src-main/contract/diff.ts';
import { openTensorFile, type TensorInfo } from '../../../src-main/formats/tensors.ts';
import { describeMeasured, mergeMeasures } from '../../../src-main/models/changes.ts';
import { BlockMeasure } from '../../../src-main/workers/block-measure.ts';
import { countChangedItems } from '../../../src-main/workers/changed-items.ts';
import { measurePart } from '../../../src-main/workers/tensor-measure.ts';
import { sampleTensor } from '../../../src-main/workers/tensor-sample.ts';
import { PairSums, SideSums } from '../../../src-main/workers/tensor-sums.ts';
import { tempFolder } from '../../support/temp.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/models');
/** What NumPy computes in float64. */
const expected = JSON.parse(readFileSync(join(fixtures, 'expected.json'), 'utf8')) as Record<
  string,
  Partial<TensorChange>
>;
const blocks = new BlockMeasure();

async function pair(name: string): Promise<{ left: TensorInfo; right: TensorInfo; order: null }> {
  const files = ['types-left', 'types-right'].map((file) =>
    openTensorFile(join(fixtures, `${file}.safetensors`)),
  );
  const [left, right] = (await Promise.all(files)).map((file) =>
    file.tensors.find((tensor) => tensor.name === name),
  );
  if (!left || !right) throw new Error(`no ${name} in the fixtures`);
  return { left, right, order: null };
}

/** Every number of `actual` against `wanted`, to ten digits. */
function expectClose(actual: unknown, wanted: unknown, where: string): void {
  if (wanted !== null && typeof wanted === 'object') {
    for (const [key, value] of Object.entries(wanted)) {
      expectClose((actual as Record<string, unknown>)[key], value, `${where}.${key}`);
    }
  } else if (typeof wanted === 'number' && typeof actual === 'number') {
    const scale = where.endsWith('cosine') ? 1 : Math.abs(wanted);
    expect(Math.abs(actual - wanted), where).toBeLessThanOrEqual(1e-10 * scale);
  } else expect(actual, where).toBe(wanted);
}

/** A tensor of its own file. */
async function inFile(
  dtype: 'F32' | 'BF16',
  values: Float32Array | Uint16Array,
): Promise<TensorInfo> {
  const path = join(tempFolder(), 'a.safetensors');
  const entry = { dtype, shape: [values.length], data_offsets: [0, values.byteLength] };
  const header = Buffer.from(JSON.stringify({ a: entry }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  writeFileSync(path, Buffer.concat([length, header, bytes]));
  return (await openTensorFile(path)).tensors[0]!;
}

describe('short floats', () => {
  // Every code, beside another order of them: NaN, infinities, both zeros, subnormal numbers.
  const codes = Uint16Array.from({ length: 65_536 }, (_, code) => code);
  const others = codes.map((code) => (code * 40_503 + 7) & 0xffff);
  // Not all of them, whose mean would be nothing but the error of rounding.
  const finite = (values: Uint16Array) => values.slice(0, 40_001).map((code) => code & ~0x4000);
  const widened = (values: Uint16Array) =>
    new Float32Array(Uint32Array.from(values, (code) => code << 16).buffer);
  const cases = [
    { name: 'every brain float', left: codes, right: others },
    { name: 'finite brain floats', left: finite(codes), right: finite(others) },
    { name: 'three of them', left: codes.slice(1, 4), right: others.slice(1, 4) },
    { name: 'an odd number', left: codes.slice(0, 4099), right: codes.slice(2, 4101) },
  ];

  const far = (add: number) =>
    Uint16Array.from({ length: 4099 }, (_, at) => 0x42c8 + ((at * add) % 5));
  cases.push({ name: 'brain floats far from zero', left: far(3), right: far(7) });

  it.each(cases)('measures $name as the same float32 and in plain loops', async (given) => {
    const [left, right] = [await inFile('BF16', given.left), await inFile('BF16', given.right)];
    const count = given.left.length;
    const own = await measurePart({ left, right, from: 0, count }, blocks);
    const [x, y] = [widened(given.left), widened(given.right)];
    const wide = await measurePart(
      { left: await inFile('F32', x), right: await inFile('F32', y), from: 0, count },
      blocks,
    );
    expectClose(own, { ...wide, bytesRead: own.bytesRead }, given.name);
    const plain = new PairSums();
    for (let at = 0; at < count; at++) plain.add(x[at]!, y[at]!);
    const changed = given.left.filter((code, at) => code !== given.right[at]).length;
    expectClose(wide, { changed, numbers: plain.result() }, given.name);
  });
});

describe('measuring', () => {
  it.each(Object.keys(expected))('agrees with NumPy: %s', async (name) => {
    const tensors = await pair(name);
    const measure = await measurePart(
      { ...tensors, from: 0, count: tensors.left.elements },
      blocks,
    );
    expectClose(describeMeasured(tensors, measure), expected[name], name);
  });

  it('gives the same for parts put together', async () => {
    const tensors = await pair('holes');
    const { elements } = tensors.left;
    const whole = await measurePart({ ...tensors, from: 0, count: elements }, blocks);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 700 }), async (at) => {
        const cut = at * 8;
        const parts = [
          await measurePart({ ...tensors, from: 0, count: cut }, blocks),
          await measurePart({ ...tensors, from: cut, count: elements - cut }, blocks),
        ] as const;
        const merged = describeMeasured(tensors, mergeMeasures(...parts));
        expectClose(merged, describeMeasured(tensors, whole), 'merged');
      }),
      { numRuns: 20 },
    );
  });

  it('compares elements by their place, whatever the order in the file', async () => {
    const [rows, columns, swapped] = await Promise.all(
      ['c-order.npy', 'fortran.npy', 'big-endian.npy'].map(
        async (name) => (await openTensorFile(join(fixtures, name))).tensors[0]!,
      ),
    );
    for (const right of [columns!, swapped!]) {
      const measure = await measurePart({ left: rows!, right, from: 0, count: 12 }, blocks);
      expect(measure.changed).toBe(0);
      expect(measure.numbers?.left).toMatchObject({ mean: 5.5, min: 0, max: 11 });
    }
  });

  it('compares what are no numbers by their bits', async () => {
    const { tensors } = await openTensorFile(join(fixtures, 'text.npy'));
    const part = { left: tensors[0]!, right: tensors[0]!, from: 0, count: 2 };
    expect(await measurePart(part, blocks)).toMatchObject({ count: 2, changed: 0, numbers: null });
  });

  it('compares those of the other order of bytes by their bits as well', async () => {
    const swapped = readFileSync(join(fixtures, 'arrays/new/big-complex.npy'));
    const start = swapped.indexOf("'>c16'");
    const own = Buffer.from(swapped);
    own[start + 1] = '<'.charCodeAt(0);
    own.subarray(own.length - 24 * 16).swap64();
    const path = join(tempFolder(), 'own.npy');
    writeFileSync(path, own);
    const files = [join(fixtures, 'arrays/new/big-complex.npy'), path].map(openTensorFile);
    const [left, right] = (await Promise.all(files)).map(({ tensors }) => tensors[0]!);
    const pair = { left: left!, right: right!, order: null };
    expect([left!.bigEndian, right!.bigEndian]).toEqual([true, false]);
    const measure = await measurePart({ ...pair, from: 0, count: 24 }, blocks);
    expect(describeMeasured(pair, measure)).toMatchObject({ change: 'same', note: null });
  });

  it('takes samples from all over a tensor', async () => {
    const { left } = await pair('holes');
    const sample = await sampleTensor(left);
    expect(sample).toHaveLength(2048);
    const { right } = await pair('constant');
    expect(new Set(await sampleTensor(right))).toEqual(new Set([Math.fround(0.3)]));
  });
});

describe('changed items', () => {
  it.each([4, 6, 8, 24, 40, 64])('counts items of %i bits as they are', (bits) => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(959), { maxLength: 12 }),
        fc.integer({ min: 1, max: 120 }),
        (flips, piece) => {
          const left = new Uint8Array(120);
          const right = new Uint8Array(120);
          for (const bit of new Set(flips)) right[bit >> 3]! ^= 1 << (bit & 7);
          const counter = countChangedItems(bits);
          for (let at = 0; at < 120; at += piece) {
            counter.add(left.subarray(at, at + piece), right.subarray(at, at + piece), at);
          }
          expect(counter.changed()).toBe(new Set(flips.map((bit) => Math.floor(bit / bits))).size);
        },
      ),
    );
  });
});

describe('sums of one side', () => {
  it('stay exact far from zero', () => {
    const sums = new SideSums();
    for (let index = 0; index < 1000; index++) sums.add(1e9 + (index % 2));
    const { finite, mean, m2 } = sums.result();
    expect(mean).toBeCloseTo(1e9 + 0.5, 6);
    expect(Math.sqrt(m2 / finite)).toBeCloseTo(0.5, 9);
  });
});

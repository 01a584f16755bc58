/**
 * Input that is not what it says: files under other names, pickles that hide from scanners, numbers
 * that are none. What each format makes of broken content is tested beside it.
 */
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTensorFile, type TensorFile } from '../../../src-main/formats/tensors.ts';
import { describeMeasured } from '../../../src-main/models/changes.ts';
import { BlockMeasure } from '../../../src-main/workers/block-measure.ts';
import { measurePart } from '../../../src-main/workers/tensor-measure.ts';
import { p, pickleBytes } from '../../support/pickle-bytes.ts';
import { tempFolder } from '../../support/temp.ts';
import { zipBytes } from '../../support/zip-bytes.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/models');

describe('files under a name that promises something else', () => {
  const names = ['x', 'x.bin', 'x.pt', 'x.safetensors', 'x.onnx', 'x.h5', 'x.pkl', 'x.txt'];
  it.each<[string, TensorFile['format']]>([
    ['arrays/new/every.safetensors', 'safetensors'],
    ['arrays/new/columns.npy', 'npy'],
    ['arrays/new/many.npz', 'npz'],
    ['pytorch/2.15/types.pt', 'pytorch'],
    ['pytorch/2.15/types-legacy.pt', 'pytorch'],
    ['pytorch/2.15/script.pt', 'torchscript'],
    ['sklearn/1.9/odd-4.pkl', 'pickle'],
    ['sklearn/1.9/pipeline.joblib', 'joblib'],
    ['onnx/new/types.onnx', 'onnx'],
    ['gguf/new/types.gguf', 'gguf'],
    ['keras/new/sequential.h5', 'keras'],
    ['keras/new/sequential.keras', 'keras'],
    ['tensorflow/new/plain.tflite', 'tflite'],
    ['boosters/new/xgboost.json', 'xgboost'],
    ['boosters/new/xgboost.ubj', 'xgboost'],
    ['boosters/new/lightgbm.txt', 'lightgbm'],
    ['boosters/new/catboost.cbm', 'catboost'],
    ['boosters/new/catboost.json', 'catboost'],
  ])('%s is known by its content', async (file, format) => {
    const folder = tempFolder();
    for (const name of names) {
      const path = join(folder, name);
      copyFileSync(join(fixtures, file), path);
      expect((await openTensorFile(path)).format, name).toBe(format);
    }
  });
});

describe('pickles that hide from scanners', () => {
  const system = p.call(p.global('os', 'system'), p.text('touch /tmp/owned'));
  const open = (content: Buffer, name: string) => {
    const path = join(tempFolder(), name);
    writeFileSync(path, content);
    return openTensorFile(path);
  };

  it.each(['model.bin', 'model.pt', 'model.pkl', 'model.safetensors'])(
    'are dangerous under any name (CVE-2025-10155): %s',
    async (name) => {
      expect(await open(pickleBytes(system), name)).toMatchObject({ badge: 'dangerous' });
    },
  );

  it('are followed in an archive whose checksum is wrong (CVE-2025-10156)', async () => {
    const data = pickleBytes(system);
    const archive = zipBytes([{ name: 'm/data.pkl', data, crc: 0xdeadbeef }]);
    expect(await open(archive, 'model.pt')).toMatchObject({ badge: 'dangerous' });
  });

  it.each([
    ['a module within a dangerous one (CVE-2025-10157)', 'asyncio.unix_events', '_UnixSubprocess'],
    ['what installs packages (CVE-2025-1716)', 'pip', 'main'],
  ])('are dangerous with %s', async (_, module, name) => {
    const content = pickleBytes(p.call(p.global(module, name), p.text('x')));
    const { badge, findings } = await open(content, 'model.pkl');
    expect(badge).toBe('dangerous');
    expect(findings).toEqual([expect.stringContaining(`${module}.${name}`)]);
  });
});

describe('numbers that are none', () => {
  const blocks = new BlockMeasure();
  async function tensor(dtype: string, shape: number[], bytes: Uint8Array) {
    const entry = { dtype, shape, data_offsets: [0, bytes.length] };
    const header = Buffer.from(JSON.stringify({ w: entry }));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    const path = join(tempFolder(), 'w.safetensors');
    writeFileSync(path, Buffer.concat([length, header, bytes]));
    return (await openTensorFile(path)).tensors[0]!;
  }
  const floats = (count: number, value: number) =>
    new Uint8Array(Float32Array.from({ length: count }, () => value).buffer);

  it.each<[string, number[], number, number]>([
    ['NaN everywhere', [10_001], Number.NaN, Number.NaN],
    ['infinities everywhere', [10_001], Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    ['NaN beside numbers', [4099], Number.NaN, 1],
  ])('are counted and nothing else: %s', async (_, shape, x, y) => {
    const count = shape[0]!;
    const [left, right] = [
      await tensor('F32', shape, floats(count, x)),
      await tensor('F32', shape, floats(count, y)),
    ];
    const measure = await measurePart({ left, right, from: 0, count }, blocks);
    expect(describeMeasured({ left, right, order: null }, measure)).toMatchObject({
      relativeL2: null,
      cosine: null,
      maxAbs: null,
      meanAbs: null,
      signFlips: 0,
      stats: null,
      changedShare: Object.is(x, y) ? 0 : 1,
      nonFinite: { left: count, right: Number.isFinite(y) ? 0 : count },
    });
  });

  it.each<[string, number[]]>([
    ['of no dimension', []],
    ['of one element in many dimensions', [1, 1, 1, 1, 1, 1]],
  ])('a tensor %s is one number', async (_, shape) => {
    const [left, right] = [
      await tensor('F32', shape, floats(1, 2)),
      await tensor('F32', shape, floats(1, -1)),
    ];
    const measure = await measurePart({ left, right, from: 0, count: 1 }, blocks);
    const found = describeMeasured({ left, right, order: null }, measure);
    expect(found).toMatchObject({ relativeL2: 1.5, cosine: -1, maxAbs: 3, signFlips: 1 });
  });

  it('a tensor without elements is the same as another', async () => {
    const [left, right] = [
      await tensor('F32', [0, 3], new Uint8Array(0)),
      await tensor('F32', [0, 3], new Uint8Array(0)),
    ];
    const measure = await measurePart({ left, right, from: 0, count: 0 }, blocks);
    const found = describeMeasured({ left, right, order: null }, measure);
    expect(found).toMatchObject({ change: 'same', changedShare: 0, relativeL2: null, stats: null });
  });

  it.each([
    ['BF16', 'F32'],
    ['F64', 'F32'],
    ['I64', 'F16'],
    ['BOOL', 'U8'],
  ])('tensors of %s and %s are compared by their values', async (a, b) => {
    const bytes = { BF16: 2, F32: 4, F64: 8, I64: 8, F16: 2, BOOL: 1, U8: 1 };
    const zeros = (type: string) => new Uint8Array(7 * bytes[type as keyof typeof bytes]);
    const [left, right] = [await tensor(a, [7], zeros(a)), await tensor(b, [7], zeros(b))];
    const measure = await measurePart({ left, right, from: 0, count: 7 }, blocks);
    const found = describeMeasured({ left, right, order: null }, measure);
    expect(found).toMatchObject({ change: 'modified', changedShare: 0, maxAbs: 0, relativeL2: 0 });
  });
});

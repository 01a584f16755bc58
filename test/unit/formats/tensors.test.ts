import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isModelPath, modelExtensions } from '../../../src-main/contract/model-files.ts';
import { toRowMajor, widen } from '../../../src-main/formats/tensor-values.ts';
import { isTensorPath, openTensorFile } from '../../../src-main/formats/tensors.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-tensors-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function open(name: string, content: string) {
  const path = join(folder, name);
  writeFileSync(path, content, 'latin1');
  return openTensorFile(path);
}

describe('opening tensors', () => {
  it('knows a file by its content before its name', async () => {
    const npy = "\x93NUMPY\x01\0\x3c\0{'descr': '<f4', 'fortran_order': False, 'shape': (0,)}     ";
    expect((await open('wrong.safetensors', npy)).format).toBe('npy');
    expect((await open('model.bin', '\x02\0\0\0\0\0\0\0{}')).format).toBe('safetensors');
    expect(isTensorPath('models/a.SAFETENSORS')).toBe(true);
    expect(isTensorPath('models/a.pt')).toBe(true);
    expect(isTensorPath('models/pytorch_model-00001-of-00002.bin')).toBe(true);
    expect(isTensorPath('models/a.bin')).toBe(false);
  });

  it('opens what the window offers as a model', () => {
    for (const extension of modelExtensions) {
      expect(isTensorPath(`models/a.${extension}`), extension).toBe(true);
      expect(isModelPath(`models/A.${extension.toUpperCase()}`), extension).toBe(true);
    }
    expect(isModelPath('models/npz')).toBe(false);
  });

  it.each([
    ['\x80\x09\x95', 'no tensors'],
    ['hello', 'no tensors'],
    ['', 'no tensors'],
  ])('says what else a file is: %j', async (content, message) => {
    await expect(open('some.bin', content)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining(message),
    });
  });

  it('says which promise of the name is broken', async () => {
    for (const name of ['a.safetensors', 'a.npy', 'a.npz', 'a.pt', 'a.pkl']) {
      await expect(open(name, 'hello')).rejects.toMatchObject({ code: 'corrupt' });
    }
  });

  it('names what cannot be opened', async () => {
    await expect(openTensorFile(join(folder, 'none'))).rejects.toMatchObject({ code: 'not-found' });
    await expect(openTensorFile(folder)).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('elements', () => {
  it('rounds 64-bit integers as hardware does', () => {
    const values = [0n, -1n, 2n ** 53n + 1n, -(2n ** 63n), 2n ** 63n - 1n];
    const into = new Float64Array(values.length);
    widen('i64', new Uint8Array(BigInt64Array.from(values).buffer), values.length, into);
    expect([...into]).toEqual(values.map(Number));
    const large = [2n ** 64n - 1n, 2n ** 63n];
    widen('u64', new Uint8Array(BigUint64Array.from(large).buffer), 2, into);
    expect([...into.subarray(0, 2)]).toEqual(large.map(Number));
  });

  it('reorders columns into rows in any number of dimensions', () => {
    // Element (i, j, k) of shape 2 × 3 × 2 holds 100 i + 10 j + k, stored by column.
    const columns = new Uint16Array(12);
    const rows: number[] = [];
    for (let i = 0; i < 2; i++)
      for (let j = 0; j < 3; j++)
        for (let k = 0; k < 2; k++) {
          columns[i + 2 * j + 6 * k] = 100 * i + 10 * j + k;
          rows.push(100 * i + 10 * j + k);
        }
    const ordered = toRowMajor(new Uint8Array(columns.buffer), [2, 3, 2], 2);
    expect([...new Uint16Array(ordered.buffer)]).toEqual(rows);
  });
});

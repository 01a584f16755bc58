/** Model files beside what the tool that wrote them says is in them. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { swapBytes, toRowMajor } from '../../src-main/formats/tensor-values.ts';
import {
  openTensorBytes,
  openTensorFile,
  type TensorFile,
  type TensorInfo,
} from '../../src-main/formats/tensors.ts';

/** By tensor name: dtype, shape, and the SHA-256 of the row-major, little-endian elements. */
export type ExpectedTensors = Readonly<
  Record<string, { dtype: string; shape: number[]; sha256: string }>
>;

/** The `expected.json` that a fixture's `make.py` wrote: by file name. */
export function expectedOf(folder: string): Readonly<Record<string, ExpectedTensors>> {
  return JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
}

/** All elements of a tensor, row by row, little endian; read in pieces of odd sizes. */
export async function elementsOf(tensor: TensorInfo): Promise<Buffer> {
  const bytes = await openTensorBytes(tensor.bytes);
  try {
    expect(bytes.length).toBe(tensor.bytes.length);
    const all = Buffer.alloc(bytes.length);
    const piece = Math.max(1, Math.ceil(bytes.length / 3));
    for (let at = 0; at < all.length; at += piece) bytes.read(all.subarray(at, at + piece), at);
    if (tensor.bigEndian) swapBytes(all, tensor.dtype);
    if (!tensor.fortranOrder) return all;
    return Buffer.from(toRowMajor(new Uint8Array(all), tensor.shape, tensor.dtype.bits / 8));
  } finally {
    bytes.close();
  }
}

/** Fails unless the file holds exactly what is expected, to the last bit. */
export async function expectTensors(file: TensorFile, expected: ExpectedTensors): Promise<void> {
  const found: Record<string, ExpectedTensors[string]> = {};
  for (const tensor of file.tensors) {
    const sha256 = createHash('sha256')
      .update(await elementsOf(tensor))
      .digest('hex');
    found[tensor.name] = { dtype: tensor.dtype.name, shape: [...tensor.shape], sha256 };
  }
  expect(found).toEqual(expected);
  expect(file.tensors.map(({ name }) => name)).toHaveLength(Object.keys(expected).length);
}

/**
 * Opens a file and reads all its tensors, again and again, cut and overwritten at any place; fails
 * when something other than a CairnError comes out of it.
 */
export async function survivesDamage(path: string, scratch: string, numRuns = 150): Promise<void> {
  const whole = readFileSync(path);
  const cut = fc.nat(Math.max(0, whole.length - 1)).map((length) => whole.subarray(0, length));
  // The start of a file is where its sizes and offsets are.
  const place = fc.oneof(fc.nat(whole.length - 1), fc.nat(Math.min(2047, whole.length - 1)));
  const value = fc.oneof(fc.nat(255), fc.constantFrom(0, 0x7f, 0x80, 0xff));
  const changed = fc
    .array(fc.tuple(place, value), { minLength: 1, maxLength: 8 })
    .map((changes) => {
      const bytes = Buffer.from(whole);
      for (const [at, byte] of changes) bytes[at] = byte;
      return bytes;
    });
  await fc.assert(
    fc.asyncProperty(fc.oneof(cut, changed), async (bytes) => {
      writeFileSync(scratch, bytes);
      try {
        const file = await openTensorFile(scratch);
        for (const tensor of file.tensors) {
          expect(tensor.bytes.length).toBeLessThan(64 * 1024 * 1024);
          await elementsOf(tensor);
        }
      } catch (error) {
        if ((error as Error).name !== 'CairnError') throw error;
      }
    }),
    { numRuns },
  );
}

/**
 * Opens a file cut at every length near its ends and at every eleventh between; each must be refused
 * with one of the codes.
 */
export async function expectRefusedWhenCut(
  path: string,
  scratch: string,
  codes: readonly string[] = ['corrupt'],
): Promise<void> {
  const whole = readFileSync(path);
  for (let length = 0; length < whole.length; length++) {
    const nearAnEnd = length < 100 || length > whole.length - 100;
    if (!nearAnEnd && length % 11 !== 0) continue;
    writeFileSync(scratch, whole.subarray(0, length));
    await expect(openTensorFile(scratch), `${length} bytes`).rejects.toMatchObject({
      name: 'CairnError',
      code: expect.stringMatching(new RegExp(`^(${codes.join('|')})$`)),
    });
  }
}

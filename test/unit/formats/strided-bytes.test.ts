import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StridedContent } from '../../../src-main/formats/tensor-file.ts';
import { openTensorBytes } from '../../../src-main/formats/tensors.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-strided-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const storage = Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 31) % 251));

/** Element by element, as NumPy defines strides. */
function gathered({ shape, strides, start, itemBytes }: StridedContent): Buffer {
  const items: Buffer[] = [];
  const visit = (axis: number, at: number): void => {
    if (axis === shape.length) items.push(storage.subarray(at, at + itemBytes));
    else for (let n = 0; n < shape[axis]!; n++) visit(axis + 1, at + n * strides[axis]!);
  };
  visit(0, start);
  return Buffer.concat(items);
}

const view = fc
  .record({
    itemBytes: fc.constantFrom(1, 2, 4, 8, 16),
    axes: fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.nat(40)), { maxLength: 4 }),
    start: fc.nat(200),
  })
  .map(({ itemBytes, axes, start }) => {
    const shape = axes.map(([size]) => size);
    const strides = axes.map(([, stride]) => stride);
    const length = shape.reduce((product, size) => product * size, itemBytes);
    return { kind: 'strided' as const, itemBytes, shape, strides, start, length };
  });

describe('views into a storage', () => {
  it('are put in row-major order, read in pieces of any size', async () => {
    const path = join(folder, 'storage');
    writeFileSync(path, Buffer.concat([Buffer.alloc(100), storage]));
    const range = {
      offset: 100,
      stored: storage.length,
      length: storage.length,
      skip: 0,
      crc32: null,
    };
    const bases = [
      { kind: 'range' as const, path, compression: 'none' as const, ...range },
      { kind: 'inline' as const, length: storage.length, bytes: storage },
    ];
    await fc.assert(
      fc.asyncProperty(view, fc.integer({ min: 1, max: 50 }), fc.nat(1), async (one, piece, at) => {
        const content = { ...one, base: bases[at]! };
        const opened = await openTensorBytes(content);
        try {
          const bytes = Buffer.alloc(opened.length);
          for (let from = 0; from < bytes.length; from += piece) {
            opened.read(bytes.subarray(from, Math.min(bytes.length, from + piece)), from);
          }
          expect(bytes).toEqual(gathered(content));
        } finally {
          opened.close();
        }
      }),
      { numRuns: 200 },
    );
  });

  it('may be empty', async () => {
    const empty = { kind: 'inline' as const, length: 0, bytes: Buffer.alloc(0) };
    const content = { shape: [0, 3], strides: [12, 4], itemBytes: 4, start: 0, length: 0 };
    expect((await openTensorBytes({ kind: 'strided', base: empty, ...content })).length).toBe(0);
  });

  it('are read from the file where they reach over more than fits in memory', async () => {
    const path = join(folder, 'sparse');
    writeFileSync(path, storage);
    const length = 2 * 1024 ** 3;
    const base = { kind: 'range' as const, path, offset: 0, stored: length, length };
    const whole = { ...base, compression: 'none' as const, skip: 0, crc32: null };
    const rows = { shape: [2, 4096], strides: [0, 1], itemBytes: 1, start: 0, length: 8192 };
    const wide = { ...rows, shape: [2, 2, 4096], strides: [2 ** 31 - 8192, 0, 1], length: 16_384 };
    const opened = await openTensorBytes({ kind: 'strided', base: whole, ...wide });
    const bytes = Buffer.alloc(8192);
    opened.read(bytes, 0);
    expect(bytes).toEqual(Buffer.concat([storage, storage]));
    opened.close();
    const scattered = {
      shape: [2, 2],
      strides: [2 ** 31 - 4, 4],
      itemBytes: 4,
      start: 0,
      length: 16,
    };
    await expect(
      openTensorBytes({ kind: 'strided', base: whole, ...scattered, itemBytes: 2 }),
    ).rejects.toMatchObject({ code: 'unsupported' });
  });
});

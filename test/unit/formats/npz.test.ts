import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CairnError } from '../../../src-main/base/errors.ts';
import {
  openTensorBytes,
  openTensorFile,
  type TensorInfo,
} from '../../../src-main/formats/tensors.ts';
import { rangeOf } from '../../support/tensor-files.ts';
import { type ZipMember, zipBytes } from '../../support/zip-bytes.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/models');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-npz-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const fixture = (name: string) => openTensorFile(join(fixtures, name));

async function doubles(tensor: TensorInfo | undefined): Promise<number[]> {
  if (!tensor) throw new Error('no such tensor');
  const bytes = await openTensorBytes(tensor.bytes);
  try {
    const values = new Float64Array(tensor.elements);
    bytes.read(new Uint8Array(values.buffer), 0);
    return [...values];
  } finally {
    bytes.close();
  }
}

function zip(members: ZipMember[], name = 'x.npz'): string {
  const path = join(folder, name);
  writeFileSync(path, zipBytes(members));
  return path;
}

const array = readFileSync(join(fixtures, 'c-order.npy'));

describe('NPZ', () => {
  it('reads stored members where they lie, zip64 fields and all', async () => {
    const file = await fixture('stored.npz');
    expect(file.tensors.map((one) => one.name)).toEqual(['weight', 'bias', 'empty']);
    expect(file.tensors[0]).toMatchObject({ fortranOrder: true, bytes: { compression: 'none' } });
    expect(file.tensors[1]).toMatchObject({ bigEndian: true, dtype: { name: 'i16' } });
    expect(await doubles(file.tensors[0])).toEqual([0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11]);
    expect(file.notes).toEqual([expect.stringContaining('objects.npy')]);
  });

  it('inflates deflated members', async () => {
    const file = await fixture('deflated.npz');
    expect(file.tensors[0]?.bytes).toMatchObject({ compression: 'deflate', skip: 128 });
    expect(await doubles(file.tensors[0])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('takes names that lead out of a folder for labels', async () => {
    const file = await fixture('traversal.npz');
    expect(file.tensors.map((one) => one.name)).toEqual(['../../outside', '/etc/passwd']);
    expect(file.tensors.every((one) => rangeOf(one.bytes).path === file.path)).toBe(true);
    expect(file.notes).toEqual(['notes.txt is not an array and was left out.']);
  });

  it.each<[string, ZipMember[], string, string]>([
    [
      'a name twice',
      [
        { name: 'a.npy', data: array },
        { name: 'a.npy', data: array },
      ],
      'corrupt',
      'twice',
    ],
    [
      'another name in the local record',
      [{ name: 'a.npy', localName: 'b.npy', data: array }],
      'corrupt',
      'two names',
    ],
    ['an encrypted member', [{ name: 'a.npy', data: array, flags: 1 }], 'unsupported', 'encrypted'],
    ['an unknown method', [{ name: 'a.npy', data: array, method: 14 }], 'unsupported', 'method 14'],
    [
      'a stored member of two sizes',
      [{ name: 'a.npy', data: array, size: 7 }],
      'corrupt',
      'disagree',
    ],
    [
      'a bomb',
      [{ name: 'a.npy', data: Buffer.alloc(1000), deflate: true, size: 4_000_000_000 }],
      'unsupported',
      'zip bomb',
    ],
    [
      'an array shorter than its shape',
      [{ name: 'a.npy', data: array.subarray(0, 200) }],
      'corrupt',
      'another length',
    ],
    ['another archive', [{ name: 'a.txt', data: array }], 'unsupported', 'without NumPy arrays'],
    ['data that cannot be inflated', [{ name: 'a.npy', data: array, method: 8 }], 'corrupt', ''],
  ])('refuses %s', async (_, members, code, message) => {
    await expect(openTensorFile(zip(members))).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  it('refuses members that share their bytes', async () => {
    const path = zip([{ name: 'a.npy', data: array }]);
    const whole = readFileSync(path);
    const at = whole.readUInt32LE(whole.length - 22 + 16);
    const record = whole.subarray(at, whole.length - 22);
    const end = Buffer.from(whole.subarray(-22));
    const other = Buffer.from(record);
    other.write('b.npy', 46);
    // A second local record with the other name inside the first member's data.
    const inner = Buffer.from(whole.subarray(0, 35));
    inner.write('b.npy', 30);
    inner.copy(whole, 40);
    other.writeUInt32LE(40, 42);
    other.writeUInt32LE(100, 20);
    other.writeUInt32LE(100, 24);
    end.writeUInt16LE(2, 10);
    end.writeUInt32LE(2 * record.length, 12);
    writeFileSync(path, Buffer.concat([whole.subarray(0, at), record, other, end]));
    await expect(openTensorFile(path)).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining('overlap'),
    });
  });

  it('checks what it inflates, at the latest when the elements are read', async () => {
    const failed = { code: 'corrupt', message: expect.stringContaining('checksum') };
    const small = zip([{ name: 'a.npy', data: array, deflate: true, crc: 1 }]);
    await expect(openTensorFile(small)).rejects.toMatchObject(failed);
    const header = "{'descr': '<f8', 'fortran_order': False, 'shape': (100000,)}";
    const start = Buffer.from(
      `\x93NUMPY\x01\0${String.fromCharCode(header.length)}\0${header}`,
      'latin1',
    );
    const data = Buffer.concat([start, Buffer.alloc(800_000, 'noise')]);
    const large = await openTensorFile(zip([{ name: 'a.npy', data, deflate: true, crc: 1 }]));
    await expect(doubles(large.tensors[0])).rejects.toMatchObject(failed);
  });

  it('never fails otherwise than with a sentence, however it is damaged', async () => {
    const path = join(folder, 'damaged.npz');
    const wholes = ['stored.npz', 'deflated.npz'].map((name) => readFileSync(join(fixtures, name)));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...wholes),
        fc.oneof(fc.constant(0), fc.nat(600)),
        fc.array(fc.tuple(fc.nat(1244), fc.nat(255)), { maxLength: 4 }),
        async (whole, cut, edits) => {
          const bytes = Buffer.from(whole.subarray(0, Math.max(0, whole.length - cut)));
          for (const [at, value] of edits) if (at < bytes.length) bytes[at] = value;
          writeFileSync(path, bytes);
          try {
            const file = await openTensorFile(path);
            for (const tensor of file.tensors) {
              const { offset, stored } = rangeOf(tensor.bytes);
              expect(offset + stored).toBeLessThanOrEqual(bytes.length);
              const opened = await openTensorBytes(tensor.bytes);
              expect(opened.length).toBe(tensor.bytes.length);
              opened.close();
            }
          } catch (error) {
            if (!(error instanceof CairnError)) throw error;
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CairnError } from '../../../src-main/base/errors.ts';
import { openTensorFile } from '../../../src-main/formats/tensors.ts';
import { rangeOf } from '../../support/tensor-files.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/models');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-npy-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const fixture = (name: string) => openTensorFile(join(fixtures, name));

function write(header: string, data: number, version = 1): string {
  const start = Buffer.from(`\x93NUMPY${String.fromCharCode(version)}\0`, 'latin1');
  const length = Buffer.alloc(version === 1 ? 2 : 4);
  if (version === 1) length.writeUInt16LE(header.length);
  else length.writeUInt32LE(header.length);
  const path = join(folder, 'x.npy');
  writeFileSync(
    path,
    Buffer.concat([start, length, Buffer.from(header, 'latin1'), Buffer.alloc(data)]),
  );
  return path;
}

describe('NPY', () => {
  it.each([1, 2, 3])('reads version %i', async (version) => {
    const { tensors } = await fixture(`version-${version}.npy`);
    expect(tensors[0]).toMatchObject({ name: 'array', shape: [3, 4], dtype: { name: 'f32' } });
  });

  it('tells orders of bytes and of elements', async () => {
    expect((await fixture('big-endian.npy')).tensors[0]?.bigEndian).toBe(true);
    expect((await fixture('fortran.npy')).tensors[0]?.fortranOrder).toBe(true);
    expect((await fixture('c-order.npy')).tensors[0]).toMatchObject({
      bigEndian: false,
      fortranOrder: false,
    });
  });

  it('does not care for the order of elements where there is only one', async () => {
    const header = "{'descr': '<f4', 'fortran_order': True, 'shape': (1, 5), }\n";
    const { tensors } = await openTensorFile(write(header, 20));
    expect(tensors[0]?.fortranOrder).toBe(false);
  });

  it('keeps text and complex numbers as bits', async () => {
    expect((await fixture('text.npy')).tensors[0]?.dtype).toMatchObject({
      name: 'str',
      bits: 96,
      decode: null,
    });
    expect((await fixture('complex.npy')).tensors[0]?.dtype).toMatchObject({
      name: 'c128',
      decode: null,
    });
  });

  it('refuses objects and structures with a sentence that says what to do', async () => {
    await expect(fixture('objects.npy')).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('save plain numbers'),
    });
    await expect(fixture('structured.npy')).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('save its fields'),
    });
  });

  it.each([
    ['a shape that is no tuple', "{'descr': '<f4', 'fortran_order': False, 'shape': (3)}", 12],
    ['an expression', "{'descr': '<f4', 'fortran_order': False, 'shape': (1+2,)}", 12],
    ['a call', "{'descr': __import__('os'), 'fortran_order': False, 'shape': (3,)}", 12],
    ['a key twice', "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (3,)}", 12],
    ['a key more', "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), 'x': 1}", 12],
    ['a key less', "{'descr': '<f4', 'shape': (3,)}", 12],
    [
      'a size of 2^53',
      "{'descr': '<f4', 'fortran_order': False, 'shape': (9007199254740992,)}",
      12,
    ],
    [
      'sizes that overflow',
      "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296)}",
      12,
    ],
    ['a negative size', "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}", 12],
    [
      'an array longer than the file',
      "{'descr': '<f4', 'fortran_order': False, 'shape': (4,)}",
      12,
    ],
    ['an unknown type', "{'descr': '<q4', 'fortran_order': False, 'shape': (3,)}", 12],
    ['nesting without end', '('.repeat(5000), 0],
    [
      'something behind the header',
      "{'descr': '<f4', 'fortran_order': False, 'shape': (3,)} 1",
      12,
    ],
  ])('refuses %s', async (_, header, data) => {
    await expect(openTensorFile(write(header, data))).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('says what it did not read behind the first array', async () => {
    const path = write("{'descr': '<f4', 'fortran_order': False, 'shape': (3L,)}", 20);
    expect((await openTensorFile(path)).notes).toEqual([
      '8 bytes behind the first array were not read.',
    ]);
  });

  it('refuses a header length that the file cannot hold', async () => {
    const bytes = Buffer.from(`\x93NUMPY\x02\0\xff\xff\xff\xff{}`, 'latin1');
    const path = join(folder, 'long.npy');
    writeFileSync(path, bytes);
    await expect(openTensorFile(path)).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('never fails otherwise than with a sentence, however it is damaged', async () => {
    const whole = readFileSync(join(fixtures, 'fortran.npy'));
    const path = join(folder, 'damaged.npy');
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length),
        fc.array(fc.tuple(fc.nat(127), fc.nat(255)), { maxLength: 4 }),
        async (length, edits) => {
          const bytes = Buffer.from(whole.subarray(0, length));
          for (const [at, value] of edits) if (at < length) bytes[at] = value;
          writeFileSync(path, bytes);
          try {
            for (const { bytes } of (await openTensorFile(path)).tensors) {
              const range = rangeOf(bytes);
              expect(range.offset + range.stored).toBeLessThanOrEqual(length);
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

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
  folder = mkdtempSync(join(tmpdir(), 'cairn-safetensors-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A file from a header's text and so many bytes of data. */
function write(header: string | Buffer, data: number, length?: bigint): string {
  const text = Buffer.from(header);
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(length ?? BigInt(text.length));
  const path = join(folder, 'x.safetensors');
  writeFileSync(path, Buffer.concat([size, text, Buffer.alloc(data)]));
  return path;
}

const tensor = (begin: number, end: number, shape = [(end - begin) / 4]) =>
  `{"dtype":"F32","shape":${JSON.stringify(shape)},"data_offsets":[${begin},${end}]}`;

describe('safetensors', () => {
  it('reads what the library wrote', async () => {
    const file = await openTensorFile(join(fixtures, 'names-left.safetensors'));
    const byName = new Map(file.tensors.map((one) => [one.name, one]));
    expect(file.format).toBe('safetensors');
    expect(byName.get('encoder.weight')).toMatchObject({ shape: [6, 5], elements: 30 });
    expect(byName.get('scalar')).toMatchObject({ shape: [], elements: 1, dtype: { name: 'f64' } });
    expect(byName.get('empty')).toMatchObject({ shape: [0, 3], elements: 0 });
  });

  it('knows every numeric type and keeps metadata under any key', async () => {
    const file = await openTensorFile(join(fixtures, 'types-left.safetensors'));
    expect([...file.metadata]).toEqual([
      ['format', 'np'],
      ['__proto__', 'kept'],
    ]);
    expect(new Set(file.tensors.map((one) => one.dtype.decode))).not.toContain(null);
    expect(file.tensors.find((one) => one.name === 'F8_E8M0')?.dtype.name).toBe('f8_e8m0');
  });

  it('takes packed types and trailing spaces', async () => {
    const path = write('{"a":{"dtype":"F4","shape":[3,2],"data_offsets":[0,3]}}   ', 3);
    const { tensors } = await openTensorFile(path);
    expect(tensors[0]).toMatchObject({ elements: 6, dtype: { name: 'f4', decode: null } });
  });

  it.each([
    ['a key twice', `{"a":${tensor(0, 4)},"a":${tensor(4, 8)}}`, 8, 'occurs twice'],
    [
      'a member twice',
      '{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
      4,
      'occurs twice',
    ],
    ['an escaped key twice', `{"a":${tensor(0, 4)},"\\u0061":${tensor(4, 8)}}`, 8, 'occurs twice'],
    ['a gap', `{"a":${tensor(0, 4)},"b":${tensor(8, 12)}}`, 12, 'gap or overlaps'],
    ['an overlap', `{"a":${tensor(0, 8)},"b":${tensor(4, 12)}}`, 12, 'gap or overlaps'],
    ['data beyond the end', `{"a":${tensor(0, 8)}}`, 4, 'cut short'],
    ['bytes of nobody', `{"a":${tensor(0, 4)}}`, 8, 'belong to no tensor'],
    ['offsets of another size', `{"a":${tensor(0, 8, [1])}}`, 8, 'do not fit'],
    ['a shape that overflows', `{"a":${tensor(0, 4, [2 ** 40, 2 ** 40])}}`, 4, 'do not fit'],
    [
      'an offset of 2^53',
      '{"a":{"dtype":"U8","shape":[1],"data_offsets":[9007199254740992,9007199254740993]}}',
      1,
      'larger than any file',
    ],
    [
      'an end before the begin',
      '{"a":{"dtype":"U8","shape":[1],"data_offsets":[2,1]}}',
      1,
      'do not fit',
    ],
    [
      'a negative size',
      '{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}}',
      1,
      'whole number',
    ],
    ['a fraction', '{"a":{"dtype":"U8","shape":[1.0],"data_offsets":[0,1]}}', 1, 'was expected'],
    ['an unknown type', '{"a":{"dtype":"F128","shape":[1],"data_offsets":[0,16]}}', 16, 'unknown'],
    [
      'an unknown member',
      '{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0],"x":1}}',
      0,
      'no member',
    ],
    ['a missing member', '{"a":{"dtype":"U8","shape":[0]}}', 0, 'lacks'],
    ['three offsets', '{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0,0]}}', 0, 'more than 2'],
    ['metadata that is no text', '{"__metadata__":{"a":1}}', 0, 'was expected'],
    ['something behind the header', '{} {}', 0, 'follows the end'],
    ['an array', '[1]', 0, 'does not start with {'],
    ['a broken escape', '{"\\x":1}', 0, 'escape'],
    ['a string without end', '{"abc', 0, 'not closed'],
  ])('refuses %s', async (_, header, data, message) => {
    const opened = openTensorFile(write(header, data));
    await expect(opened).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining(message),
    });
  });

  it('refuses a header that is not UTF-8', async () => {
    const opened = openTensorFile(write(Buffer.from('{"\xff":1}', 'latin1'), 0));
    await expect(opened).rejects.toMatchObject({ message: expect.stringContaining('UTF-8') });
  });

  it('refuses lengths of the header that the file cannot hold, without allocating them', async () => {
    for (const length of [3n, 100_000_001n, 2n ** 53n, 2n ** 64n - 1n]) {
      await expect(openTensorFile(write('{}', 0, length))).rejects.toMatchObject({
        code: 'corrupt',
      });
    }
    const short = join(folder, 'short.safetensors');
    writeFileSync(short, 'abc');
    await expect(openTensorFile(short)).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('never fails otherwise than with a sentence, however it is damaged', async () => {
    const whole = readFileSync(join(fixtures, 'names-left.safetensors'));
    const path = join(folder, 'damaged.safetensors');
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length),
        fc.array(fc.tuple(fc.nat(900), fc.nat(255)), { maxLength: 4 }),
        async (length, edits) => {
          const bytes = Buffer.from(whole.subarray(0, length));
          for (const [at, value] of edits) if (at < length) bytes[at] = value;
          writeFileSync(path, bytes);
          try {
            const file = await openTensorFile(path);
            for (const { bytes } of file.tensors) {
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

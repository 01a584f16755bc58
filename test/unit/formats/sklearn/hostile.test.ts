import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTensorFile } from '../../../../src-main/formats/tensors.ts';
import { p, pickleBytes } from '../../../support/pickle-bytes.ts';
import { elementsOf } from '../../../support/tensor-fixtures.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-sklearn-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function open(content: Buffer, name = 'x.joblib') {
  const path = join(folder, name);
  writeFileSync(path, content);
  return openTensorFile(path);
}

/** What NumPy pickles for a type such as `f4`. */
const dtype = (name: string, ...state: Buffer[]) =>
  p.sequence(
    p.call(p.global('numpy', 'dtype'), p.text(name), p.false, p.raw('\x88')),
    state.length > 0 ? p.tuple(...state) : p.tuple(p.int(3), p.text('<'), p.none, p.none, p.none),
    p.raw('b'),
  );
const array = (data: Buffer, type: Buffer, ...shape: number[]) =>
  p.call(
    p.global('numpy.core.numeric', '_frombuffer'),
    p.bytes(data),
    type,
    p.tuple(...shape.map(p.int)),
    p.text('C'),
  );
const wrapper = (type: Buffer, shape: number[], ...more: Array<[Buffer, Buffer]>) =>
  p.sequence(
    p.global('joblib.numpy_pickle', 'NumpyArrayWrapper'),
    p.raw(')\x81'),
    p.dict(
      [p.text('shape'), p.tuple(...shape.map(p.int))],
      [p.text('order'), p.text('C')],
      [p.text('dtype'), type],
      ...more,
    ),
    p.raw('b'),
  );

describe('compressed pickles', () => {
  const zeros = Buffer.alloc(60 * 1024 * 1024);
  const pattern = Buffer.from(Float32Array.from({ length: 2_000_000 }, (_, at) => at).buffer);
  const whole = pickleBytes(
    p.list(array(zeros, dtype('u1'), zeros.length), array(pattern, dtype('f4'), 2_000_000)),
  );
  const zipped = gzipSync(whole, { level: 1 });
  const named = Buffer.concat([zipped.subarray(0, 10), Buffer.from('name\0'), zipped.subarray(10)]);
  named[3]! |= 8;

  it.each([
    ['zlib', deflateSync(whole, { level: 1 })],
    ['gzip', zipped],
    ['gzip with a name', named],
  ])('hold little in memory, and read the rest where it is: %s', async (_, content) => {
    const { tensors } = await open(content);
    expect(tensors.map((one) => one.bytes.kind)).toEqual(['inline', 'range']);
    // Twice, as two sides of a comparison do.
    const reads = await Promise.all([elementsOf(tensors[1]!), elementsOf(tensors[1]!)]);
    for (const bytes of reads) expect(bytes.equals(pattern)).toBe(true);
  });

  it('are refused when they unpack to more than fits', async () => {
    // Members of a gzip file follow each other as if they were one.
    const part = gzipSync(Buffer.alloc(64 * 1024 * 1024), { level: 1 });
    await expect(open(Buffer.concat(Array(9).fill(part)))).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('over 200 times its size'),
    });
  });

  it('are refused when they are damaged', async () => {
    const content = deflateSync(whole.subarray(0, 5000));
    content.fill(0x55, 20, 60);
    await expect(open(content)).rejects.toMatchObject({ code: 'corrupt' });
  });
});

describe('arrays that NumPy would not write', () => {
  it.each<[string, Buffer, string]>([
    ['more elements than bytes', array(Buffer.alloc(8), dtype('f4'), 3), 'another length'],
    ['fewer elements than bytes', array(Buffer.alloc(8), dtype('f4'), 1), 'another length'],
    [
      'more elements than numbers',
      array(Buffer.alloc(8), dtype('f4'), ...Array(8).fill(2 ** 31 - 1)),
      'shape',
    ],
    ['a negative shape', array(Buffer.alloc(8), dtype('f4'), -2, -1), 'shape'],
    ['an unknown type', array(Buffer.alloc(8), dtype('q9'), 1), 'unknown'],
    [
      'a type without a name',
      array(Buffer.alloc(8), p.call(p.global('numpy', 'dtype')), 1),
      'type',
    ],
    [
      'a field beyond its record',
      array(
        Buffer.alloc(8),
        dtype(
          'V8',
          ...[p.int(3), p.text('|'), p.none, p.tuple(p.text('a'))],
          p.dict([p.text('a'), p.tuple(dtype('f8'), p.int(4))]),
          ...[p.int(8), p.int(1), p.int(0)],
        ),
        1,
      ),
      'type',
    ],
    [
      'elements beyond the file',
      p.sequence(wrapper(dtype('f8'), [1_000_000]), Buffer.alloc(40)),
      'ends inside',
    ],
    ['a wrapper of nothing', p.sequence(wrapper(p.none, [1]), Buffer.alloc(40)), 'type'],
    [
      'objects that are none',
      p.sequence(wrapper(dtype('O8'), [1]), pickleBytes(p.int(1))),
      'no elements',
    ],
  ])('are refused: %s', async (_, content, message) => {
    await expect(open(pickleBytes(content))).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining(message),
    });
  });

  it('have their dangerous names told, in a pickle within as well', async () => {
    const inner = pickleBytes(p.call(p.global('os', 'system'), p.text('x')));
    const file = await open(pickleBytes(wrapper(dtype('O8'), [1]), inner));
    expect(file.badge).toBe('dangerous');
  });

  it('may be aligned by as many bytes as the first says', async () => {
    const data = Buffer.from(Float64Array.of(1, 2).buffer);
    const aligned: [Buffer, Buffer] = [p.text('numpy_array_alignment_bytes'), p.int(16)];
    const padded = Buffer.concat([Buffer.from([3, 0xff, 0xff, 0xff]), data]);
    const { tensors } = await open(pickleBytes(wrapper(dtype('f8'), [2], aligned), padded));
    expect(await elementsOf(tensors[0]!)).toEqual(data);
  });

  it('are noted when joblib kept them in files of their own', async () => {
    const old = p.sequence(
      p.global('joblib.numpy_pickle', 'NDArrayWrapper'),
      p.raw(')\x81'),
      p.dict([p.text('filename'), p.text('../../etc/passwd')]),
      p.raw('b'),
    );
    const file = await open(pickleBytes(p.dict([p.text('coef_'), old])));
    expect(file.tensors).toEqual([]);
    expect(file.notes).toEqual([expect.stringContaining('coef_ lies in a file of its own')]);
  });
});

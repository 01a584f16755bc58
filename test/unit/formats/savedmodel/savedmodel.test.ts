import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { maskedCrc32c } from '../../../../src-main/formats/crc32c.ts';
import { isTensorPath, openTensorFile } from '../../../../src-main/formats/tensors.ts';
import {
  elementsOf,
  expectedOf,
  expectTensors,
  survivesDamage,
} from '../../../support/tensor-fixtures.ts';

const fixtures = join(import.meta.dirname, '../../../fixtures/models/tensorflow');
let scratch: string;
let folder: string;
beforeAll(() => {
  scratch = realpathSync(mkdtempSync(join(tmpdir(), 'cairn-savedmodel-')));
});
beforeEach(() => {
  folder = mkdtempSync(join(scratch, 'model-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = BigInt(value);
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Buffer.from([...bytes, Number(rest)]);
}
const field = (number: number, value: number) => Buffer.concat([varint(number * 8), varint(value)]);
const message = (number: number, ...parts: Buffer[]) => {
  const content = Buffer.concat(parts);
  return Buffer.concat([varint(number * 8 + 2), varint(content.length), content]);
};
const shape = (...sizes: number[]) =>
  message(2, ...sizes.map((size) => message(2, field(1, size))));
const header = field(1, 1);
/** Four floats at the start of the only shard. */
const four = Buffer.concat([field(1, 1), shape(2, 2), field(5, 16)]);

type Entries = Array<readonly [key: string, value: Buffer]>;

function block(entries: Entries): Buffer {
  const parts = entries.map(([key, value]) => {
    const name = Buffer.from(key, 'latin1');
    return Buffer.concat([varint(0), varint(name.length), varint(value.length), name, value]);
  });
  return Buffer.concat([...parts, Buffer.from([0, 0, 0, 0, 1, 0, 0, 0])]);
}

function stored(content: Buffer, compression = 0): Buffer {
  const marked = Buffer.concat([content, Buffer.from([compression])]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(maskedCrc32c(marked));
  return Buffer.concat([marked, checksum]);
}

/** Snappy with nothing but literals, and a declared length. */
function snappy(content: Buffer, length = content.length): Buffer {
  const pieces: Buffer[] = [varint(length)];
  for (let at = 0; at < content.length; at += 60) {
    const piece = content.subarray(at, at + 60);
    pieces.push(Buffer.from([(piece.length - 1) << 2]), piece);
  }
  return Buffer.concat(pieces);
}

/** A table of blocks that are stored already, and its footer. */
function table(blocks: Buffer[], handles?: Array<[offset: number, length: number]>): Buffer {
  let at = 0;
  const places = blocks.map((one): [number, number] => {
    at += one.length;
    return [at - one.length, one.length - 5];
  });
  const index = stored(
    block(
      (handles ?? places).map(([offset, length]) => [
        'z',
        Buffer.concat([varint(offset), varint(length)]),
      ]),
    ),
  );
  const footer = Buffer.alloc(48);
  Buffer.concat([varint(0), varint(0), varint(at), varint(index.length - 5)]).copy(footer);
  footer.writeBigUInt64LE(0xdb4775248b80fb57n, 40);
  return Buffer.concat([...blocks, index, footer]);
}

function open(content: Buffer, data: number | null = 16) {
  const path = join(folder, 'variables.index');
  writeFileSync(path, content);
  if (data !== null) {
    writeFileSync(join(folder, 'variables.data-00000-of-00001'), Buffer.alloc(data, 7));
  }
  return openTensorFile(path);
}
const openEntries = (entries: Entries, data?: number) =>
  open(table([stored(block([['', header], ...entries]))]), data);

describe('checkpoints of TensorFlow', () => {
  const names = ['saved/variables/variables.index', 'saved/saved_model.pb', 'ckpt-7.index'];
  it.each(['new', 'old'].flatMap((version) => names.map((name) => [version, name] as const)))(
    'agree with TensorFlow bit by bit: %s %s',
    async (version, name) => {
      const file = await openTensorFile(join(fixtures, version, name));
      await expectTensors(file, expectedOf(join(fixtures, version))[name]!);
      expect(file).toMatchObject({ format: 'savedmodel', badge: 'data', findings: [] });
      expect(file.path).toBe(join(fixtures, version, name));
      expect(file.companions).toHaveLength(2 - Number(name.includes('variables.index')));
      expect(isTensorPath(file.path)).toBe(true);
      const notes = name.startsWith('ckpt') ? [] : [expect.stringContaining('"words"')];
      expect(file.notes).toEqual(notes);
    },
  );

  it('are read when their blocks are packed by Snappy', async () => {
    const content = snappy(
      block([
        ['', header],
        ['w', four],
      ]),
    );
    const file = await open(table([stored(content, 1)]));
    expect(file.tensors[0]).toMatchObject({ name: 'w', shape: [2, 2], elements: 4 });
    expect(await elementsOf(file.tensors[0]!)).toEqual(Buffer.alloc(16, 7));
  });

  it('leave out parts of variables that were cut up, and say so', async () => {
    const sliced = Buffer.concat([field(1, 1), shape(2, 2), message(7)]);
    const file = await openEntries([
      ['\x01part', four],
      ['cut', sliced],
      ['w', four],
    ]);
    expect(file.tensors.map(({ name }) => name)).toEqual(['w']);
    expect(file.notes).toEqual([expect.stringContaining('"cut" was saved in slices')]);
  });

  it('read nothing outside their folder', async () => {
    writeFileSync(join(scratch, 'secret'), Buffer.alloc(16));
    symlinkSync(join(scratch, 'secret'), join(folder, 'variables.data-00000-of-00001'));
    const opened = open(
      table([
        stored(
          block([
            ['', header],
            ['w', four],
          ]),
        ),
      ]),
      null,
    );
    await expect(opened).rejects.toMatchObject({ code: 'unsupported' });
    cpSync(join(fixtures, 'new/saved/saved_model.pb'), join(folder, 'saved_model.pb'));
    symlinkSync(join(fixtures, 'new/saved/variables'), join(folder, 'variables'));
    await expect(openTensorFile(join(folder, 'saved_model.pb'))).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('outside its own folder'),
    });
  });

  const entry = (...parts: Buffer[]): Entries => [['w', Buffer.concat([field(1, 1), ...parts])]];
  const block1 = stored(block([['', header]]));
  it.each<[string, () => Promise<unknown>, string]>([
    [
      'a size that is not that of the shape',
      () => openEntries(entry(shape(3), field(5, 16))),
      'another size',
    ],
    [
      'a shape that overflows',
      () => openEntries(entry(shape(2 ** 40, 2 ** 40), field(5, 16))),
      'another size',
    ],
    [
      'many dimensions',
      () => openEntries(entry(shape(...Array(65).fill(1)), field(5, 4))),
      'another size',
    ],
    ['values beyond the end', () => openEntries([['w', four]], 8), 'beyond its end'],
    [
      'an offset beyond the end',
      () => openEntries(entry(shape(4), field(4, 2 ** 40), field(5, 16))),
      'beyond its end',
    ],
    [
      'a shard that is not there',
      () => openEntries(entry(shape(4), field(3, 7), field(5, 16))),
      'shard 7 of 1',
    ],
    [
      'keys out of order',
      () =>
        openEntries([
          ['b', four],
          ['a', four],
        ]),
      'not in order',
    ],
    [
      'a name twice',
      () =>
        openEntries([
          ['a', four],
          ['a/.ATTRIBUTES/VARIABLE_VALUE', four],
        ]),
      'occurs twice',
    ],
    ['no header', () => open(table([stored(block([['w', four]]))])), 'not start with a header'],
    ['nothing at all', () => open(table([])), 'no sound header'],
    [
      'a block very often',
      () =>
        open(
          table(
            [block1],
            [
              [0, block1.length - 5],
              [0, block1.length - 5],
            ],
          ),
        ),
      'overlap',
    ],
    ['a block beyond the end', () => open(table([block1], [[2 ** 40, 5]])), 'beyond its end'],
    [
      'a wrong checksum',
      () => open(table([Buffer.concat([block1.subarray(0, -1), Buffer.from([1])])])),
      'checksum',
    ],
    [
      'an unknown packing',
      () => open(table([stored(block([['', header]]), 3)])),
      'unknown method 3',
    ],
    [
      'a bomb',
      () => open(table([stored(snappy(block([['', header]]), 2 ** 40), 1)])),
      'unpacks to too much',
    ],
    [
      'damaged Snappy',
      () => open(table([stored(Buffer.from([20, 1, 200]), 1)])),
      'cannot be unpacked',
    ],
    ['no table', () => open(Buffer.alloc(100)), 'not end as a table'],
    ['an empty file', () => open(Buffer.alloc(0)), 'not end as a table'],
  ])('refuse %s', async (_, opened, why) => {
    await expect(opened()).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining(why),
    });
  });

  it('survive damage', async () => {
    cpSync(join(fixtures, 'new'), folder, { recursive: true });
    await survivesDamage(join(fixtures, 'new/ckpt-7.index'), join(folder, 'ckpt-7.index'));
    const index = 'saved/variables/variables.index';
    await survivesDamage(join(fixtures, 'new', index), join(folder, index), 60);
  });
});

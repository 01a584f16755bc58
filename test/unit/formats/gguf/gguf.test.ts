import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isTensorPath, openTensorFile } from '../../../../src-main/formats/tensors.ts';
import {
  elementsOf,
  expectedOf,
  expectTensors,
  survivesDamage,
} from '../../../support/tensor-fixtures.ts';

const fixtures = join(import.meta.dirname, '../../../fixtures/models/gguf');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-gguf-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const u64 = (value: number | bigint) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};
const text = (value: string) => Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);
const alignment = (value: number) => [text('general.alignment'), u32(4), u32(value)];

interface Record {
  name?: string;
  shape?: Array<number | bigint>;
  type?: number;
  offset?: number | bigint;
  dimensions?: number;
}

function record({ name = 'a', shape = [4], type = 0, offset = 0, dimensions }: Record) {
  return [text(name), u32(dimensions ?? shape.length), ...shape.map(u64), u32(type), u64(offset)];
}

interface Parts {
  version?: number;
  keys?: Buffer[][];
  keyCount?: number | bigint;
  records?: Record[];
  recordCount?: number | bigint;
  data?: number;
  pad?: number;
}

function open(parts: Parts) {
  const { version = 3, keys = [], records = [], data = 256, pad = 32 } = parts;
  const header = Buffer.concat([
    Buffer.from('GGUF'),
    u32(version),
    u64(parts.recordCount ?? records.length),
    u64(parts.keyCount ?? keys.length),
    ...keys.flat(),
    ...records.flatMap(record),
  ]);
  const path = join(folder, 'x.gguf');
  const gap = (pad - (header.length % pad)) % pad;
  writeFileSync(path, Buffer.concat([header, Buffer.alloc(gap + data, 1)]));
  return openTensorFile(path);
}

describe('GGUF', () => {
  it.each([
    ['new', 'types.gguf'],
    ['new', 'big-endian.gguf'],
    ['old', 'types.gguf'],
    ['old', 'big-endian.gguf'],
  ])('reads every type as the gguf package does: %s %s', async (version, name) => {
    const file = await openTensorFile(join(fixtures, version, name));
    await expectTensors(file, expectedOf(join(fixtures, version))[name]!);
    expect(file).toMatchObject({ format: 'gguf', badge: 'data', notes: [] });
    expect(isTensorPath(file.path)).toBe(true);
  });

  it('shows keys and values of every type', async () => {
    const { metadata } = await openTensorFile(join(fixtures, 'new/types.gguf'));
    expect(Object.fromEntries(metadata)).toMatchObject({
      'GGUF version': '3',
      'general.architecture': 'llama',
      'general.name': 'a model 🚀',
      'k.u8': '200',
      'k.i8': '-3',
      'k.u16': '60000',
      'k.i16': '-300',
      'k.u32': '4000000000',
      'k.i32': '-70000',
      'k.u64': '9223372036854775809',
      'k.i64': '-4611686018427387905',
      'k.f32': '0.00001',
      'k.f64': '0.1',
      'k.bool': 'true',
      'k.ints': '[1, 2, 3]',
      'k.words': `[${[0, 1, 2, 3, 4, 5, 6, 7].map((i) => `"word ${i}"`).join(', ')}, …] (20)`,
    });
    const big = await openTensorFile(join(fixtures, 'new/big-endian.gguf'));
    expect(big.metadata.get('GGUF version')).toBe('3, big endian');
  });

  it('reads quantised elements from any place', async () => {
    const { tensors } = await openTensorFile(join(fixtures, 'new/types.gguf'));
    for (const tensor of tensors.filter(({ bytes }) => bytes.kind === 'quantised')) {
      const all = await elementsOf(tensor);
      const values = new Float32Array(all.buffer, all.byteOffset, tensor.elements);
      expect(values.every(Number.isFinite)).toBe(true);
      expect(new Set(values).size).toBeGreaterThan(2);
    }
  });

  it('reads version 1, whose counts have 32 bits', async () => {
    const name = Buffer.concat([u32(1), Buffer.from('a')]);
    const key = Buffer.concat([u32(1), Buffer.from('k'), u32(8), u32(2), Buffer.from('é')]);
    const list = Buffer.concat([u32(1), Buffer.from('l'), u32(9), u32(5), u32(1), u32(0xffffffff)]);
    const header = [Buffer.from('GGUF'), u32(1), u32(1), u32(2), key, list];
    const tensor = [name, u32(2), u32(3), u32(2), u32(0), u64(0)];
    const start = Buffer.concat([...header, ...tensor]);
    const data = Buffer.from(new Float32Array([1, 2, 3, 4, 5, 6]).buffer);
    const path = join(folder, 'one.gguf');
    writeFileSync(path, Buffer.concat([start, Buffer.alloc(32 - (start.length % 32)), data]));
    const file = await openTensorFile(path);
    expect(file.metadata.get('k')).toBe('é');
    expect(file.metadata.get('l')).toBe('[-1]');
    expect(file.tensors[0]).toMatchObject({ name: 'a', shape: [2, 3] });
    expect(await elementsOf(file.tensors[0]!)).toEqual(data);
  });

  it('takes another alignment, 0-d and empty tensors, and says that a part is one', async () => {
    const file = await open({
      keys: [
        alignment(64),
        [text('split.no'), u32(2), Buffer.from([1, 0])],
        [text('split.count'), u32(2), Buffer.from([3, 0])],
      ],
      records: [{ shape: [] }, { name: 'b/🚀', shape: [0, 3], offset: 64 }],
      pad: 64,
    });
    expect(file.tensors.map(({ name, shape, elements }) => [name, shape, elements])).toEqual([
      ['a', [], 1],
      ['b/🚀', [3, 0], 0],
    ]);
    expect(file.notes).toEqual([expect.stringContaining('part 2 of 3')]);
  });

  const beyond = 2n ** 63n;
  it.each<[string, Parts, string]>([
    // Counts that overflow an allocation (CVE-2024-21802).
    ['more keys than fit', { keyCount: beyond }, 'larger than any file'],
    ['very many keys', { keyCount: 2 ** 32 }, 'over 100 000 keys'],
    ['very many tensors', { recordCount: 2 ** 32 - 1 }, 'over 200 000 tensors'],
    [
      'a list longer than the file',
      { keys: [[text('k'), u32(9), u32(8), u64(2 ** 40)]] },
      'more than it holds',
    ],
    [
      'a list of no known type',
      { keys: [[text('k'), u32(9), u32(99), u64(1)]] },
      'type 99 is unknown',
    ],
    ['a text longer than the file', { keys: [[text('k'), u32(8), u64(2 ** 20)]] }, 'cut short'],
    ['a text beyond reason', { keys: [[text('k'), u32(8), u64(2 ** 40)]] }, 'longer than'],
    ['too many dimensions', { records: [{ dimensions: 0xffffffff }] }, 'over 4 dimensions'],
    // Sizes whose sum wraps around (CVE-2025-53630).
    ['a size that wraps around', { records: [{ shape: [2n ** 62n, 4n] }] }, 'larger than any file'],
    ['a shape that overflows', { records: [{ shape: [2 ** 40, 2 ** 40] }] }, 'does not fit'],
    ['sizes whose sum wraps', { records: [{ offset: beyond - 32n }] }, 'larger than any file'],
    ['data beyond the end', { records: [{ shape: [65] }] }, 'beyond its end'],
    ['an offset beyond the end', { records: [{ offset: 2 ** 40 }] }, 'beyond its end'],
    ['half a block', { records: [{ shape: [33], type: 2 }] }, 'does not fit'],
    ['an unknown type', { records: [{ type: 4 }] }, 'type 4 is unknown'],
    ['no alignment', { records: [{ offset: 4 }] }, 'not aligned'],
    ['a name twice', { records: [{}, { offset: 32 }] }, 'occurs twice'],
    ['an overlap', { records: [{ shape: [12] }, { name: 'b', offset: 32 }] }, 'overlaps'],
    ['a key twice', { keys: [alignment(32), alignment(32)] }, 'occurs twice'],
    ['an alignment of 0', { keys: [alignment(0)] }, 'no power of two'],
    ['an odd alignment', { keys: [alignment(48)] }, 'no power of two'],
    ['a later version', { version: 9 }, 'version 9'],
    ['version 0', { version: 0 }, 'version 0'],
  ])('refuses %s', async (_, parts, message) => {
    await expect(open(parts)).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining(message),
    });
  });

  it('refuses lists in lists without end', async () => {
    const nested = Array.from({ length: 5000 }, () => [u32(9), u64(1)]).flat();
    await expect(open({ keys: [[text('k'), u32(9), ...nested]] })).rejects.toMatchObject({
      message: expect.stringContaining('nested too deeply'),
    });
  });

  it.each(['types.gguf', 'big-endian.gguf'])('survives damage: %s', async (name) => {
    await survivesDamage(join(fixtures, 'new', name), join(folder, 'damaged.gguf'));
  });
});

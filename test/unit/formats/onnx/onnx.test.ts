import {
  cpSync,
  linkSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isTensorPath, openTensorFile } from '../../../../src-main/formats/tensors.ts';
import {
  elementsOf,
  expectedOf,
  expectTensors,
  survivesDamage,
} from '../../../support/tensor-fixtures.ts';

const fixtures = join(import.meta.dirname, '../../../fixtures/models/onnx');
let scratch: string;
let folder: string;
beforeAll(() => {
  scratch = realpathSync(mkdtempSync(join(tmpdir(), 'cairn-onnx-')));
});
beforeEach(() => {
  folder = mkdtempSync(join(scratch, 'model-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

function varint(value: number | bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Buffer.from([...bytes, Number(rest)]);
}
const number = (field: number, value: number | bigint) =>
  Buffer.concat([varint(field * 8), varint(value)]);
const bytes = (field: number, value: Buffer | string, length?: number | bigint) => {
  const content = Buffer.from(value);
  return Buffer.concat([varint(field * 8 + 2), varint(length ?? content.length), content]);
};
const external = (entries: Record<string, string>) => [
  ...Object.entries(entries).map(([key, value]) =>
    bytes(13, Buffer.concat([bytes(1, key), bytes(2, value)])),
  ),
  number(14, 1),
];

/** A model of tensors, each a list of fields, and of further fields of its graph. */
function model(tensors: Buffer[][], more: Buffer[] = []): Buffer {
  const graph = [...tensors.map((fields) => bytes(5, Buffer.concat(fields))), ...more];
  return Buffer.concat([number(1, 8), bytes(2, 'test'), bytes(7, Buffer.concat(graph))]);
}
function open(content: Buffer) {
  const path = join(folder, 'x.onnx');
  writeFileSync(path, content);
  return openTensorFile(path);
}
const floats = (name: string, count: number) => [number(1, count), number(2, 1), bytes(8, name)];
const raw = (length: number) => bytes(9, Buffer.alloc(length));
const outside = (location: string, more: Record<string, string> = {}) =>
  open(model([[...floats('w', 4), ...external({ location, ...more })]]));

describe('ONNX', () => {
  const files = ['types.onnx', 'places.onnx', 'one.onnx', 'each.onnx'];
  it.each(['new', 'old'].flatMap((version) => files.map((name) => [version, name] as const)))(
    'agrees with onnx bit by bit: %s %s',
    async (version, name) => {
      const file = await openTensorFile(join(fixtures, version, name));
      await expectTensors(file, expectedOf(join(fixtures, version))[name]!);
      expect(file).toMatchObject({ format: 'onnx', badge: 'data', findings: [] });
      expect(isTensorPath(file.path)).toBe(true);
      expect(file.companions?.length).toBe({ 'one.onnx': 1, 'each.onnx': 2 }[name as string]);
    },
  );

  it('says what the model is, and what was left out', async () => {
    const { metadata, notes, structure } = await openTensorFile(join(fixtures, 'new/types.onnx'));
    expect(Object.fromEntries(metadata)).toEqual({
      ir_version: '8',
      producer: 'cairn',
      'producer version': '1.2',
      author: 'nobody',
      opsets: 'ai.onnx 17',
      inputs: 'x: f32[batch, 3]',
      outputs: 'y: f32',
    });
    expect(notes).toEqual([expect.stringContaining('"words" holds text')]);
    expect(structure).toEqual({
      kind: 'graph',
      inputs: [{ name: 'x', type: 'f32[batch, 3]' }],
      outputs: [{ name: 'y', type: 'f32' }],
      nodes: [
        { name: 'same', op: 'Identity', inputs: ['x'], outputs: ['y'], settings: [], scope: [] },
      ],
      leftOut: 0,
      types: new Map([
        ['x', 'f32[batch, 3]'],
        ['y', 'f32'],
      ]),
    });
  });

  it('keeps the graph, with those inside others', async () => {
    const { structure } = await openTensorFile(join(fixtures, 'new/places.onnx'));
    expect(structure?.inputs).toEqual([{ name: 'x', type: 'f32[batch, 3]' }]);
    expect(structure?.nodes.map(({ name, op }) => `${name} ${op}`)).toEqual([
      ' Constant',
      ' Constant',
      'choose If',
      'choose.else_branch/plus Add',
      'choose.then_branch/plus Add',
      'fill ConstantOfShape',
      'forest ai.onnx.ml.TreeEnsembleRegressor',
      'cairn.F/ Constant',
      'cairn.F/ Add',
    ]);
    const branch = structure?.nodes.find(({ name }) => name === 'choose.then_branch/plus');
    // A value of the graph around it, and one of its own.
    expect(branch).toMatchObject({
      inputs: ['x', 'choose.then_branch/w'],
      outputs: ['choose.then_branch/out'],
      scope: ['choose', 'then_branch'],
    });
    const owner = structure?.nodes.find(({ name }) => name === 'choose');
    expect(owner?.yields).toEqual(['choose.else_branch/out', 'choose.then_branch/out']);
    const settings = new Map(structure?.nodes.flatMap((node) => node.settings));
    expect(settings.get('then_branch')).toBe('a graph of 1 node');
    expect(settings.get('n_targets')).toBe('1');
    expect(settings.get('nodes_values')).toMatch(/^\[-0\.34131238, .*, … 4 more\]$/);
  });

  it('knows a model by its content', async () => {
    cpSync(join(fixtures, 'new/places.onnx'), join(folder, 'some.bin'));
    expect((await openTensorFile(join(folder, 'some.bin'))).format).toBe('onnx');
  });

  it('reads numbers one by one, in any order of the fields, and negative ones', async () => {
    const one = (value: number) => {
      const field = Buffer.alloc(5);
      field[0] = 4 * 8 + 5;
      field.writeFloatLE(value, 1);
      return field;
    };
    const file = await open(
      model([
        [one(1.5), one(-2), ...floats('f', 2)],
        [number(7, -5), number(7, 2n ** 62n), number(1, 2), number(2, 7), bytes(8, 'i')],
        [
          bytes(5, Buffer.concat([varint(-1), varint(3)])),
          number(1, 2),
          number(2, 3),
          bytes(8, 'b'),
        ],
        [bytes(4, Buffer.alloc(4)), bytes(4, Buffer.alloc(4, 1)), ...floats('two', 2)],
      ]),
    );
    const all = await Promise.all(file.tensors.map(elementsOf));
    expect(all[0]).toEqual(Buffer.from(new Float32Array([1.5, -2]).buffer));
    expect(all[1]).toEqual(Buffer.from(new BigInt64Array([-5n, 2n ** 62n]).buffer));
    expect(all[2]).toEqual(Buffer.from([255, 3]));
    expect(all[3]).toEqual(Buffer.from([0, 0, 0, 0, 1, 1, 1, 1]));
  });

  // CVE-2022-25882, CVE-2024-27318: ways out of the folder in the location of external data.
  it.each([
    '../secret',
    '/etc/passwd',
    './../secret',
    'a/../../secret',
    '..\\secret',
    'C:\\secret',
    '//server/share',
    'a\0b',
    '',
  ])('follows no way out of its folder: %j', async (location) => {
    writeFileSync(join(scratch, 'secret'), Buffer.alloc(16));
    await expect(outside(location)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('outside its own folder'),
    });
  });

  it('follows no symbolic link out of its folder (CVE-2026-27489)', async () => {
    writeFileSync(join(scratch, 'secret'), Buffer.alloc(16));
    symlinkSync(join(scratch, 'secret'), join(folder, 'link'));
    symlinkSync(scratch, join(folder, 'way'));
    for (const location of ['link', 'way/secret']) {
      await expect(outside(location)).rejects.toMatchObject({ code: 'unsupported' });
    }
  });

  it('reads no file with further names (CVE-2026-34446)', async () => {
    writeFileSync(join(scratch, 'secret'), Buffer.alloc(16));
    linkSync(join(scratch, 'secret'), join(folder, 'hard'));
    await expect(outside('hard')).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('hard links'),
    });
  });

  it('reads a cache that keeps contents under their hashes', async () => {
    cpSync(join(fixtures, 'new'), join(folder, 'blobs'), { recursive: true });
    for (const name of ['one.onnx', 'one.data']) {
      symlinkSync(join(folder, 'blobs', name), join(folder, name));
    }
    const file = await openTensorFile(join(folder, 'one.onnx'));
    await expectTensors(file, expectedOf(join(fixtures, 'new'))['one.onnx']!);
    cpSync(join(fixtures, 'new/left'), join(folder, 'blobs/one.data'));
    const cut = openTensorFile(join(folder, 'one.onnx'));
    await expect(cut).rejects.toMatchObject({ message: expect.stringContaining('beyond its end') });
  });

  it.each<[string, Record<string, string>, string]>([
    ['beyond the end', { offset: '4096' }, 'beyond its end'],
    ['another length', { length: '8' }, 'another size'],
    ['a negative offset', { offset: '-4' }, 'no size'],
    ['an offset of 2^60', { offset: String(2 ** 60) }, 'no size'],
    ['an unknown key, which is ignored', { __class__: 'x', offset: '5000' }, 'beyond its end'],
  ])('refuses external data with %s', async (_, entries, message) => {
    writeFileSync(join(folder, 'data'), Buffer.alloc(16));
    await expect(outside('data', entries)).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining(message),
    });
  });

  it('names external data that is missing or no file', async () => {
    await expect(outside('gone')).rejects.toMatchObject({ code: 'not-found' });
    cpSync(join(fixtures, 'new'), join(folder, 'directory'), { recursive: true });
    await expect(outside('directory')).rejects.toMatchObject({ code: 'invalid' });
  });

  const named = (name: string, ...fields: Buffer[]) => [bytes(8, name), ...fields];
  it.each<[string, Buffer, string]>([
    [
      'a name twice',
      model([
        [...floats('a', 1), raw(4)],
        [...floats('a', 1), raw(4)],
      ]),
      'occurs twice',
    ],
    [
      'two sources of data',
      model([[...floats('a', 1), raw(4), bytes(4, Buffer.alloc(4))]]),
      'data twice',
    ],
    ['raw data twice', model([[...floats('a', 1), raw(4), raw(4)]]), 'data twice'],
    ['too few elements', model([[...floats('a', 2), raw(4)]]), 'another size'],
    ['no elements', model([floats('a', 2)]), 'another size'],
    [
      'a huge shape',
      model([named('a', number(2, 1), number(1, 2n ** 52n), number(1, 2n ** 52n))]),
      'larger than any file',
    ],
    ['a huge count of bits', model([named('a', number(2, 1), number(1, 2 ** 40))]), 'another size'],
    ['a negative dimension', model([named('a', number(2, 1), number(1, -1))]), 'negative'],
    [
      'many dimensions',
      model([named('a', ...Array.from({ length: 65 }, () => number(1, 1)))]),
      '64 dimensions',
    ],
    ['an unknown type', model([named('a', number(2, 99))]), 'type 99'],
    [
      'a length beyond the end',
      Buffer.concat([number(1, 8), bytes(7, '', 2 ** 40)]),
      'middle of a field',
    ],
    [
      'a number without end',
      Buffer.concat([number(1, 8), Buffer.from([0x3a, ...Array(20).fill(255)])]),
      'no end',
    ],
    [
      'a group',
      Buffer.concat([number(1, 8), bytes(2, 'x'), Buffer.from([0x3b])]),
      'unknown type 3',
    ],
    ['two graphs', Buffer.concat([model([]), bytes(7, '')]), 'two graphs'],
    ['no graph', Buffer.concat([number(1, 8), bytes(2, 'some tool')]), 'no graph'],
  ])('refuses %s', async (_, content, message) => {
    await expect(open(content)).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining(message),
    });
  });

  it('refuses graphs in graphs without end', async () => {
    let graph: Buffer = Buffer.alloc(0);
    for (let depth = 0; depth < 40; depth++) {
      graph = bytes(1, bytes(5, Buffer.concat([bytes(1, 'body'), bytes(6, graph)])));
    }
    await expect(open(Buffer.concat([number(1, 8), bytes(7, graph)]))).rejects.toMatchObject({
      message: expect.stringContaining('nested too deeply'),
    });
  });

  it('keeps a bounded part of an endless graph', async () => {
    const node = bytes(1, bytes(4, 'Relu'));
    const many = Array.from({ length: 30_000 }, () => node);
    const { structure } = await open(model([], many));
    expect(structure?.nodes).toHaveLength(20_000);
    expect(structure?.leftOut).toBe(10_000);
  });

  it.each(['types.onnx', 'places.onnx', 'one.onnx'])('survives damage: %s', async (name) => {
    cpSync(join(fixtures, 'new/one.data'), join(folder, 'one.data'));
    await survivesDamage(join(fixtures, 'new', name), join(folder, 'damaged.onnx'));
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTensorFile } from '../../../../src-main/formats/tensors.ts';
import { p, pickleBytes, storageId, tensorCall } from '../../../support/pickle-bytes.ts';
import { tarBytes } from '../../../support/tar-bytes.ts';
import { elementsOf } from '../../../support/tensor-fixtures.ts';
import { firstMembers, storagesOf } from '../../../support/torch-tar.ts';
import { type ZipMember, zipBytes } from '../../../support/zip-bytes.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-torch-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function open(content: Buffer, name = 'x.pt') {
  const path = join(folder, name);
  writeFileSync(path, content);
  return openTensorFile(path);
}

const floats = (...values: number[]) => Buffer.from(Float32Array.from(values).buffer);
const member = (name: string, data: Buffer): ZipMember => ({ name: `x/${name}`, data });

/** An archive of one pickle and its storages by key. */
function archive(value: Buffer, storages: Record<string, Buffer>, more: ZipMember[] = []) {
  return zipBytes([
    member('data.pkl', pickleBytes(value)),
    ...Object.entries(storages).map(([key, data]) => member(`data/${key}`, data)),
    ...more,
  ]);
}

const four = floats(1, 2, 3, 4);
const vector = (count = 4) =>
  tensorCall(storageId('Float', '0', count), { shape: [4], strides: [1] });
const modelOf = (tensor: Buffer) => p.dict([p.text('w'), tensor]);

describe('archives that PyTorch would not write', () => {
  it('reads a sound one', async () => {
    const file = await open(archive(modelOf(vector()), { 0: four }));
    expect(file).toMatchObject({ badge: 'code-capable', findings: [] });
    expect(await elementsOf(file.tensors[0]!)).toEqual(four);
  });

  it.each<[string, () => Buffer, string]>([
    [
      'a storage of another size than declared (CVE-2026-24747)',
      () => archive(modelOf(vector(4_000_000)), { 0: four }),
      'another size',
    ],
    ['a storage that is missing', () => archive(modelOf(vector()), {}), 'is missing'],
    [
      'a view beyond its storage',
      () =>
        archive(
          modelOf(tensorCall(storageId('Float', '0', 4), { offset: 1, shape: [4], strides: [1] })),
          { 0: four },
        ),
      'reaches beyond',
    ],
    [
      'strides that lead beyond its storage',
      () =>
        archive(
          modelOf(
            tensorCall(storageId('Float', '0', 4), { shape: [2, 2], strides: [2_000_000_000, 1] }),
          ),
          { 0: four },
        ),
      'reaches beyond',
    ],
    [
      'a negative stride',
      () =>
        archive(modelOf(tensorCall(storageId('Float', '0', 4), { shape: [4], strides: [-1] })), {
          0: four,
        }),
      'cannot be read',
    ],
    [
      'fewer strides than dimensions',
      () =>
        archive(modelOf(tensorCall(storageId('Float', '0', 4), { shape: [2, 2], strides: [1] })), {
          0: four,
        }),
      'stride for each dimension',
    ],
    [
      'a shape larger than any file',
      () =>
        archive(
          modelOf(
            tensorCall(storageId('Float', '0', 4), {
              shape: Array.from({ length: 8 }, () => 2_000_000_000),
              strides: Array.from({ length: 8 }, () => 0),
            }),
          ),
          { 0: four },
        ),
      'larger than any file',
    ],
    [
      'two pickles of the same name',
      () =>
        zipBytes([
          member('data.pkl', pickleBytes(p.none)),
          { name: 'y/data.pkl', data: pickleBytes(p.none) },
        ]),
      'two pickles',
    ],
    [
      'two members of the same name',
      () =>
        zipBytes([
          member('data.pkl', pickleBytes(p.none)),
          member('data.pkl', pickleBytes(p.none)),
        ]),
      'occurs twice',
    ],
    [
      'an unknown byte order',
      () => archive(modelOf(vector()), { 0: four }, [member('byteorder', p.raw('middle'))]),
      'byte order',
    ],
  ])('refuses %s', async (_, content, message) => {
    await expect(open(content())).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining(message),
    });
  });

  it('calls it dangerous to set items of a tensor (CVE-2026-24747)', async () => {
    const changed = p.sequence(vector(), p.int(0), p.int(7), p.raw('s'));
    const file = await open(archive(modelOf(changed), { 0: four }));
    expect(file.badge).toBe('dangerous');
    expect(file.findings).toEqual([expect.stringContaining('CVE-2026-24747')]);
    expect(await elementsOf(file.tensors[0]!)).toEqual(four);
  });

  it('does not multiply a small storage into a huge tensor', async () => {
    const wide = tensorCall(storageId('Float', '0', 4), {
      shape: [1_000_000, 1000],
      strides: [0, 0],
    });
    const file = await open(
      archive(p.dict([p.text('a'), wide], [p.text('b'), vector()]), { 0: four }),
    );
    expect(file.tensors.map((one) => one.name)).toEqual(['b']);
    expect(file.notes).toEqual([expect.stringContaining('a repeats')]);
  });

  it('reads big-endian archives, deflated members and views of those', async () => {
    const swapped = Buffer.from(four).swap32();
    const order = member('byteorder', p.raw('big'));
    const big = await open(archive(modelOf(vector()), { 0: swapped }, [order]));
    expect(await elementsOf(big.tensors[0]!)).toEqual(four);
    const rows = tensorCall(storageId('Float', '0', 4), { offset: 1, shape: [2], strides: [2] });
    const part = tensorCall(storageId('Float', '0', 4), { offset: 2, shape: [2], strides: [1] });
    const packed = zipBytes([
      { ...member('data.pkl', pickleBytes(p.list(vector(), rows, part))), deflate: true },
      { ...member('data/0', four), deflate: true },
    ]);
    const { tensors } = await open(packed);
    const all = await Promise.all(tensors.map(elementsOf));
    expect(all).toEqual([four, floats(2, 4), floats(3, 4)]);
  });

  it('turns the signs of lazy conjugates in big-endian archives, and leaves out negative whole numbers', async () => {
    const order = member('byteorder', p.raw('big'));
    const lazily = (type: string, key: string, count: number, sign: string) =>
      tensorCall(storageId(type, key, count), {
        shape: [count],
        strides: [1],
        metadata: p.dict([p.text(sign), p.raw('\x88')]),
      });
    const model = p.dict(
      [p.text('c'), lazily('ComplexFloat', '0', 2, 'conj')],
      [p.text('n'), lazily('Float', '0', 4, 'neg')],
      [p.text('i'), lazily('Int', '0', 4, 'neg')],
    );
    const { tensors, notes } = await open(
      archive(model, { 0: Buffer.from(four).swap32() }, [order]),
    );
    expect(tensors.map(({ name }) => name)).toEqual(['c', 'n']);
    expect(await elementsOf(tensors[0]!)).toEqual(floats(1, -2, 3, -4));
    expect(await elementsOf(tensors[1]!)).toEqual(floats(-1, -2, -3, -4));
    expect(notes).toEqual([expect.stringContaining('i is the negative of whole numbers')]);
  });

  it('refuses zip bombs', async () => {
    const bomb = { ...member('data/0', Buffer.alloc(1000)), deflate: true, size: 4_000_000_000 };
    const content = zipBytes([member('data.pkl', pickleBytes(p.none)), bomb]);
    await expect(open(content)).rejects.toMatchObject({ message: expect.stringContaining('bomb') });
  });

  it('notes what else is in an archive, and what follows its pickle', async () => {
    const extra = member('hidden.pkl', pickleBytes(p.call(p.global('os', 'system'), p.text('x'))));
    const file = await open(archive(modelOf(vector()), { 0: four }, [extra]));
    expect(file.notes).toEqual([expect.stringContaining('hidden.pkl')]);
    const twice = Buffer.concat([pickleBytes(p.none), pickleBytes(p.int(1))]);
    expect(await open(zipBytes([member('data.pkl', twice)]))).toMatchObject({
      badge: 'ambiguous',
      findings: [expect.stringContaining('follow the pickle')],
    });
  });

  it('keeps tensors that share a storage, or are one and the same, under each name', async () => {
    const tied = p.sequence(vector(), p.raw('q\x05'));
    const file = await open(
      archive(p.dict([p.text('a'), tied], [p.text('b'), p.raw('h\x05')]), { 0: four }),
    );
    expect(file.tensors.map((one) => one.name)).toEqual(['a', 'b']);
    expect(file.tensors[0]?.bytes).toEqual(file.tensors[1]?.bytes);
  });

  it('leaves out tensors without elements in the file, and of unknown types', async () => {
    const meta = p.call(
      p.global('torch._utils', '_rebuild_meta_tensor_no_storage'),
      p.global('torch', 'float32'),
      p.tuple(p.int(2)),
    );
    const odd = tensorCall(storageId('Odd', '0', 4), { shape: [4], strides: [1] });
    const file = await open(archive(p.dict([p.text('a'), meta], [p.text('b'), odd]), { 0: four }));
    expect(file.tensors).toEqual([]);
    expect(file.notes).toEqual([
      expect.stringContaining('a has no elements'),
      expect.stringContaining('b has elements of an unknown type'),
    ]);
    expect(file.findings).toEqual([expect.stringContaining('torch.OddStorage')]);
  });
});

describe('the format before 1.6', () => {
  const int64 = (value: number) => Buffer.from(BigInt64Array.of(BigInt(value)).buffer);
  const start = Buffer.concat([
    pickleBytes(p.raw('\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19')),
    pickleBytes(p.raw('M\xe9\x03')),
    pickleBytes(p.dict([p.text('little_endian'), p.raw('\x88')])),
  ]);
  const legacy = (value: Buffer, ...rest: Buffer[]) =>
    Buffer.concat([start, pickleBytes(value), pickleBytes(p.list(p.text('0'))), ...rest]);
  const whole = tensorCall(storageId('Float', '0', 4, p.none), { shape: [4], strides: [1] });

  it('is read, with views of storages as its first versions wrote them', async () => {
    const second = p.tuple(p.text('7'), p.int(2), p.int(2));
    const view = tensorCall(storageId('Float', '0', 4, second), { shape: [2], strides: [1] });
    const file = await open(legacy(p.list(whole, view), int64(4), four));
    expect(file).toMatchObject({ badge: 'code-capable', findings: [] });
    expect(await Promise.all(file.tensors.map(elementsOf))).toEqual([four, floats(3, 4)]);
  });

  it('has classes whose source is beside their name', async () => {
    const type = p.persistent(
      p.tuple(p.text('module'), p.global('my.nets', 'Net'), p.text('net.py'), p.text('class Net')),
    );
    const model = p.sequence(
      type,
      p.raw(')\x81'),
      p.dict([p.text('_modules'), p.dict()], [p.text('_parameters'), modelOf(whole)]),
      p.raw('b'),
    );
    const file = await open(legacy(model, int64(4), four));
    expect(file.tensors.map((one) => one.name)).toEqual(['w']);
    expect(file.metadata.get('class')).toBe('my.nets.Net');
    expect(file.badge).toBe('unknown-globals');
  });

  it.each<[string, Buffer, string]>([
    ['a storage of another size', legacy(whole, int64(3), four), 'another size'],
    ['a storage cut short', legacy(whole, int64(4), four.subarray(1)), 'before its storages'],
    ['no storage at all', legacy(whole), 'before its storages'],
    [
      'a view beyond its storage',
      legacy(
        tensorCall(storageId('Float', '0', 4, p.tuple(p.text('7'), p.int(3), p.int(2))), {
          shape: [2],
          strides: [1],
        }),
        ...[int64(4), four],
      ),
      'beyond its storage',
    ],
    [
      'an unknown version',
      Buffer.concat([start.subarray(0, 15), pickleBytes(p.int(7))]),
      'version',
    ],
  ])('is refused with %s', async (_, content, message) => {
    await expect(open(content)).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining(message),
    });
  });

  it('is ambiguous when something follows it', async () => {
    const file = await open(legacy(whole, int64(4), four, Buffer.from('more')));
    expect(file).toMatchObject({
      badge: 'ambiguous',
      findings: [expect.stringContaining('4 bytes')],
    });
  });
});

describe('the first format, a tar', () => {
  const members = firstMembers();
  const { pickle, tensors } = members;

  it('is read: strides, views of storages', async () => {
    const file = await open(tarBytes(members), 'old.pt');
    expect(file).toMatchObject({ format: 'pytorch', badge: 'code-capable', findings: [] });
    expect(file.tensors.map(({ name, shape }) => [name, shape])).toEqual([
      ['w', [2, 2]],
      ['v', [2]],
    ]);
    expect(await elementsOf(file.tensors[0]!)).toEqual(floats(1, 3, 2, 4));
    expect(await elementsOf(file.tensors[1]!)).toEqual(floats(3, 4));
  });

  it('is dangerous with a command among its storages (CVE-2025-32434)', async () => {
    const count = p.call(p.global('posix', 'system'), p.text('touch /tmp/owned'));
    const hostile = Buffer.concat([pickleBytes(p.list(count, p.raw('0'), p.int(1))), four]);
    await expect(open(tarBytes({ ...members, storages: hostile }))).rejects.toMatchObject({
      code: 'corrupt',
    });
    const hidden = p.sequence(
      p.call(p.global('posix', 'system'), p.text('touch /tmp/owned')),
      p.raw('0'),
      p.global('torch', 'FloatStorage'),
    );
    expect(await open(tarBytes({ ...members, storages: storagesOf(hidden) }))).toMatchObject({
      badge: 'dangerous',
      findings: [expect.stringContaining('posix.system')],
    });
  });

  it.each<[string, Record<string, Buffer>, string]>([
    ['a member is missing', { pickle, tensors }, 'storages is missing'],
    [
      'a storage is longer than its member',
      { ...members, storages: storagesOf(undefined, 4_000_000) },
      'before its storages do',
    ],
    ['it counts too much', { ...members, tensors: pickleBytes(p.int(-1)) }, 'count'],
  ])('is refused where %s', async (_, parts, message) => {
    await expect(open(tarBytes(parts))).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining(message),
    });
  });

  it('is refused where a name occurs twice or the checksum is wrong', async () => {
    const twice = Buffer.concat([tarBytes({ storages: members.storages }).subarray(0, 1024)]);
    await expect(open(Buffer.concat([twice, tarBytes(members)]))).rejects.toMatchObject({
      message: expect.stringContaining('occurs twice'),
    });
    const damaged = tarBytes(members);
    damaged[130]! ^= 1;
    await expect(open(damaged)).rejects.toMatchObject({
      message: expect.stringContaining('checksum'),
    });
  });
});

import { copyFileSync, linkSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import type { TensorChange } from '../../../src-main/contract/diff.ts';
import { operations } from '../../../src-main/contract/index.ts';
import {
  diffModels,
  ModelDiffCache,
  type ModelDiffItem,
  type ModelFile,
} from '../../../src-main/models/index.ts';
import { tempFolder } from '../../support/temp.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/models');
const fixture = (name: string, hash: string | null = null): ModelFile => ({
  path: join(fixtures, name),
  title: name,
  hash,
});

/** Compares and checks every item against the contract. */
async function diff(left: ModelFile, right: ModelFile, cache?: ModelDiffCache) {
  const items: ModelDiffItem[] = [];
  const tensors = new Map<string, TensorChange>();
  const { item: schema, output } = operations['diff.model'];
  const totals = await diffModels(
    left,
    right,
    {},
    (item) => {
      items.push(schema?.parse(item) as ModelDiffItem);
      for (const tensor of item.tensors) tensors.set(tensor.name, tensor);
    },
    cache,
  );
  return { items, tensors, totals: output.parse(totals) };
}

/** A safetensors file of float32 tensors filled by a function of their index. */
function writeModel(path: string, sizes: number[], value: (index: number) => number): void {
  let at = 0;
  const entries = sizes.map((size, index) => {
    const entry = { dtype: 'F32', shape: [size], data_offsets: [at, at + size * 4] };
    at += size * 4;
    return [`t${index}`, entry];
  });
  const header = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const data = Float32Array.from({ length: at / 4 }, (_, index) => value(index));
  writeFileSync(path, Buffer.concat([length, header, new Uint8Array(data.buffer)]));
}

describe('comparing model files', () => {
  it('names what was added, removed, renamed and reshaped before it measures', async () => {
    const { items, tensors, totals } = await diff(
      fixture('names-left.safetensors'),
      fixture('names-right.safetensors'),
    );
    expect(items[0]).toMatchObject({
      kind: 'opened',
      left: { format: 'safetensors', tensors: 7, parameters: 358 },
    });
    const seen = [...tensors.values()].map(({ from, name, change }) => [from, name, change]);
    expect(seen.sort((a, b) => (`${a[1]}` < `${b[1]}` ? -1 : 1))).toEqual([
      [null, 'added', 'added'],
      [null, 'empty', 'same'],
      ['encoder.bias', 'module.encoder.bias', 'renamed'],
      ['encoder.weight', 'module.encoder.weight', 'renamed'],
      ['old.attention.weight', 'new.mixer.weight', 'renamed'],
      [null, 'removed', 'removed'],
      [null, 'reshaped', 'modified'],
      [null, 'scalar', 'same'],
    ]);
    expect(tensors.get('reshaped')).toMatchObject({ relativeL2: null, changedShare: null });
    expect(tensors.get('module.encoder.bias')).toMatchObject({ relativeL2: 0, changedShare: 0 });
    expect(tensors.get('module.encoder.weight')?.meanAbs).toBeCloseTo(1, 6);
    expect(totals).toMatchObject({
      identical: false,
      addedTensors: 1,
      removedTensors: 1,
      changedTensors: 3,
    });
  });

  it('tells what boosted trees split on, and nothing of the kind of other models', async () => {
    const { items } = await diff(
      fixture('boosters/new/xgboost.json'),
      fixture('names-left.safetensors'),
    );
    const [opened] = items;
    if (opened?.kind !== 'opened') throw new Error('the first item names the tensors');
    expect(opened.left.booster?.library).toBe('xgboost');
    expect(opened.left.booster?.treeCount).toBeGreaterThan(0);
    expect(opened.left.booster?.leaves).toBeGreaterThan(opened.left.booster?.treeCount ?? 0);
    expect(opened.left.booster?.features.some(({ splits }) => splits > 0)).toBe(true);
    expect(opened.right.booster).toBeUndefined();
  });

  it('does not read two files of the same content', async () => {
    const folder = tempFolder();
    const link = join(folder, 'linked.safetensors');
    linkSync(join(fixtures, 'names-left.safetensors'), link);
    const linked = { path: link, title: 'linked', hash: null };
    const pairs: Array<[ModelFile, ModelFile]> = [
      [fixture('types-left.safetensors', 'h1'), fixture('types-left.safetensors', 'h1')],
      [fixture('names-left.safetensors'), linked],
    ];
    for (const pair of pairs) {
      const { totals, tensors, items } = await diff(...pair);
      expect(totals).toMatchObject({ identical: true, relativeL2: 0, bytesRead: 0 });
      expect(items).toHaveLength(1);
      expect(new Set([...tensors.values()].map(({ change }) => change))).toEqual(new Set(['same']));
    }
  });

  it('finds two files equal that it had to read', async () => {
    const copy = join(tempFolder(), 'copy.safetensors');
    copyFileSync(join(fixtures, 'types-left.safetensors'), copy);
    const { totals } = await diff(fixture('types-left.safetensors'), {
      path: copy,
      title: 'copy',
      hash: null,
    });
    expect(totals).toMatchObject({ identical: true, relativeL2: 0, changedTensors: 0 });
    expect(totals.bytesRead).toBeGreaterThan(300_000);
  });

  it('remembers a comparison by the hashes', async () => {
    const cache = new ModelDiffCache();
    const [left, right] = [
      fixture('types-left.safetensors', 'h1'),
      fixture('types-right.safetensors', 'h2'),
    ];
    const first = await diff(left, right, cache);
    const again = await diff({ ...left, title: 'other' }, right, cache);
    expect(again.totals).toMatchObject({
      ...first.totals,
      bytesRead: 0,
      durationMs: expect.any(Number),
    });
    expect(again.items).toHaveLength(1);
    expect(again.items[0]).toMatchObject({ left: { title: 'other' } });
    expect(again.tensors).toEqual(first.tensors);
    expect((await diff(right, left, cache)).totals.bytesRead).toBeGreaterThan(0);
  });

  it('forgets the comparisons used longest ago', async () => {
    const cache = new ModelDiffCache({ maxTensors: 40 });
    const [a, b] = [
      fixture('types-left.safetensors', 'a'),
      fixture('types-right.safetensors', 'b'),
    ];
    await diff(a, b, cache);
    await diff(b, a, cache);
    expect(await cache.get('md5 a\nmd5 b')).toBeNull();
    expect(await cache.get('md5 b\nmd5 a')).not.toBeNull();
  });

  it('keeps comparisons on the disk for the next process, by content, and tells a changed file', async () => {
    const folder = tempFolder();
    const cache = () => new ModelDiffCache({ folder: join(folder, 'cache') });
    const [left, right, copy] = ['left', 'right', 'copy'].map((name) => {
      const path = join(folder, `${name}.safetensors`);
      return { path, title: name, hash: null };
    });
    writeModel(left!.path, [500, 3], (index) => index);
    writeModel(right!.path, [500, 3], (index) => index + 1);
    copyFileSync(left!.path, copy!.path);
    const first = await diff(left!, right!, cache());
    expect(first.totals.bytesRead).toBeGreaterThan(0);
    const again = await diff(copy!, right!, cache());
    expect(again.totals).toMatchObject({ relativeL2: first.totals.relativeL2, bytesRead: 0 });
    expect(again.tensors).toEqual(first.tensors);
    expect(again.items[0]).toMatchObject({ left: { title: 'copy' } });
    writeModel(right!.path, [500, 3], (index) => index + 2);
    const changed = await diff(left!, right!, cache());
    expect(changed.totals.bytesRead).toBeGreaterThan(0);
    expect(changed.totals.relativeL2).toBeCloseTo(2 * (first.totals.relativeL2 ?? 0), 6);
  });

  it('makes a damaged or foreign entry anew, and does without a folder to write to', async () => {
    const folder = tempFolder();
    const kept = join(folder, 'cache');
    const pair = [fixture('types-left.safetensors'), fixture('types-right.safetensors')] as const;
    const first = await diff(...pair, new ModelDiffCache({ folder: kept }));
    const entry = join(kept, readdirSync(kept)[0]!);
    const sound = readFileSync(entry);
    const { key } = JSON.parse(gunzipSync(sound).toString());
    const harms = [
      sound.subarray(0, sound.length / 2),
      Buffer.from('no archive'),
      gzipSync(JSON.stringify({ key, value: { opened: { kind: 'opened' }, totals: {} } })),
      gzipSync(JSON.stringify({ key: 'another', value: 1 })),
    ];
    for (const harmed of harms) {
      writeFileSync(entry, harmed);
      const again = await diff(...pair, new ModelDiffCache({ folder: kept }));
      expect(again.totals.bytesRead).toBe(first.totals.bytesRead);
      expect(again.tensors).toEqual(first.tensors);
      expect(JSON.parse(gunzipSync(readFileSync(entry)).toString()).value.totals.identical).toBe(
        false,
      );
    }
    writeFileSync(join(folder, 'file'), '');
    const nowhere = new ModelDiffCache({ folder: join(folder, 'file', 'cache') });
    expect((await diff(...pair, nowhere)).tensors).toEqual(first.tensors);
  });

  it('knows a model of several files by all of them', async () => {
    const folder = tempFolder();
    const cache = new ModelDiffCache({ folder: join(folder, 'cache') });
    const names = ['a', 'b'].map((side) => {
      writeModel(join(folder, `${side}-1.safetensors`), [100], (index) => index);
      const index = { metadata: {}, weight_map: { t0: `${side}-1.safetensors` } };
      const path = join(folder, `${side}.safetensors.index.json`);
      writeFileSync(path, JSON.stringify(index));
      return { path, title: side, hash: null };
    });
    expect((await diff(names[0]!, names[1]!, cache)).totals.bytesRead).toBe(800);
    expect((await diff(names[0]!, names[1]!, cache)).totals.bytesRead).toBe(0);
    writeModel(join(folder, 'b-1.safetensors'), [100], (index) => index + 1);
    const changed = await diff(names[0]!, names[1]!, cache);
    expect(changed.totals).toMatchObject({ identical: false, changedTensors: 1, bytesRead: 800 });
  });

  it('puts large tensors together from parts, the same every time', async () => {
    const folder = tempFolder();
    const [left, right] = ['left', 'right'].map((name) => join(folder, `${name}.safetensors`));
    const sizes = [10_000_001, 3, 0, 1000];
    writeModel(left!, sizes, (index) => Math.sin(index));
    writeModel(right!, sizes, (index) => Math.sin(index) + (index === 9_999_999 ? 8 : 0));
    const file = (path: string) => ({ path, title: path, hash: null });
    const first = await diff(file(left!), file(right!));
    expect(first.tensors.get('t0')).toMatchObject({
      elements: 10_000_001,
      signFlips: expect.any(Number),
    });
    expect(first.tensors.get('t0')?.maxAbs).toBeCloseTo(8, 5);
    expect(first.tensors.get('t0')?.changedShare).toBeCloseTo(1 / 10_000_001, 12);
    expect(first.tensors.get('t3')).toMatchObject({ change: 'same', relativeL2: 0 });
    const second = await diff(file(left!), file(right!));
    expect(second.tensors).toEqual(first.tensors);
    expect(second.totals.relativeL2).toBe(first.totals.relativeL2);
  });

  it('compares across formats', async () => {
    const { tensors, totals } = await diff(fixture('stored.npz'), fixture('deflated.npz'));
    expect(tensors.get('weight')).toMatchObject({
      change: 'modified',
      meanAbs: 1,
      changedShare: 1,
    });
    expect(tensors.get('bias')).toMatchObject({ change: 'same' });
    expect(totals).toMatchObject({ changedTensors: 1, addedTensors: 0, removedTensors: 0 });
  });

  it('goes on where one tensor cannot be read, and says so', async () => {
    const archive = new ZipFile();
    const header = "{'descr': '<f8', 'fortran_order': False, 'shape': (50000,)}";
    const start = Buffer.from(
      `\x93NUMPY\x01\0${String.fromCharCode(header.length)}\0${header}`,
      'latin1',
    );
    const values = Float64Array.from({ length: 50_000 }, (_, index) => Math.sin(index));
    archive.addBuffer(Buffer.concat([start, new Uint8Array(values.buffer)]), 'large.npy');
    archive.addBuffer(readFileSync(join(fixtures, 'c-order.npy')), 'small.npy', {
      compress: false,
    });
    archive.end();
    const whole = await buffer(archive.outputStream);
    const folder = tempFolder();
    const [path, damaged] = [join(folder, 'whole.npz'), join(folder, 'damaged.npz')];
    writeFileSync(path, whole);
    // Behind the first 64 KiB that opening inflates.
    whole[250_000]! ^= 0xff;
    writeFileSync(damaged, whole);
    const { tensors, totals } = await diff(
      { path, title: 'whole', hash: null },
      { path: damaged, title: 'damaged', hash: null },
    );
    expect(tensors.get('large')).toMatchObject({ change: 'modified', relativeL2: null });
    expect(tensors.get('large')?.note).toMatch(/cannot be inflated|checksum/);
    expect(tensors.get('small')).toMatchObject({ change: 'same', relativeL2: 0, note: null });
    expect(totals.identical).toBe(false);
  });

  it('calls a file by its title', async () => {
    const path = join(tempFolder(), '0123456789abcdef');
    writeFileSync(path, readFileSync(join(fixtures, 'stored.npz')).subarray(0, 500));
    const cut = diff({ path, title: '02.7 model.npz', hash: null }, fixture('stored.npz'));
    await expect(cut).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringMatching(/^02\.7 model\.npz /),
    });
  });

  it('ends at once when it is cancelled', async () => {
    const folder = tempFolder();
    const path = join(folder, 'a.safetensors');
    const other = join(folder, 'b.safetensors');
    writeModel(path, [1_000_000, 1_000_000], Math.sin);
    writeModel(other, [1_000_000, 1_000_000], Math.cos);
    const controller = new AbortController();
    const run = diffModels(
      { path, title: 'a', hash: null },
      { path: other, title: 'b', hash: null },
      { signal: controller.signal },
      () => controller.abort(),
    );
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    const late = diffModels(
      fixture('stored.npz'),
      fixture('stored.npz'),
      { signal: controller.signal },
      () => {},
    );
    await expect(late).rejects.toMatchObject({ code: 'cancelled' });
  });

  it.each(['objects.npy', 'generate.py', 'missing.npy'])(
    'says why %s cannot be compared',
    async (name) => {
      const failed = diff(fixture(name), fixture('c-order.npy'));
      await expect(failed).rejects.toMatchObject({ message: expect.stringContaining(name) });
    },
  );
});

describe('models of which little can be compared', () => {
  const forest = (name: string) => fixture(`sklearn-trees/1.9/${name}`);

  it('have no overall change where trees have other shapes, whatever a few arrays say', async () => {
    const { totals, tensors } = await diff(forest('forest.pkl'), forest('forest-other.pkl'));
    expect(totals).toMatchObject({ identical: false, relativeL2: null, fewComparable: true });
    expect([...tensors.values()].some(({ relativeL2 }) => relativeL2 !== null)).toBe(true);
  });

  it('have one again where they are the same', async () => {
    const { totals } = await diff(forest('forest.pkl'), forest('forest.pkl'));
    expect(totals).toMatchObject({ identical: true, relativeL2: 0 });
    expect(totals).not.toHaveProperty('fewComparable');
  });

  it('are not said to be unchanged because their small tensors are', async () => {
    const folder = tempFolder();
    const [left, right] = ['a.safetensors', 'b.safetensors'].map((name) => ({
      path: join(folder, name),
      title: name,
      hash: null,
    })) as [ModelFile, ModelFile];
    writeModel(left.path, [4, 100], () => 1);
    writeModel(right.path, [4, 101], () => 1);
    expect((await diff(left, right)).totals).toMatchObject({
      relativeL2: null,
      fewComparable: true,
    });
    writeModel(right.path, [4, 100, 50], () => 1);
    const { totals } = await diff(left, right);
    expect(totals).toMatchObject({ relativeL2: 0, addedTensors: 1 });
    expect(totals).not.toHaveProperty('fewComparable');
  });
});

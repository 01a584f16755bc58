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
import { expectedOf, expectTensors, survivesDamage } from '../../../support/tensor-fixtures.ts';

const fixtures = join(import.meta.dirname, '../../../fixtures/models/shards');
const indexName = 'model.safetensors.index.json';
let scratch: string;
let folder: string;
beforeAll(() => {
  scratch = realpathSync(mkdtempSync(join(tmpdir(), 'cairn-shards-')));
});
beforeEach(() => {
  folder = mkdtempSync(join(scratch, 'model-'));
  cpSync(join(fixtures, 'new'), folder, { recursive: true });
});
afterAll(() => rmSync(scratch, { recursive: true }));

const index = (weights: Record<string, string>) => {
  writeFileSync(join(folder, indexName), JSON.stringify({ weight_map: weights }));
  return openTensorFile(join(folder, indexName));
};
const shard = (number: number) => `model-0000${number}-of-00003.safetensors`;

describe('safetensors in shards', () => {
  it.each(['old', 'new'])('opens all files as one model (%s)', async (version) => {
    const expected = expectedOf(join(fixtures, version))[indexName]!;
    const file = await openTensorFile(join(fixtures, version, indexName));
    expect(isTensorPath(file.path)).toBe(true);
    await expectTensors(file, expected);
    expect(file).toMatchObject({ format: 'safetensors', badge: 'data', notes: [] });
    expect(Object.fromEntries(file.metadata)).toEqual({ total_size: '979', format: 'np' });
    expect(file.companions).toHaveLength(3);
  });

  it('knows an index by its content', async () => {
    cpSync(join(folder, indexName), join(folder, 'weights.json'));
    expect((await openTensorFile(join(folder, 'weights.json'))).tensors).toHaveLength(6);
  });

  it('reads a cache that keeps contents under their hashes', async () => {
    const snapshot = join(scratch, 'snapshots/abc');
    cpSync(folder, join(scratch, 'blobs'), { recursive: true });
    cpSync(folder, snapshot, { recursive: true, filter: (path) => !path.includes('.safetensors') });
    for (const name of [indexName, shard(1), shard(2), shard(3)]) {
      symlinkSync(join('../../blobs', name), join(snapshot, name));
    }
    expect((await openTensorFile(join(snapshot, indexName))).tensors).toHaveLength(6);
  });

  it('reads shards with several names, as a cache of hard links has them', async () => {
    linkSync(join(folder, shard(1)), join(folder, 'other'));
    expect((await openTensorFile(join(folder, indexName))).tensors).toHaveLength(6);
  });

  it.each([
    '../escape.safetensors',
    '/etc/passwd',
    'a/../../escape.safetensors',
    'C:/model.safetensors',
    '..\\escape.safetensors',
    'link.safetensors',
    'way/model-00001-of-00003.safetensors',
    '',
  ])('reads nothing outside its folder: %j', async (name) => {
    cpSync(join(folder, shard(1)), join(scratch, 'escape.safetensors'));
    symlinkSync(join(scratch, 'escape.safetensors'), join(folder, 'link.safetensors'));
    symlinkSync(join(fixtures, 'old'), join(folder, 'way'));
    await expect(index({ 'embed.weight': name })).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('outside its own folder'),
    });
  });

  it.each([
    [{ 'embed.weight': 'gone.safetensors' }, 'not-found', 'missing'],
    [{ other: shard(1) }, 'corrupt', 'the tensor "other" is not in'],
    [{ 'embed.weight': indexName }, 'corrupt', 'no safetensors file'],
  ])('says what is wrong: %j', async (weights, code, message) => {
    await expect(index(weights)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  it('leaves out what the index does not look for, and says so', async () => {
    const file = await index({ 'embed.weight': shard(1) });
    expect(file.tensors.map(({ name }) => name)).toEqual(['embed.weight']);
    const both = await index({ 'embed.weight': shard(1), scale: shard(3) });
    expect(both.notes).toEqual([expect.stringContaining('1 tensors that the index does not')]);
  });

  it.each([
    ['{"weight_map":{"a":"x.safetensors","a":"y.safetensors"}}', 'occurs twice'],
    ['{"metadata":{}}', 'no weight_map'],
    [`{"metadata":${'['.repeat(100_000)}`, 'nested too deeply'],
    ['{"weight_map":{"a":"x.safetensors"}} {}', 'follows the end'],
  ])('refuses an index that is not clear: %.40s', async (text, message) => {
    writeFileSync(join(folder, indexName), text);
    await expect(openTensorFile(join(folder, indexName))).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining(message),
    });
  });

  it('survives damage', async () => {
    await survivesDamage(join(fixtures, 'new', indexName), join(folder, indexName));
  });
});

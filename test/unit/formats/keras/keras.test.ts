import {
  cpSync,
  createWriteStream,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import yazl from 'yazl';
import { isTensorPath, openTensorFile } from '../../../../src-main/formats/tensors.ts';
import { expectedOf, expectTensors, survivesDamage } from '../../../support/tensor-fixtures.ts';

const fixtures = join(import.meta.dirname, '../../../fixtures/models/keras');
let scratch: string;
let folder: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'cairn-keras-'));
});
beforeEach(() => {
  folder = mkdtempSync(join(scratch, 'model-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

const weights = readFileSync(join(fixtures, 'new/only.weights.h5'));

async function archive(members: Record<string, string | Buffer>, compress = false) {
  const path = join(folder, 'x.keras');
  const zip = new yazl.ZipFile();
  for (const [name, content] of Object.entries(members)) {
    zip.addBuffer(Buffer.from(content), name, { compress });
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
  return await openTensorFile(path);
}

const layer = (className: string, config: object, more: object = {}) => ({
  class_name: className,
  config,
  ...more,
});
const model = (...layers: object[]) =>
  archive({
    'config.json': JSON.stringify(layer('Sequential', { name: 'm', layers })),
    'model.weights.h5': weights,
  });

describe('Keras and HDF5', () => {
  const names = ['sequential.h5', 'sequential.keras', 'functional.h5', 'functional.keras'];
  const files = [...names, 'only.weights.h5', 'lambda.keras', 'types.h5'];
  it.each(['new', 'old'].flatMap((version) => files.map((name) => [version, name] as const)))(
    'agrees with Keras and h5py bit by bit: %s %s',
    async (version, name) => {
      const file = await openTensorFile(join(fixtures, version, name));
      await expectTensors(file, expectedOf(join(fixtures, version))[name]!);
      expect(file.format).toBe(name === 'types.h5' ? 'hdf5' : 'keras');
      expect(isTensorPath(file.path)).toBe(true);
    },
  );

  it.each(['new', 'old'])('says what the model is: %s', async (version) => {
    const sequential = await openTensorFile(join(fixtures, version, 'sequential.h5'));
    expect(sequential).toMatchObject({ badge: 'code-capable', findings: [], notes: [] });
    expect(sequential.metadata.get('model')).toBe('Sequential sequential');
    expect(sequential.metadata.get('keras_version')).toBe(
      { new: '3.15.1', old: '2.15.0' }[version],
    );
    expect(sequential.structure?.nodes.map(({ name, op }) => [name, op])).toEqual([
      [expect.stringContaining('input'), 'InputLayer'],
      ['first', 'Dense'],
      ['batch_normalization', 'BatchNormalization'],
      ['last', 'Dense'],
    ]);
    for (const name of ['functional.h5', 'functional.keras']) {
      const { structure, metadata } = await openTensorFile(join(fixtures, version, name));
      expect(metadata.get('model')).toBe('Functional two');
      expect(structure).toMatchObject({ kind: 'layers', leftOut: 0 });
      expect(structure?.inputs.map((one) => one.name)).toEqual(['a', 'b']);
      expect(structure?.outputs.map((one) => one.name)).toEqual(['out']);
      const shared = structure?.nodes.find(({ name: one }) => one === 'shared');
      expect(Object.fromEntries(shared?.settings ?? [])).toMatchObject({
        units: '3',
        activation: 'linear',
        kernel_initializer: 'GlorotUniform()',
      });
      expect(shared).toMatchObject({
        name: 'shared',
        op: 'Dense',
        inputs: ['a', 'b'],
        outputs: ['shared'],
      });
    }
    const bare = await openTensorFile(join(fixtures, version, 'only.weights.h5'));
    expect(bare).toMatchObject({ badge: 'data', findings: [] });
  });

  it.each(['new', 'old'])('names a Lambda layer, and does not run it: %s', async (version) => {
    const { badge, findings } = await openTensorFile(join(fixtures, version, 'lambda.keras'));
    expect(badge).toBe('code-capable');
    expect(findings).toContain(
      'The layer "twice" is a Lambda layer: a Python function that is in the file.',
    );
  });

  it('judges what a configuration names', async () => {
    const unknown = await model(layer('Mine', {}, { module: 'company.layers' }));
    expect(unknown.badge).toBe('unknown-globals');
    expect(unknown.findings).toEqual([expect.stringContaining('company.layers.Mine')]);
    const registered = await model(layer('Package>Mine', {}));
    expect(registered.badge).toBe('unknown-globals');
    const dangerous = await model(
      layer('Dense', { activation: layer('function', {}, { module: 'builtins', config: 'exec' }) }),
      layer('Mine', {}, { module: 'company.layers' }),
    );
    expect(dangerous.badge).toBe('dangerous');
    expect(dangerous.findings[0]).toContain('builtins.exec');
    const fetching = await model(layer('get_file', {}, { module: 'keras.utils' }));
    expect(fetching.badge).toBe('dangerous');
    const plain = await model(layer('Dense', {}, { module: 'keras.layers' }));
    expect(plain).toMatchObject({ badge: 'code-capable', findings: [] });
  });

  it('reads an archive whose members are deflated', async () => {
    const file = await archive(
      { 'config.json': '{"class_name":"Model","config":{}}', 'model.weights.h5': weights },
      true,
    );
    await expectTensors(file, expectedOf(join(fixtures, 'new'))['only.weights.h5']!);
  });

  it('reads a file that was written anew under its name', async () => {
    const path = join(folder, 'x.h5');
    for (const version of ['new', 'old', 'new']) {
      cpSync(join(fixtures, version, 'sequential.h5'), path);
      await expectTensors(
        await openTensorFile(path),
        expectedOf(join(fixtures, version))['sequential.h5']!,
      );
    }
  });

  it('leaves out links to other files, and says so', async () => {
    for (const name of ['external-link.h5', 'virtual.h5']) {
      const path = join(folder, name);
      cpSync(join(fixtures, 'hostile', name), path);
      cpSync(join(fixtures, 'new/types.h5'), join(folder, 'other.h5'));
      const { tensors, notes } = await openTensorFile(path);
      expect(tensors.map((tensor) => tensor.name)).toEqual(['fine']);
      expect(notes).toHaveLength(1);
    }
  });

  it('reads no values out of other files (CVE-2026-1669)', async () => {
    const path = join(folder, 'x.h5');
    cpSync(join(fixtures, 'hostile/external-storage.h5'), path);
    writeFileSync(join(folder, 'secret'), 'this is a secret');
    const cwd = process.cwd();
    try {
      process.chdir(folder);
      await expect(openTensorFile(path)).rejects.toMatchObject({
        code: 'corrupt',
        message: expect.stringContaining('"secret"'),
      });
    } finally {
      process.chdir(cwd);
    }
  });

  it.each([
    ['bomb.h5', 'more values than the file can hold'],
    ['chunks.h5', 'more values than the file can hold'],
    ['contiguous.h5', 'more values than the file can hold'],
    ['circle.h5', 'in a circle'],
  ])('refuses shapes that are only claimed, and circles (CVE-2026-0897): %s', async (name, why) => {
    await expect(openTensorFile(join(fixtures, 'hostile', name))).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining(why),
    });
  });

  it.each([
    ['no JSON', 'was expected in its configuration'],
    ['[1]', 'no object'],
    ['{"config":1,"config":2}', 'occurs twice'],
    [`{"config":${'['.repeat(100_000)}`, 'nested too deeply'],
  ])('refuses a configuration that is not clear: %.30s', async (config, message) => {
    const file = archive({ 'config.json': config, 'model.weights.h5': weights });
    await expect(file).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining(message),
    });
  });

  it('names what an archive lacks', async () => {
    const lacking = archive({ 'config.json': '{}', 'metadata.json': '{}' });
    await expect(lacking).rejects.toMatchObject({
      message: expect.stringContaining('no model.weights.h5'),
    });
    const wrong = archive({ 'config.json': '{}', 'model.weights.h5': 'hello' });
    await expect(wrong).rejects.toMatchObject({
      message: expect.stringContaining('not a valid HDF5 file'),
    });
  });

  it.each(['types.h5', 'sequential.h5', 'functional.keras'])(
    'survives damage: %s',
    async (name) => {
      await survivesDamage(join(fixtures, 'new', name), join(folder, 'damaged.h5'), 80);
    },
  );
});

/**
 * Every format that is read has files of its own framework in two versions, whose tensors are what the
 * framework says, bit by bit. The tests of a format read its files; here is what none may lack.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTensorFile, type TensorFile } from '../../../src-main/formats/tensors.ts';
import { expectedOf, expectTensors } from '../../support/tensor-fixtures.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/models');

/** Where the files of a format are. A format that is added to the readers has to be added here. */
const folders: Readonly<Record<TensorFile['format'], string>> = {
  safetensors: 'arrays',
  npy: 'arrays',
  npz: 'arrays',
  pytorch: 'pytorch',
  torchscript: 'pytorch',
  pickle: 'sklearn',
  sklearn: 'sklearn',
  joblib: 'sklearn',
  onnx: 'onnx',
  gguf: 'gguf',
  keras: 'keras',
  hdf5: 'keras',
  tflite: 'tensorflow',
  savedmodel: 'tensorflow',
  xgboost: 'boosters',
  lightgbm: 'boosters',
  catboost: 'boosters',
};

function versionsIn(folder: string): string[] {
  return readdirSync(join(fixtures, folder)).filter((version) =>
    existsSync(join(fixtures, folder, version, 'expected.json')),
  );
}

/** By format, the first file of it in a folder of one version. */
async function filesOf(folder: string, version: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const name of Object.keys(expectedOf(join(fixtures, folder, version)))) {
    const path = join(fixtures, folder, version, name);
    // Some say in a sentence why they are not read; their own tests check it.
    const file = await openTensorFile(path).catch(() => null);
    if (file && !found.has(file.format)) found.set(file.format, name);
  }
  return found;
}

describe('every format', () => {
  it.each(Object.entries(folders))(
    '%s is read as two versions wrote it',
    async (format, folder) => {
      const versions = versionsIn(folder);
      expect(versions.length).toBeGreaterThanOrEqual(2);
      for (const version of versions) {
        const name = (await filesOf(folder, version)).get(format) ?? '';
        expect(name, `${folder}/${version} has no ${format}`).not.toBe('');
        const file = await openTensorFile(join(fixtures, folder, version, name));
        await expectTensors(file, expectedOf(join(fixtures, folder, version))[name]!);
      }
    },
  );

  it.each(['old', 'new'])('of arrays is read whole: %s', async (version) => {
    const folder = join(fixtures, 'arrays', version);
    const expected = Object.entries(expectedOf(folder));
    expect(expected).toHaveLength(5);
    for (const [name, tensors] of expected) {
      await expectTensors(await openTensorFile(join(folder, name)), tensors);
    }
  });
});

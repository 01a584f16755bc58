/**
 * Every format that is read has files of its own framework in two versions, whose tensors are what the
 * framework says, bit by bit. The tests of a format read all its files; here is what none may lack: two
 * versions of the library that wrote them, and elements of each type that the format can hold.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
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

/** The library that writes a folder's files, and each type that some file of it has to hold. */
const libraries: Readonly<Record<string, readonly [library: string, types: string]>> = {
  arrays: [
    'numpy',
    'bool u8 i8 u16 i16 u32 i32 u64 i64 f16 f32 f64 c64 c128 str bytes datetime[D] timedelta[ns]',
  ],
  pytorch: [
    'torch',
    `bool u8 i8 u16 i16 u32 i32 u64 i64 f16 bf16 f32 f64 c32 c64 c128 qint8 quint8 qint32 f8_e4m3
    f8_e5m2 f8_e4m3fnuz f8_e5m2fnuz f8_e8m0`,
  ],
  sklearn: [
    'scikit-learn',
    'bool u8 i8 i16 i32 i64 f16 f32 f64 c128 str bytes datetime[D] timedelta[ns]',
  ],
  onnx: [
    'onnx',
    `bool u8 i8 u16 i16 u32 i32 u64 i64 f16 bf16 f32 f64 c64 c128 i4 u4 f4 f8_e4m3 f8_e5m2
    f8_e4m3fnuz f8_e5m2fnuz f8_e8m0`,
  ],
  gguf: [
    'gguf',
    `f16 bf16 f32 f64 i8 i16 i32 i64 q4_0 q4_1 q5_0 q5_1 q8_0 q2_k q3_k q4_k q5_k q6_k q8_k iq1_s
    iq1_m iq2_xxs iq2_xs iq2_s iq3_xxs iq3_s iq4_nl iq4_xs tq1_0 tq2_0 mxfp4 nvfp4 q1_0`,
  ],
  keras: ['keras', 'bool u8 i8 u16 i16 u32 i32 u64 i64 f16 bf16 f32 f64'],
  tensorflow: ['tensorflow', 'bool u8 i8 u16 i16 u32 i32 u64 i64 f16 bf16 f32 f64 c64 c128 i4 u4'],
  boosters: ['xgboost', 'u8 i8 i32 i64 u32 f32 f64'],
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

  it.each(Object.entries(libraries))('%s: two versions, all types', (folder, [library, types]) => {
    const versions = versionsIn(folder).map((version) => join(fixtures, folder, version));
    const made = versions.map(
      (path) => JSON.parse(readFileSync(join(path, 'versions.json'), 'utf8'))[library] as string,
    );
    expect(new Set(made.map((version) => version.split('.').slice(0, 2).join('.'))).size).toBe(2);
    const found = new Set(
      versions.flatMap((path) =>
        Object.values(expectedOf(path)).flatMap((tensors) =>
          Object.values(tensors).map(({ dtype }) => dtype),
        ),
      ),
    );
    expect(types.split(/\s+/).filter((type) => !found.has(type))).toEqual([]);
  });

  it.each(['old', 'new'])('of arrays is read whole: %s', async (version) => {
    const folder = join(fixtures, 'arrays', version);
    const expected = Object.entries(expectedOf(folder));
    const files = readdirSync(folder).filter((name) => !name.endsWith('.json'));
    expect(files.toSorted()).toEqual(expected.map(([name]) => name).toSorted());
    for (const [name, tensors] of expected) {
      await expectTensors(await openTensorFile(join(folder, name)), tensors);
    }
  });
});

/** Files that the installed scikit-learn, joblib and PyTorch write now, against what they read back. */
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openTensorFile } from '../../src-main/formats/tensors.ts';
import { expectedTrees, expectTrees } from '../support/sklearn-trees.ts';
import { tempFolder } from '../support/temp.ts';
import { elementsOf, expectedOf, expectTensors } from '../support/tensor-fixtures.ts';
import { firstFormat } from '../support/torch-tar.ts';

const fixtures = resolve(import.meta.dirname, '../fixtures/models');
const programs = process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python';
const python = (venv: string) => resolve(import.meta.dirname, '../../.venv', venv, programs);

function run(venv: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(python(venv), ['-W', 'ignore', ...args], {
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  return stdout;
}

/** Has a `make.py` write its files and reads each as the tool does. */
async function expectAgreement(venv: string, tool: string, skip: readonly string[]): Promise<void> {
  const folder = tempFolder(`${tool}-`);
  run(venv, join(fixtures, tool, 'make.py'), folder);
  const expected = Object.entries(expectedOf(folder)).filter(([name]) => !skip.includes(name));
  expect(expected.length).toBeGreaterThan(5);
  for (const [name, tensors] of expected) {
    await expectTensors(await openTensorFile(join(folder, name)), tensors);
  }
}

describe('scikit-learn and joblib', () => {
  beforeAll(() => {
    if (existsSync(python('interop'))) return;
    throw new Error('The Python tools are missing: run “node scripts/venv.mjs” first.');
  });

  it('write pickles of which every array is read, bit by bit', async () => {
    await expectAgreement('interop', 'sklearn', ['pipeline-xz.joblib']);
  });

  it('lead rows to the leaves, and rank columns, as our reading of their trees does', async () => {
    const folder = tempFolder('sklearn-trees-');
    run('interop', join(fixtures, 'sklearn-trees', 'make.py'), folder);
    const expected = Object.entries(expectedTrees(folder));
    expect(expected.length).toBeGreaterThan(10);
    for (const [name, trees] of expected) await expectTrees(join(folder, name), trees);
  });
});

// Gigabytes: only where somebody asked for them, with “node scripts/venv.mjs torch”.
describe.skipIf(!existsSync(python('torch')))('PyTorch', () => {
  it('writes files of which every tensor is read, bit by bit', async () => {
    await expectAgreement('torch', 'pytorch', []);
  }, 120_000);

  it('reads its first format, which it no longer writes, as we do', async () => {
    const path = join(tempFolder('torch-'), 'first.tar');
    writeFileSync(path, firstFormat());
    const script = `import json, sys, torch
found = torch.load(sys.argv[1], weights_only=False)
print(json.dumps({name: one.tolist() for name, one in found.items()}))`;
    const file = join(tempFolder('torch-'), 'read.py');
    writeFileSync(file, script);
    const expected = JSON.parse(run('torch', file, path)) as Record<string, number[] | number[][]>;
    const { tensors } = await openTensorFile(path);
    expect(tensors.map(({ name }) => name)).toEqual(Object.keys(expected));
    for (const tensor of tensors) {
      const bytes = await elementsOf(tensor);
      const values = new Float32Array(bytes.buffer, bytes.byteOffset, tensor.elements);
      expect([...values]).toEqual(expected[tensor.name]?.flat());
    }
  }, 120_000);
});

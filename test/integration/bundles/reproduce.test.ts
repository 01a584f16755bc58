import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compareTexts } from '../../../src-main/bundles/compare.ts';
import { type Execution, reproduceBundle } from '../../../src-main/bundles/index.ts';
import { hashDirectory } from '../../../src-main/cas/index.ts';
import { tempFolder } from '../../support/temp.ts';
import { bundleOf, makeRun, write } from './support.ts';

const outputs = {
  'same.txt': 'same\n',
  'close.csv': 'step,loss\n1,0.5\n2,0.25\n',
  'other.json': '{"accuracy": 0.9}\n',
  'gone.txt': 'gone\n',
  'model.bin': 'binary\u0000a',
  'left.txt': 'left out\n',
};

/** Reproduces with a command that writes `files`. */
async function reproduce(files: Record<string, string>, tolerance = 1e-6, exitCode = 0) {
  const made = makeRun({ 'make.py': 'pass\n' }, outputs);
  const path = await bundleOf(made, ['left.txt']);
  const into = join(tempFolder(), 'again');
  const execute = async (folder: string): Promise<Execution> => {
    expect(readFileSync(join(folder, 'make.py'), 'utf8')).toBe('pass\n');
    write(folder, files);
    return { exitCode, log: 'ran\n', environment: null };
  };
  const compareTensors = async () => null;
  return reproduceBundle(path, into, tolerance, {
    cache: made.sources.cache,
    home: '/home/ada',
    compareTensors,
    execute,
  });
}

it('gives every output its verdict', async () => {
  const report = await reproduce({
    'same.txt': outputs['same.txt'],
    'close.csv': 'step,loss\n1,0.5000000001\n2,0.25\n',
    'other.json': '{"accuracy": 0.8}\n',
    'model.bin': 'binary\u0000b',
    'left.txt': 'something else\n',
  });
  const verdicts = Object.fromEntries(report.outputs.map((one) => [one.path, one.verdict]));
  expect(verdicts).toEqual({
    'same.txt': 'identical',
    'close.csv': 'within tolerance',
    'other.json': 'different',
    'gone.txt': 'missing',
    'model.bin': 'different',
    'left.txt': 'different',
  });
  expect(report.ok).toBe(false);
  expect(report.outputs.find((one) => one.path === 'other.json')?.detail).toContain(
    '0.9 became 0.8',
  );
});

it('is reproduced when everything is identical or close enough', async () => {
  const report = await reproduce({
    ...outputs,
    'close.csv': 'step,loss\n1,0.5000000001\n2,0.25\n',
  });
  expect(report).toMatchObject({ ok: true, exitCode: 0, log: 'ran\n' });
  expect((await reproduce({ ...outputs, 'close.csv': 'step,loss\n1,0.51\n2,0.25\n' })).ok).toBe(
    false,
  );
  expect(
    (await reproduce({ ...outputs, 'close.csv': 'step,loss\n1,0.51\n2,0.25\n' }, 0.1)).ok,
  ).toBe(true);
});

it('is not reproduced when the command ends otherwise than it did', async () => {
  expect((await reproduce(outputs, 1e-6, 3)).ok).toBe(false);
});

it('runs nothing of a bundle that was altered, and touches no folder that is in use', async () => {
  const made = makeRun({ 'make.py': 'pass\n' }, { 'same.txt': 'same\n' });
  const path = await bundleOf(made);
  let ran = false;
  const services = {
    cache: made.sources.cache,
    home: '/home/ada',
    compareTensors: async () => null,
    execute: async (): Promise<Execution> => {
      ran = true;
      return { exitCode: 0, log: '', environment: null };
    },
  };
  const full = tempFolder();
  mkdirSync(join(full, 'mine'));
  await expect(reproduceBundle(path, full, 0, services)).rejects.toThrow('not empty');
  const bytes = readFileSync(path);
  bytes[60] = (bytes[60] as number) ^ 1;
  writeFileSync(path, bytes);
  await expect(reproduceBundle(path, null, 0, services)).rejects.toThrow(
    /nothing of it was run|whole zip/,
  );
  expect(ran).toBe(false);
});

it('skips an output whose content was never recorded, and compares directories file by file', async () => {
  const made = makeRun({ 'make.py': 'pass\n' }, {});
  write(made.folder, { 'd/a.csv': '1.0\n', 'd/b.csv': '2\n' });
  const { cache } = made.sources;
  const { hash, size, files } = await hashDirectory(join(made.folder, 'd'), { cache });
  const out = { role: 'out' as const, stage: '', available: true };
  const outputs = [
    { path: 'd', hash, size, files, ...out },
    { path: 'unknown', hash: null, size: null, files: null, ...out },
  ];
  const run = { ...made.sources.run, files: outputs };
  const path = await bundleOf({ ...made, sources: { ...made.sources, run } });
  const judge = async (written: Record<string, string>) => {
    const execute = async (folder: string): Promise<Execution> => {
      write(folder, written);
      return { exitCode: 0, log: '', environment: null };
    };
    const services = { cache, home: '/home/ada', compareTensors: async () => null, execute };
    const into = join(tempFolder(), 'again');
    const report = await reproduceBundle(path, into, 1e-6, services);
    return [report.ok, ...report.outputs.map(({ verdict, detail }) => `${verdict}: ${detail}`)];
  };
  const skipped = 'skipped: its content was never recorded';
  expect(await judge({ 'd/a.csv': '1.0\n', 'd/b.csv': '2\n' })).toEqual([
    true,
    'identical: ',
    skipped,
  ]);
  expect(await judge({ 'd/a.csv': '1.00000001\n', 'd/b.csv': '2\n' })).toEqual([
    true,
    'within tolerance: 1 of 2 files differ, all within tolerance',
    skipped,
  ]);
  expect(await judge({ 'd/a.csv': '1.1\n', 'd/b.csv': '2\n' })).toEqual([
    false,
    'different: a.csv: 1.0 became 1.1',
    skipped,
  ]);
  expect(await judge({ 'd/a.csv': '1.0\n' })).toEqual([
    false,
    'different: not made: b.csv',
    skipped,
  ]);
  expect(await judge({ d: 'a file\n' })).toEqual([
    false,
    'different: one is a file, the other a directory',
    skipped,
  ]);
});

it.each([
  ['a 1.0 b', 'a 1.00000001 b', 'within tolerance'],
  ['{"a": [1, 2]}', '{"a": [1, 3]}', 'different'],
  ['nan', 'NaN', 'within tolerance'],
  ['1e308', '-1e308', 'different'],
  ['x,1\ny,2', 'x,1', 'different'],
  ['name', 'other', 'different'],
  ['1,2', '1;2', 'different'],
  ['inf', 'inf ', 'within tolerance'],
  ['inf', '-inf', 'different'],
  ['inf', 'nan', 'different'],
  ['Infinity', 'inf', 'within tolerance'],
])('compares %j with %j: %s', (left, right, verdict) => {
  expect(compareTexts(left, right, 1e-6).verdict).toBe(verdict);
});

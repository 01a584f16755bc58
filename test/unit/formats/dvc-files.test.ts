import { expect, it } from 'vitest';
import { parseDvcConfig } from '../../../src-main/formats/dvc-config.ts';
import {
  parseDvcFile,
  serialiseDvcFile,
  updateDvcFile,
} from '../../../src-main/formats/dvc-file.ts';
import { parseLock, serialiseLock } from '../../../src-main/formats/dvc-lock.ts';
import { createDvcIgnore } from '../../../src-main/formats/dvcignore.ts';
import { addToGitignore } from '../../../src-main/formats/gitignore-edit.ts';
import { readDvcFixture } from '../../support/dvc-fixtures.ts';

const lock = `schema: '2.0'
stages:
  train:
    cmd: python train.py
    deps:
    - path: data
      hash: md5
      md5: 674e23f868019fe55346ed1d95842800.dir
      size: 1288890
      nfiles: 100
    - path: train.py
      hash: md5
      md5: '12345678901234567890123456789012'
      size: 12
    params:
      params.yaml:
        train.lr: 1e-05
        train.momentum: 1.0
      other.yaml:
        a: null
    outs:
    - path: run.sh
      hash: md5
      md5: 5ea40360f5b4ec688df672a4db9c17d1
      size: 6
      isexec: true
`;

it('writes dvc.lock as it was read', () => {
  const text = lock.replace('        a: null\n', '        a:\n');
  expect(serialiseLock(parseLock(text, 'dvc.lock'))).toBe(text);
});

it('keeps the numbers that are keys, and their order', () => {
  const text = `schema: '2.0'
stages:
  train:
    cmd: x
    params:
      params.yaml:
        class_weights:
          3: 0.5
          1: 2.0
`;
  expect(serialiseLock(parseLock(text, 'dvc.lock'))).toBe(text);
});

it('keeps the order of stages and params whose names are digits', () => {
  const text = `schema: '2.0'
stages:
  train:
    cmd: x
    params:
      params.yaml:
        '10': 1
        '2': 0.5
        a: 3
  '10':
    cmd: y
  '2':
    cmd: z
`;
  expect(serialiseLock(parseLock(text, 'dvc.lock'))).toBe(text);
});

it('sorts entries and params as DVC does', () => {
  const read = parseLock(lock, 'dvc.lock');
  const stage = read.stages.train!;
  const shuffled = {
    ...read,
    stages: {
      train: {
        ...stage,
        deps: stage.deps!.toReversed(),
        params: { 'other.yaml': { b: 1, a: null }, 'params.yaml': { z: 1, a: 2 } },
      },
    },
  };
  const written = serialiseLock(shuffled);
  expect(written.indexOf('path: data')).toBeLessThan(written.indexOf('path: train.py'));
  expect(written).toContain(
    'params.yaml:\n        a: 2\n        z: 1\n      other.yaml:\n        a:\n        b: 1',
  );
});

it('reads a lock of the first schema, and an MD5 that was written like a number', () => {
  const read = parseLock('train:\n  cmd: x\n  outs:\n  - path: a\n    md5: 1234\n', 'dvc.lock');
  expect(read.stages.train?.outs).toEqual([{ path: 'a', md5: '1234' }]);
});

it.each([
  ['- 1', 'not a map'],
  ['schema: "9.9"\nstages: {}', '9.9'],
  ['schema: "2.0"\nstages: [1]', 'not a map'],
  ['schema: "2.0"\nstages:\n  a:\n    outs: 3', 'not a list'],
  ['schema: "2.0"\nstages:\n  a:\n    outs:\n    - md5: x', 'no path'],
])('refuses the lock %j in a sentence', (text, why) => {
  expect(() => parseLock(text, 'dvc.lock')).toThrow(why);
});

it('updates a .dvc file in place, with its comments', () => {
  const text = `# where it came from
outs:
- md5: d41d8cd98f00b204e9800998ecf8427e # old
  size: 0
  path: data.csv
meta:
  who: us
`;
  const updated = updateDvcFile(text, 'data.csv.dvc', [
    { path: 'data.csv', md5: '5ea40360f5b4ec688df672a4db9c17d1', size: 6, hash: 'md5' },
  ]);
  expect(updated).toContain('# where it came from');
  expect(updated).toContain('who: us');
  expect(parseDvcFile(updated, 'data.csv.dvc').outs[0]).toMatchObject({
    md5: '5ea40360f5b4ec688df672a4db9c17d1',
    hash: 'md5',
    size: 6,
  });
});

it('writes a new .dvc file as `dvc add` does', () => {
  const out = { path: 'data.csv', hash: 'md5', md5: 'd41d8cd98f00b204e9800998ecf8427e', size: 0 };
  expect(serialiseDvcFile([out])).toBe(
    'outs:\n- md5: d41d8cd98f00b204e9800998ecf8427e\n  size: 0\n  hash: md5\n  path: data.csv\n',
  );
});

const files = readDvcFixture<{ before: string; after: string }[]>('dvc-file.json');
it.each(files.map(({ before, after }) => [before, after] as const))(
  'updates %j as DVC does, byte for byte',
  (before, after) => {
    const { outs } = parseDvcFile(after, 'x.dvc');
    expect(updateDvcFile(before, 'x.dvc', outs)).toBe(after);
    expect(updateDvcFile(after, 'x.dvc', parseDvcFile(before, 'x.dvc').outs)).toSatisfy(
      (back: string) => parseDvcFile(back, 'x.dvc').outs[0]?.isexec === undefined,
    );
  },
);

it('updates a .dvc file of another layout, at its end without a line end too', () => {
  const out = { path: 'a', md5: 'd41d8cd98f00b204e9800998ecf8427e', size: 0, hash: 'md5' };
  expect(updateDvcFile('outs: [{path: a, md5: x}]\n', 'a.dvc', [out])).toContain(out.md5);
  expect(updateDvcFile('outs:\n  - path: a', 'a.dvc', [out])).toBe(
    `outs:\n  - path: a\n    md5: ${out.md5}\n    size: 0\n    hash: md5\n`,
  );
  const asked = updateDvcFile('outs:\n- ? path\n  : a\n', 'a.dvc', [out]);
  expect(parseDvcFile(asked, 'a.dvc').outs).toEqual([out]);
  expect(updateDvcFile('outs:\r\n- path: a', 'a.dvc', [out])).not.toMatch(/[^\r]\n/);
  const digits = { ...out, md5: '12345678901234567890123456789012' };
  const quoted = updateDvcFile('\ufeffouts:\r\n- md5: x\r\n  path: a\r\n', 'a.dvc', [digits]);
  expect(quoted).toContain("- md5: '12345678901234567890123456789012'\r\n");
});

const ignored =
  readDvcFixture<
    { rules: Record<string, string>; asked: [string, boolean][]; left: [string, boolean][] }[]
  >('dvcignore.json');
it.each(ignored.map(({ rules, asked, left }) => [rules, asked, left] as const))(
  'leaves out by %j what DVC leaves out',
  (rules, asked, left) => {
    const ignore = createDvcIgnore((folder) => rules[folder] ?? null);
    const found = asked.filter(([path, directory]) => ignore.ignores(path, directory));
    expect(found.map(String).sort()).toEqual(left.map(String).sort());
  },
);

it('does not ask for rules in a folder that is left out', () => {
  const asked: string[] = [];
  const ignore = createDvcIgnore((folder) => {
    asked.push(folder);
    return folder === '' ? 'data/\n' : null;
  });
  expect(ignore.ignores('data/a/b', false)).toBe(true);
  expect(asked).toEqual(['']);
});

it('merges nested .dvcignore files; what is in a folder that is out stays out', () => {
  const files: Record<string, string> = { '': '*.tmp\n/cache/\n', 'a/b': '!keep.tmp\nlocal\n' };
  const ignore = createDvcIgnore((folder) => files[folder] ?? null);
  expect(ignore.ignores('x.tmp', false)).toBe(true);
  expect(ignore.ignores('a/b/keep.tmp', false)).toBe(false);
  expect(ignore.ignores('a/b/local', false)).toBe(true);
  expect(ignore.ignores('a/local', false)).toBe(false);
  expect(ignore.ignores('cache', true)).toBe(true);
  expect(ignore.ignores('.git', true)).toBe(true);
});

it('adds outputs to .gitignore once, with odd names escaped', () => {
  expect(addToGitignore('/a\n', ['a', 'b'])).toBe('/a\n/b\n');
  expect(addToGitignore('/a', ['b'])).toBe('/a\n/b\n');
  expect(addToGitignore('/a\n', ['a'])).toBeNull();
  expect(addToGitignore('', ['x[1]#'])).toBe('/x\\[1\\]\\#\n');
  expect(addToGitignore('', ['my data'])).toBe('/my data\n');
  const once = addToGitignore('', ['blank at the end ']);
  expect(addToGitignore(once ?? '', ['blank at the end '])).toBeNull();
});

it('reads the configuration with its quoted sections', () => {
  const config = parseDvcConfig(
    '[core]\n    remote = origin\n# no\n[\'remote "origin"\']\n    URL = ../store\n',
  );
  const commented = parseDvcConfig(
    "[core] # c\nremote = origin # c\n'Autostage' = true\n[ cache ]\ntype = \"reflink, copy\" # c\ndir = 'a # b'\n",
  );
  expect(commented).toEqual({
    core: { remote: 'origin', autostage: 'true' },
    cache: { type: 'reflink, copy', dir: 'a # b' },
  });
  expect(config).toEqual({ core: { remote: 'origin' }, 'remote "origin"': { url: '../store' } });
});

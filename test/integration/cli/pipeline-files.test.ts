/** Pipeline files that are wrong: said with line and column, before anything runs or is recorded. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Cairn, expectRefusal, gitProject } from '../../support/cairn.ts';

const good = `stages:
  copy:
    cmd: cp in.txt out.txt
    deps: [in.txt]
    params: [lr]
    outs: [out.txt]
`;

function project(files: Record<string, string> = {}): string {
  return gitProject({ 'dvc.yaml': good, 'params.yaml': 'lr: 0.1\n', 'in.txt': 'in\n', ...files });
}

async function labels(cairn: Cairn, folder: string): Promise<string[]> {
  const { rows } = await cairn.json<{ rows: { label: string }[] }>(folder, 'ls');
  return rows.map((row) => row.label);
}

test.each([
  ['a syntax error', 'stages:\n  a:\n    cmd: [echo 1\n    deps: [x]\n', /^cairn: dvc\.yaml:4:5: /],
  ['a tab', 'stages:\n\ta:\n    cmd: echo 1\n', /^cairn: dvc\.yaml:2:1: Tabs/],
  [
    'a cycle',
    'stages:\n  a:\n    cmd: cp y x\n    deps: [y]\n    outs: [x]\n  b:\n    cmd: cp x y\n    deps: [x]\n    outs: [y]\n',
    /^cairn: dvc\.yaml:2:3: .*a → b → a/,
  ],
  [
    'overlapping outs',
    'stages:\n  a:\n    cmd: mkdir d\n    outs: [d]\n  b:\n    cmd: touch d/x\n    outs: [d/x]\n',
    /^cairn: dvc\.yaml:7:12: .*“d\/x” of b.*“d” of a \(dvc\.yaml:4\)/,
  ],
  [
    'an output made twice',
    'stages:\n  a:\n    cmd: touch d\n    outs: [d]\n  b:\n    cmd: touch d\n    outs: [d]\n',
    /^cairn: dvc\.yaml:7:12: .*“d” of b is also an output of a/,
  ],
  [
    'an unknown key',
    'stages:\n  a:\n    cmd: echo 1\n    dep: [x]\n',
    /^cairn: dvc\.yaml:4:5: “dep” .*Did you mean “deps”\?/,
  ],
  [
    'a value that is not there',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: DVC's own interpolation
    'stages:\n  a:\n    cmd: echo ${nope.x}\n',
    /^cairn: dvc\.yaml:3:5: .*“nope\.x”/,
  ],
  ['a list at the top', '- 1\n- 2\n', /^cairn: dvc\.yaml:1:1: /],
  [
    'a merge conflict',
    `<<<<<<< HEAD\n${good}=======\nstages: {}\n>>>>>>> other\n`,
    /^cairn: dvc\.yaml:1:1: a merge left both of its sides/,
  ],
])('dvc.yaml with %s', async (_name, text, what) => {
  const cairn = new Cairn();
  const folder = project({ 'dvc.yaml': text });
  expectRefusal(await cairn.run(folder, 'repro'), what);
  expectRefusal(await cairn.run(folder, 'status'), what);
  expect(await labels(cairn, folder)).toEqual([]);
  // The rest of the folder opens, and says what is wrong with this.
  const opened = await cairn.run(folder, 'open');
  expect(opened.code).toBe(0);
  expect(opened.stdout).toMatch(new RegExp(what.source.replace('^cairn: ', ''), 'm'));
});

test.each([
  ['params.yaml', 'lr: [1\n', /params\.yaml:2:1: /],
  ['dvc.lock', "schema: '2.0'\nstages:\n  copy: [\n", /dvc\.lock:\d+:\d+: /],
  ['dvc.lock', 'stages: 1\n', /dvc\.lock cannot be used: .*Restore it from Git/],
  ['dvc.lock', "schema: '9.0'\nstages: {}\n", /dvc\.lock cannot be used: its schema is 9\.0/],
  ['dvc.lock', "<<<<<<< HEAD\nschema: '2.0'\n", /dvc\.lock:1:1: a merge left both/],
  ['data.dvc', 'outs: [\n', /data\.dvc:2:1: /],
])('%s damaged: %j', async (file, text, what) => {
  const cairn = new Cairn();
  const folder = project();
  expect((await cairn.run(folder, 'repro')).code).toBe(0);
  writeFileSync(join(folder, file), text);
  expectRefusal(await cairn.run(folder, 'status'), what);
  expectRefusal(await cairn.run(folder, 'repro'), what);
  expect(readFileSync(join(folder, file), 'utf8')).toBe(text);
  for (const command of ['open', 'timeline', 'show']) {
    const ended = await cairn.run(folder, command, ...(command === 'show' ? ['01.1'] : []));
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
  }
  expect(await labels(cairn, folder)).toContain('01.1');
});

test('a dep and a param that do not exist are named with their place', async () => {
  const cairn = new Cairn();
  const folder = project();
  rmSync(join(folder, 'in.txt'));
  const what = /dvc\.yaml:4:12: stage copy needs “in\.txt”, which does not exist/;
  expectRefusal(await cairn.run(folder, 'repro'), what);
  writeFileSync(join(folder, 'in.txt'), 'in\n');
  writeFileSync(join(folder, 'params.yaml'), 'other: 1\n');
  expectRefusal(await cairn.run(folder, 'repro'), /dvc\.yaml:5:14: stage copy needs “lr”/);
});

test('a target that is not there makes no run', async () => {
  const cairn = new Cairn();
  const folder = project();
  expectRefusal(await cairn.run(folder, 'repro', 'cpy'), /“cpy” here\. Did you mean “copy”\?/);
  expect(await labels(cairn, folder)).toEqual([]);
});

test('a pipeline file of a subfolder is named as it is seen from there', async () => {
  const cairn = new Cairn();
  const stage = 'stages:\n  there:\n    cmd: touch made\n    outs: [made]\n';
  const folder = project({ 'sub/dvc.yaml': stage, '.dvc/config': '' });
  const ended = await cairn.run(join(folder, 'sub'), 'repro', 'dvc.yaml:there');
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  expect(readFileSync(join(folder, 'sub', 'dvc.lock'), 'utf8')).toContain('path: made');
});

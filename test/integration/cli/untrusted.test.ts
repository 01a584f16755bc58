/** Looking at a folder that nobody trusts: nothing in it is run, and nothing in it changes. */
import { chmodSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Cairn, expectRefusal, gitProject, listing, until } from '../../support/cairn.ts';
import { git, writeFiles } from '../../support/git.ts';
import { tempFolder } from '../../support/temp.ts';

/** Everything here that a careless program would run leaves a mark. */
function hostile(mark: string): string {
  const touch = `touch ${mark}`;
  const folder = gitProject({
    'dvc.yaml': `stages:\n  a:\n    cmd: ${touch}\n    deps: [in.txt]\n    params:\n    - p.py:\n      - lr\n    outs: [out.txt]\n`,
    'p.py': `import os\nos.system("${touch}")\nlr = 0.1\n`,
    'params.yaml': `x: !!python/object/apply:os.system ["${touch}"]\n`,
    'in.txt': 'in\n',
    '.gitattributes': '* filter=evil diff=evil\n',
    'model.pkl': `cos\nsystem\n(S'${touch}'\ntR.`,
    'run.ipynb': '{"cells": [], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}',
    '.envrc': touch,
    'sitecustomize.py': `import os\nos.system("${touch}")\n`,
  });
  for (const [key, value] of [
    ['core.fsmonitor', touch],
    ['core.pager', touch],
    ['core.sshCommand', touch],
    ['filter.evil.clean', touch],
    ['filter.evil.smudge', touch],
    ['diff.evil.textconv', touch],
    ['diff.external', touch],
  ] as const) {
    git(folder, 'config', key, value);
  }
  const hook = join(folder, '.git', 'hooks', 'post-index-change');
  writeFiles(folder, { '.git/hooks/post-index-change': `#!/bin/sh\n${touch}\n` });
  chmodSync(hook, 0o755);
  writeFiles(folder, { 'p.py': 'lr = 0.2\n', 'new.txt': 'new\n' });
  // Setting the scene may itself have run something: only what comes now counts.
  rmSync(mark, { force: true });
  return folder;
}

test('open, status, ls, timeline, diff, experiments and serve only read', async () => {
  const cairn = new Cairn();
  const mark = join(tempFolder(), 'executed');
  const folder = hostile(mark);
  const before = listing(folder);
  for (const args of [
    ['open'],
    ['status'],
    ['ls'],
    ['timeline'],
    ['experiments'],
    ['diff', 'HEAD', 'workspace'],
    ['diff', 'HEAD', '--code'],
    ['open', '--json'],
  ]) {
    const ended = await cairn.run(folder, ...args);
    expect(ended.stderr, args.join(' ')).not.toMatch(/\n\s+at /);
    expect(listing(folder), args.join(' ')).toEqual(before);
  }
  const server = cairn.start(folder, 'serve', folder, '--json');
  const address = await until(() => server.stdout?.read() as Buffer | null, 30_000);
  expect(String(address)).toContain('"url": "http://127.0.0.1:');
  // Long enough for the background look at the working tree.
  await new Promise((done) => setTimeout(done, 1500));
  server.kill('SIGTERM');
  await new Promise((done) => server.once('exit', done));
  expect(listing(folder)).toEqual(before);
  expect(existsSync(mark)).toBe(false);
});

test('a command that cannot run gives no trust', async () => {
  const cairn = new Cairn();
  const folder = gitProject({ 'a.txt': 'a' });
  const before = listing(folder);
  expectRefusal(await cairn.run(folder, 'repro'), /no pipeline/);
  expect(listing(folder)).toEqual(before);
  const { workspace } = await cairn.json<{ workspace: { trusted: boolean } }>(folder, 'open');
  expect(workspace.trusted).toBe(false);
});

/** Git in the middle of something, or damaged: the rest of the folder works all the same. */
import { chmodSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Cairn, expectRefusal, gitProject } from '../../support/cairn.ts';
import { commit, git } from '../../support/git.ts';

function project(): string {
  const folder = gitProject({ 'a.txt': '1\n' });
  for (const text of ['2\n', '3\n']) commit(folder, { 'a.txt': text, 'b.txt': text.repeat(99) });
  return folder;
}

function objectFile(folder: string, revision: string): string {
  const oid = git(folder, 'rev-parse', revision);
  return join(folder, '.git', 'objects', oid.slice(0, 2), oid.slice(2));
}

/** Everything in one pack. */
function packFile(folder: string): string {
  git(folder, 'gc', '-q');
  const packs = join(folder, '.git', 'objects', 'pack');
  return join(packs, readdirSync(packs).find((name) => name.endsWith('.pack')) as string);
}

function cutShort(file: string): void {
  chmodSync(file, 0o600);
  truncateSync(file, statSync(file).size - 60);
}

function empty(file: string): void {
  chmodSync(file, 0o600);
  truncateSync(file, 0);
}

function leadNowhere(folder: string): void {
  rmSync(join(folder, '.git'), { recursive: true });
  writeFileSync(join(folder, '.git'), 'gitdir: /nonexistent\n');
}

const damages: [string, (folder: string) => void][] = [
  ['a pack cut short', (folder) => cutShort(packFile(folder))],
  ['the commit of HEAD missing', (folder) => rmSync(objectFile(folder, 'HEAD'), { force: true })],
  ['the commit of HEAD empty', (folder) => empty(objectFile(folder, 'HEAD'))],
  ['a HEAD of garbage', (folder) => writeFileSync(join(folder, '.git', 'HEAD'), 'garbage\n')],
  ['no HEAD', (folder) => rmSync(join(folder, '.git', 'HEAD'))],
  ['a .git file that leads nowhere', leadNowhere],
];

test.each(damages)('%s', async (_name, damage) => {
  const cairn = new Cairn();
  const folder = project();
  await cairn.run(folder, 'run', '--', 'echo', 'before');
  await cairn.run(folder, 'timeline');
  damage(folder);
  const opened = await cairn.run(folder, 'open');
  expect(opened.code).toBe(0);
  expect(opened.stdout).toMatch(/^The Git repository is damaged: .*git fsck/m);
  expectRefusal(await cairn.run(folder, 'status'), /The Git repository is damaged/);
  expectRefusal(await cairn.run(folder, 'diff', 'HEAD'), /The Git repository is damaged/);
  // Running and recording go on; the code is kept beside the store instead.
  const ran = await cairn.run(folder, 'run', '--', 'echo', 'after');
  expect(ran, ran.stderr).toMatchObject({ code: 0, stdout: 'after\n' });
  expect((await cairn.run(folder, 'ls')).stdout).toMatch(/^01\.2 .*\n01\.1 /m);
  expect((await cairn.run(folder, 'timeline')).stdout).toMatch(/01\.2 .*\n.*01\.1 .*\n.*◆/);
});

test('an old tree missing is no reason not to work', async () => {
  const cairn = new Cairn();
  const folder = project();
  rmSync(objectFile(folder, 'HEAD~1^{tree}'));
  for (const command of ['open', 'status', 'timeline']) {
    expect(await cairn.run(folder, command)).toMatchObject({ code: 0, stderr: '' });
  }
  const { cells } = await cairn.json<{ cells: unknown[] }>(folder, 'timeline');
  expect(cells).toHaveLength(3);
});

test('an old commit missing is said; what does not need the history works', async () => {
  const cairn = new Cairn();
  const folder = project();
  rmSync(objectFile(folder, 'HEAD~1'));
  expect((await cairn.run(folder, 'open')).stdout).toMatch(
    /^The Git repository is damaged: object/m,
  );
  expect((await cairn.run(folder, 'timeline')).stderr).toMatch(
    /^cairn: The Git repository is damaged/,
  );
  expect(await cairn.run(folder, 'status')).toMatchObject({ code: 0, stderr: '' });
});

test('in the middle of a merge', async () => {
  const cairn = new Cairn();
  const folder = project();
  git(folder, 'checkout', '-q', '-b', 'other', 'HEAD~1');
  commit(folder, { 'a.txt': 'other\n' });
  expect(() => git(folder, 'merge', 'main')).toThrow();
  const index = git(folder, 'ls-files', '--stage');
  expect((await cairn.run(folder, 'open')).stdout).toContain('in the middle of a merge');
  const status = await cairn.json<{ code: { path: string }[] }>(folder, 'status');
  expect(status.code.map((one) => one.path)).toContain('a.txt');
  expect((await cairn.run(folder, 'run', '--', 'echo', 'x')).code).toBe(0);
  expect((await cairn.run(folder, 'diff', '01.1', 'HEAD')).stdout).toContain('a.txt');
  expect(git(folder, 'ls-files', '--stage')).toBe(index);
  expect(() => git(folder, 'rev-parse', 'MERGE_HEAD')).not.toThrow();
});

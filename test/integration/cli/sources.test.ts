/** `cairn sources add` and `remove`. */
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Cairn, expectRefusal, gitProject } from '../../support/cairn.ts';
import { tempFolder } from '../../support/temp.ts';

interface Sources {
  readonly read: number;
  readonly sources: { kind: string; path: string; runs: number; goneAt: number | null }[];
}

test('a file of metrics is a run from when it is added until it is removed', async () => {
  const folder = gitProject({ 'results/m.csv': 'step,loss\n0,1\n1,0.5\n' });
  const cairn = new Cairn();
  const added = await cairn.json<Sources>(
    folder,
    'sources',
    'add',
    'results/m.csv',
    '--name',
    'baseline',
  );
  expect(added.sources).toMatchObject([{ kind: 'declared', path: 'results/m.csv', runs: 1 }]);
  expect((await cairn.run(folder, 'ls')).stdout).toContain('baseline');
  appendFileSync(join(folder, 'results/m.csv'), '2,0.25\n');
  expect((await cairn.json<Sources>(folder, 'sources')).read).toBe(1);
  expect((await cairn.json<Sources>(folder, 'sources')).read).toBe(0);
  const removed = await cairn.json<Sources>(folder, 'sources', 'remove', 'results/m.csv');
  expect(removed.sources[0]?.goneAt).toEqual(expect.any(Number));
  expect((await cairn.run(folder, 'ls')).stdout).toContain('baseline');
});

test('what is no file of metrics in the folder is refused', async () => {
  const folder = gitProject({ 'model.bin': 'x' });
  mkdirSync(join(folder, 'data.csv'));
  const away = join(tempFolder(), 'm.csv');
  writeFileSync(away, 'step,loss\n0,1\n');
  const cairn = new Cairn();
  expectRefusal(
    await cairn.run(folder, 'sources', 'add', 'model.bin'),
    /cannot be a source of metrics/,
  );
  expectRefusal(await cairn.run(folder, 'sources', 'add', 'data.csv'), /is no file in/);
  expectRefusal(await cairn.run(folder, 'sources', 'add', away), /is no file in/);
  expectRefusal(await cairn.run(folder, 'sources', 'remove', 'm.csv'), /was not added/);
  expectRefusal(await cairn.run(folder, 'sources', 'bogus', 'm.csv'), /cairn sources add FILE/);
});

import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { Store } from '../../../src-main/store/index.ts';
import { watchWorkspace } from '../../../src-main/workspace/index.ts';
import { commit, git, initRepository } from '../../support/git.ts';
import { tempFolder } from '../../support/temp.ts';
import { openWithStore } from '../../support/workspace.ts';

/** Watches a repository with a pipeline and collects topics. */
async function watched(): Promise<{
  folder: string;
  store: Store;
  next(): Promise<string[]>;
  quiet(): Promise<string[]>;
}> {
  const folder = initRepository(tempFolder());
  commit(folder, {
    'dvc.yaml': 'stages: {}\n',
    'params.yaml': 'a: 1\n',
    'sub/data.dvc': 'outs: []\n',
  });
  const { workspace, store } = openWithStore(folder);
  const topics = new Set<string>();
  const stop = watchWorkspace(
    workspace,
    (found) => {
      for (const topic of found) topics.add(topic);
    },
    {
      storeVersion: () => store.dataVersion(),
      gitDirs: [join(folder, '.git')],
    },
  );
  onTestFinished(stop);
  const take = () => {
    const found = [...topics].sort();
    topics.clear();
    return found;
  };
  const next = async () => {
    for (let wait = 0; wait < 100 && topics.size === 0; wait += 1) await sleep(50);
    await sleep(100);
    return take();
  };
  const quiet = async () => {
    await sleep(600);
    return take();
  };
  await quiet();
  return { folder, store, next, quiet };
}

it('tells of pipeline files, also when replaced as a whole, and of code', async () => {
  const { folder, next } = await watched();
  writeFileSync(join(folder, 'params.yaml'), 'a: 22\n');
  expect(await next()).toEqual(['pipeline']);
  writeFileSync(join(folder, 'dvc.yaml.tmp'), 'stages: {a: {cmd: x}}\n');
  renameSync(join(folder, 'dvc.yaml.tmp'), join(folder, 'dvc.yaml'));
  expect(await next()).toEqual(['pipeline']);
  writeFileSync(join(folder, 'sub', 'data.dvc'), 'outs: [1]\n');
  expect(await next()).toEqual(['pipeline']);
  writeFileSync(join(folder, 'sub', 'train.py'), 'print()\n');
  expect(await next()).toEqual(['workspace']);
});

it('tells of commits and branches, but not of Cairn’s own refs', async () => {
  const { folder, next, quiet } = await watched();
  git(folder, 'commit', '-q', '--allow-empty', '-m', 'more');
  expect(await next()).toEqual(['git']);
  git(folder, 'branch', 'deep/er/branch');
  expect(await next()).toEqual(['git']);
  git(folder, 'update-ref', 'refs/cairn/runs/abc', 'HEAD');
  expect(await quiet()).toEqual([]);
});

it('tells of what another process wrote to the store within a second', async () => {
  const { store, next } = await watched();
  const other = Store.open(store.path);
  const before = performance.now();
  other.transaction(() => other.prepare("INSERT INTO settings VALUES ('a', 'b')").run());
  other.close();
  expect(await next()).toEqual(['bundles', 'notes', 'runs']);
  expect(performance.now() - before).toBeLessThan(5000);
});

it('follows folders that appear, and is quiet about data and after the end', async () => {
  const { folder, next, quiet } = await watched();
  mkdirSync(join(folder, 'new'));
  await quiet();
  writeFileSync(join(folder, 'new', 'dvc.yaml'), 'stages: {}\n');
  expect(await next()).toEqual(['pipeline']);
  for (let step = 0; step < 20; step += 1)
    writeFileSync(join(folder, `checkpoint-${step}.bin`), 'x');
  expect(await quiet()).toEqual([]);
});

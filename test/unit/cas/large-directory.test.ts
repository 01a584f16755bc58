import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { HashCache, hashDirectory, ObjectStore } from '../../../src-main/cas/index.ts';
import { tempFolder } from '../../support/temp.ts';

it('tells whether a large directory is whole by listing the store, and notices what goes', async () => {
  const folder = tempFolder();
  const data = join(folder, 'data');
  mkdirSync(data);
  for (let n = 0; n < 5200; n++) writeFileSync(join(data, `${n}.txt`), `${n}`);
  const cache = HashCache.open(join(folder, 'hashes.db'));
  onTestFinished(() => cache.close());
  const open = () => new ObjectStore(join(folder, 'cache', 'files', 'md5'));
  const store = open();
  const hashed = await hashDirectory(data, { cache });
  expect(await store.hasAll(hashed.hash)).toBe(false);
  await store.add(data, hashed, { cache });
  expect(await store.hasAll(hashed.hash)).toBe(true);
  expect(await store.hasAll(hashed.hash)).toBe(true);
  const [entry] = hashed.entries;
  const bytes = store.path(entry?.hash ?? '') ?? '';
  rmSync(bytes);
  expect(await store.hasAll(hashed.hash)).toBe(false);
  await store.add(data, hashed, { cache });
  expect(await store.hasAll(hashed.hash)).toBe(true);

  // What one process learnt, others know, until something comes or goes.
  await setTimeout(60);
  for (let round = 0; round < 2; round++) {
    expect(await open().hasAll(hashed.hash, cache)).toBe(true);
  }
  const known = () => cache.getWhole(join(folder, 'cache', 'files', 'md5'), hashed.hash);
  if (process.platform === 'linux') expect(known()).not.toBeNull();
  rmSync(bytes);
  expect(await open().hasAll(hashed.hash, cache)).toBe(false);
});

import { existsSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ObjectStore, pruneObjects, serialiseManifest } from '../../../src-main/cas/index.ts';
import { tempFolder } from '../../support/temp.ts';

const hash = (digit: string) => digit.repeat(32);

it('removes old contents that nothing refers to, and keeps the files of a directory', async () => {
  const folder = tempFolder();
  const store = new ObjectStore(folder);
  const manifest = serialiseManifest([{ path: 'a', hash: hash('b') }]);
  await store.addBytes(`${hash('a')}.dir`, manifest);
  for (const digit of ['b', 'c', 'd', 'e']) await store.addBytes(hash(digit), Buffer.from(digit));
  for (const name of [`${hash('a')}.dir`, ...['b', 'c', 'd'].map(hash)]) {
    utimesSync(join(folder, name.slice(0, 2), name.slice(2)), 1, 1);
  }
  expect(pruneObjects(folder, new Set([`${hash('a')}.dir`, hash('c')]))).toBe(1);
  const left = ['b', 'c', 'd', 'e'].filter((digit) => store.has(hash(digit)));
  // The last is young: it may be of a run that is just being recorded.
  expect(left).toEqual(['b', 'c', 'e']);
  expect(pruneObjects(join(folder, 'nowhere'), new Set())).toBe(0);
  expect(existsSync(folder)).toBe(true);
});

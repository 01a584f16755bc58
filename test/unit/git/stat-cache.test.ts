import { lstatSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { StatCache } from '../../../src-main/git/stat-cache.ts';
import { tempFolder } from '../../support/temp.ts';

const oid = 'a'.repeat(40);
const later = () => BigInt(Date.now() + 10_000) * 1_000_000n;

it('remembers a file until its stat changes', () => {
  const folder = tempFolder();
  const [cacheFile, path] = [join(folder, 'cache'), join(folder, 'a\nb.py')];
  writeFileSync(path, 'one');
  const stat = lstatSync(path, { bigint: true });
  const first = StatCache.open(cacheFile, folder);
  expect(first.get('a\nb.py', stat)).toBeNull();
  first.set('a\nb.py', stat, oid, later());
  first.save();
  const second = StatCache.open(cacheFile, folder);
  expect(second.get('a\nb.py', stat)).toBe(oid);
  writeFileSync(path, 'longer');
  expect(second.get('a\nb.py', lstatSync(path, { bigint: true }))).toBeNull();
  expect(StatCache.open(cacheFile, '/elsewhere').get('a\nb.py', stat)).toBeNull();
});

it('does not remember what changed within the clock’s tick', () => {
  const folder = tempFolder();
  const [cacheFile, path] = [join(folder, 'cache'), join(folder, 'a.py')];
  writeFileSync(path, 'one');
  const stat = lstatSync(path, { bigint: true });
  const cache = StatCache.open(cacheFile, folder);
  cache.set('a.py', stat, oid, stat.mtimeNs + 5_000_000n);
  cache.save();
  expect(StatCache.open(cacheFile, folder).get('a.py', stat)).toBeNull();
});

it.each(['', 'nonsense', 'cairn-stat-cache 9\0/x\0'])('starts anew from %j', (text) => {
  const folder = tempFolder();
  const cacheFile = join(folder, 'cache');
  writeFileSync(cacheFile, text);
  const cache = StatCache.open(cacheFile, folder);
  const stat = lstatSync(cacheFile, { bigint: true });
  expect(cache.get('a', stat)).toBeNull();
  cache.set('a', stat, oid, later());
  cache.save();
  expect(readFileSync(cacheFile, 'utf8')).toContain(oid);
});

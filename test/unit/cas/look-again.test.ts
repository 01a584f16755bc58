/** A directory is not listed again while its folders say nothing came or went; nothing may hide. */
import {
  appendFileSync,
  lstatSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it, onTestFinished, test } from 'vitest';
import { folderTimesTell } from '../../../src-main/cas/folder-times.ts';
import { HashCache, hashDirectory, hashPath } from '../../../src-main/cas/index.ts';
import { sweep } from '../../../src-main/cas/sweep.ts';
import { tempFolder } from '../../support/temp.ts';

/** Longer than what is too fresh to be believed. */
const settleMs = 60;

function cacheIn(folder: string): HashCache {
  const cache = HashCache.open(join(folder, 'hashes.db'));
  onTestFinished(() => cache.close());
  return cache;
}

const changes: readonly [string, (data: string) => void][] = [
  ['nothing', () => undefined],
  ['a file written to', (data) => appendFileSync(join(data, 'sub/deep/c'), 'more')],
  ['a file written to without another size', (data) => writeFileSync(join(data, 'a'), 'X')],
  [
    'a file written to, its old time put back',
    (data) => {
      const { atime, mtime } = lstatSync(join(data, 'a'));
      writeFileSync(join(data, 'a'), 'Y');
      utimesSync(join(data, 'a'), atime, mtime);
    },
  ],
  ['a new file', (data) => writeFileSync(join(data, 'sub/new'), 'new')],
  ['a file gone', (data) => rmSync(join(data, 'sub/deep/c'))],
  ['a file of another name', (data) => renameSync(join(data, 'a'), join(data, 'z'))],
  [
    'two names exchanged',
    (data) => {
      renameSync(join(data, 'a'), join(data, 't'));
      renameSync(join(data, 'sub/b'), join(data, 'a'));
      renameSync(join(data, 't'), join(data, 'sub/b'));
    },
  ],
  ['a folder gone', (data) => rmSync(join(data, 'sub'), { recursive: true })],
  [
    'a folder with a file in it',
    (data) => {
      mkdirSync(join(data, 'sub/more'));
      writeFileSync(join(data, 'sub/more/d'), 'd');
    },
  ],
  ['a folder that becomes a project of its own', (data) => mkdirSync(join(data, 'sub/.dvc'))],
  [
    'a folder that becomes a link',
    (data) => {
      renameSync(join(data, 'sub/deep'), join(data, '../elsewhere'));
      symlinkSync('../../elsewhere', join(data, 'sub/deep'));
    },
  ],
  [
    'what a link leads to written to',
    (data) => writeFileSync(join(data, '../target'), 'another target'),
  ],
  [
    'a link that leads to a folder now',
    (data) => {
      rmSync(join(data, '../target'));
      mkdirSync(join(data, '../target'));
    },
  ],
];

for (const links of [false, true]) {
  for (const [what, change] of changes) {
    test(`${what}, ${links ? 'with' : 'without'} a link in the directory`, async () => {
      const folder = tempFolder();
      const data = join(folder, 'data');
      mkdirSync(join(data, 'sub/deep'), { recursive: true });
      for (const [name, text] of Object.entries({ a: 'a', 'sub/b': 'b', 'sub/deep/c': 'c' })) {
        writeFileSync(join(data, name), text);
      }
      writeFileSync(join(folder, 'target'), 'target');
      if (links) symlinkSync('../../target', join(data, 'sub/link'));
      await setTimeout(settleMs);
      const cache = cacheIn(folder);
      await hashPath(data, { cache });
      await hashPath(data, { cache });
      change(data);
      const fresh = await hashDirectory(data, { cache: cacheIn(tempFolder()) });
      // Twice: what was learnt from the change must be right too.
      for (let round = 0; round < 2; round++) {
        const found = await hashDirectory(data, { cache });
        expect(found.entries).toEqual(fresh.entries);
        expect(found).toMatchObject({ hash: fresh.hash, size: fresh.size, files: fresh.files });
      }
    });
  }
}

it('does not believe what it learnt without rules once there are rules, and the other way round', async () => {
  const folder = tempFolder();
  const data = join(folder, 'data');
  mkdirSync(data);
  writeFileSync(join(data, 'a'), 'a');
  writeFileSync(join(data, 'b'), 'b');
  await setTimeout(settleMs);
  const cache = cacheIn(folder);
  const ignore = (path: string) => path === 'b';
  const filesOf = async (rules?: typeof ignore) =>
    (await hashPath(data, { cache, ...(rules === undefined ? {} : { ignore: rules }) }))?.files;
  for (let round = 0; round < 2; round++) expect(await filesOf()).toBe(2);
  for (let round = 0; round < 2; round++) expect(await filesOf(ignore)).toBe(1);
  for (let round = 0; round < 2; round++) expect(await filesOf()).toBe(2);
});

it('shares a long list among threads', async () => {
  const folder = tempFolder();
  for (const name of ['same', 'other', 'gone']) writeFileSync(join(folder, name), name);
  const names = Array.from({ length: 30_000 }, () => 'same');
  names[7] = 'gone';
  names[29_999] = 'other';
  const known = new BigInt64Array(names.length * 4);
  for (const [index, name] of names.entries()) {
    const { ino, size, mtimeNs, ctimeNs } = lstatSync(join(folder, name), { bigint: true });
    known.set([ino, size, mtimeNs, ctimeNs], index * 4);
  }
  expect(await sweep(folder, names, known, undefined, 3)).toEqual([]);
  rmSync(join(folder, 'gone'));
  appendFileSync(join(folder, 'other'), '!');
  for (const threads of [1, 3]) {
    const differing = await sweep(folder, names, known, undefined, threads);
    expect(differing.sort((a, b) => a - b)).toEqual([7, 29_999]);
  }
  const stop = AbortSignal.abort();
  await expect(sweep(folder, names, known, stop, 2)).rejects.toThrow(/abort/);
});

it('believes the times of folders on local file systems of Linux only', () => {
  expect(folderTimesTell('/', 'linux', () => 0xef53)).toBe(true);
  expect(folderTimesTell('/', 'linux', () => 0x9123683e - 2 ** 32)).toBe(true);
  expect(folderTimesTell('/', 'linux', () => 0x6969)).toBe(false); // NFS
  expect(folderTimesTell('/', 'linux', () => 0x65735546)).toBe(false); // FUSE
  expect(folderTimesTell('/', 'darwin', () => 0xef53)).toBe(false);
  expect(folderTimesTell('/', 'win32', () => 0xef53)).toBe(false);
  const fails = () => {
    throw new Error('gone');
  };
  expect(folderTimesTell('/', 'linux', fails)).toBe(false);
});

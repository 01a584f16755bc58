import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  HashCache,
  hashDirectory,
  hashPath,
  ObjectStore,
  parseManifest,
  serialiseManifest,
} from '../../../src-main/cas/index.ts';
import { isSettled } from '../../../src-main/cas/stat.ts';
import { tempFolder } from '../../support/temp.ts';

const md5 = (text: string | Uint8Array) => createHash('md5').update(text).digest('hex');

function open() {
  const folder = tempFolder();
  const cache = HashCache.open(join(folder, 'cache', 'hashes.db'));
  onTestFinished(() => cache.close());
  return { folder, cache };
}

/** Far enough in the past to be trusted. */
function age(path: string): void {
  utimesSync(path, new Date('2020-01-01T00:00:00.5Z'), new Date('2020-01-01T00:00:00.5Z'));
}

describe('manifests', () => {
  it('are DVC’s, byte for byte', () => {
    expect(md5(serialiseManifest([]))).toBe('d751713988987e9331980363e24189ce');
    const two = [
      { path: 'foo', hash: md5('foo') },
      { path: 'bar', hash: md5('bar') },
    ];
    expect(md5(serialiseManifest(two))).toBe('5ea40360f5b4ec688df672a4db9c17d1');
  });

  it('sort by code points and escape as Python does', () => {
    const entries = ['\uffee', '😀', 'é', 'a/b', 'a.b', 'a\u007f'].map((path) => ({
      path,
      hash: md5('x'),
    }));
    const text = serialiseManifest(entries).toString();
    const paths = (JSON.parse(text) as { relpath: string }[]).map((entry) => entry.relpath);
    expect(paths).toEqual(['a.b', 'a/b', 'a\u007f', 'é', '\uffee', '😀']);
    expect(text).toContain('"\\u00e9"');
    expect(text).toContain('"\\ud83d\\ude00"');
    expect(parseManifest(Buffer.from(text)).map((entry) => entry.path)).toEqual(paths);
  });

  it.each(['../x', '/etc/passwd', 'a/../../x', 'C:/x', 'a\\..\\x', 'a\0b', '', 'a//b', '.'])(
    'refuse the path %j',
    (relpath) => {
      const bytes = Buffer.from(JSON.stringify([{ md5: md5('x'), relpath }]));
      expect(() => parseManifest(bytes)).toThrow();
    },
  );

  it.each(['', '[', '{}', '[1]', '[{"md5":"x","relpath":"a"}]', 'null'])(
    'refuse the bytes %j',
    (text) => {
      expect(() => parseManifest(Buffer.from(text))).toThrow(/manifest/);
    },
  );
});

describe('hashing', () => {
  it('gives files, directories, and null for nothing', async () => {
    const { folder, cache } = open();
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'foo'), 'foo');
    writeFileSync(join(folder, 'data', 'bar'), 'bar');
    expect(await hashPath(join(folder, 'data', 'foo'), { cache })).toEqual({
      hash: md5('foo'),
      size: 3,
      files: null,
      executable: false,
    });
    expect(await hashPath(join(folder, 'data'), { cache })).toEqual({
      hash: '5ea40360f5b4ec688df672a4db9c17d1.dir',
      size: 6,
      files: 2,
      executable: false,
    });
    expect(await hashPath(join(folder, 'nothing'), { cache })).toBeNull();
  });

  it('notices every change, also one that keeps size and time', async () => {
    const { folder, cache } = open();
    const path = join(folder, 'a');
    writeFileSync(path, 'one');
    age(path);
    expect((await hashPath(path, { cache }))?.hash).toBe(md5('one'));
    writeFileSync(path, 'two');
    age(path);
    expect((await hashPath(path, { cache }))?.hash).toBe(md5('two'));
  });

  it('reads only the file that changed in a directory', async () => {
    const { folder, cache } = open();
    const data = join(folder, 'data');
    mkdirSync(join(data, 'sub'), { recursive: true });
    for (const name of ['a', 'b', 'sub/c']) writeFileSync(join(data, name), name);
    const first = await hashDirectory(data, { cache });
    writeFileSync(join(data, 'sub', 'c'), 'changed');
    const second = await hashDirectory(data, { cache });
    expect(second.hash).not.toBe(first.hash);
    expect(second.entries.find((entry) => entry.path === 'sub/c')?.hash).toBe(md5('changed'));
    writeFileSync(join(data, 'sub', 'c'), 'sub/c');
    expect((await hashDirectory(data, { cache })).hash).toBe(first.hash);
  });

  it('follows links to files and leaves out links to directories', async () => {
    const { folder, cache } = open();
    const data = join(folder, 'data');
    mkdirSync(data);
    mkdirSync(join(folder, 'other'));
    writeFileSync(join(folder, 'other', 'file'), 'foo');
    symlinkSync(join(folder, 'other', 'file'), join(data, 'foo'));
    symlinkSync(join(folder, 'other'), join(data, 'linked'));
    const { entries } = await hashDirectory(data, { cache });
    expect(entries).toEqual([{ path: 'foo', hash: md5('foo') }]);
  });

  it('does not trust what was written within the clock’s resolution', () => {
    const stat = {
      inode: 1n,
      size: 1n,
      modified: 5_000_000_123n,
      changed: 5_000_000_123n,
      executable: false,
    };
    expect(isSettled(stat, 5_010_000_000n)).toBe(false);
    expect(isSettled(stat, 5_100_000_000n)).toBe(true);
    const coarse = { ...stat, modified: 5_000_000_000n };
    expect(isSettled(coarse, 6_000_000_000n)).toBe(false);
  });

  it('starts a new cache where the old one is damaged', async () => {
    const folder = tempFolder();
    const path = join(folder, 'hashes.db');
    writeFileSync(path, 'not a database at all, and long enough to be looked at'.repeat(50));
    const cache = HashCache.open(path);
    writeFileSync(join(folder, 'a'), 'a');
    expect((await hashPath(join(folder, 'a'), { cache }))?.hash).toBe(md5('a'));
    cache.close();
  });

  it('stops when it is told to', async () => {
    const { folder, cache } = open();
    writeFileSync(join(folder, 'big'), Buffer.alloc(40 * 2 ** 20));
    const stop = new AbortController();
    stop.abort();
    await expect(hashPath(join(folder, 'big'), { cache, signal: stop.signal })).rejects.toThrow();
  });
});

describe('the object store', () => {
  const link = ['copy'] as const;

  it('keeps files read-only and whole directories, and gives them back', async () => {
    const { folder, cache } = open();
    const data = join(folder, 'data');
    mkdirSync(join(data, 'sub'), { recursive: true });
    writeFileSync(join(data, 'foo'), 'foo');
    writeFileSync(join(data, 'sub', '中文'), 'bar');
    const objects = new ObjectStore(join(folder, 'dvc', 'files', 'md5'));
    const hashed = (await hashPath(data, { cache }))!;
    await objects.add(data, hashed, { cache });
    expect(await objects.hasAll(hashed.hash)).toBe(true);
    const stored = objects.path(md5('foo'))!;
    expect(stored.endsWith(join(md5('foo').slice(0, 2), md5('foo').slice(2)))).toBe(true);
    if (process.platform !== 'win32') expect(statSync(stored).mode & 0o777).toBe(0o444);
    const target = join(folder, 'again');
    await objects.checkout(hashed.hash, target, { link });
    expect(readFileSync(join(target, 'sub', '中文'), 'utf8')).toBe('bar');
    expect((await hashPath(target, { cache }))?.hash).toBe(hashed.hash);
    // Nothing that could be read as a hash is left beside the objects.
    for (const prefix of readdirSync(join(folder, 'dvc', 'files', 'md5'))) {
      for (const rest of readdirSync(join(folder, 'dvc', 'files', 'md5', prefix))) {
        expect(prefix + rest).toMatch(/^[0-9a-f]{32}(\.dir)?$/);
      }
    }
  });

  it('reads the layout of DVC 2', () => {
    const { folder } = open();
    const hash = md5('foo');
    mkdirSync(join(folder, 'cache', hash.slice(0, 2)), { recursive: true });
    writeFileSync(join(folder, 'cache', hash.slice(0, 2), hash.slice(2)), 'foo');
    const objects = new ObjectStore(join(folder, 'cache', 'files', 'md5'), join(folder, 'cache'));
    expect(objects.has(hash)).toBe(true);
    expect(objects.has('../../etc/passwd')).toBe(false);
  });

  it('refuses an object whose content is not what its name says', async () => {
    const { folder, cache } = open();
    writeFileSync(join(folder, 'a'), 'foo');
    const objects = new ObjectStore(join(folder, 'md5'));
    await objects.add(join(folder, 'a'), (await hashPath(join(folder, 'a'), { cache }))!, {
      cache,
    });
    const stored = objects.path(md5('foo'))!;
    chmodSync(stored, 0o644);
    writeFileSync(stored, 'bar');
    await expect(objects.checkout(md5('foo'), join(folder, 'b'), { link })).rejects.toThrow(
      'not what its name',
    );
    expect(existsSync(join(folder, 'b'))).toBe(false);
  });

  it('leaves the target as it was when a part is missing', async () => {
    const { folder } = open();
    const objects = new ObjectStore(join(folder, 'md5'));
    const manifest = serialiseManifest([{ path: 'x', hash: md5('gone') }]);
    const hash = `${md5(manifest)}.dir`;
    await objects.addBytes(hash, manifest);
    mkdirSync(join(folder, 'target'));
    writeFileSync(join(folder, 'target', 'mine'), 'keep');
    await expect(objects.checkout(hash, join(folder, 'target'), { link })).rejects.toThrow(
      'not in the cache',
    );
    expect(readdirSync(join(folder, 'target'))).toEqual(['mine']);
  });

  it('does not save a file that changed since it was hashed', async () => {
    const { folder, cache } = open();
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'a'), 'one');
    const hashed = (await hashPath(join(folder, 'data'), { cache }))!;
    writeFileSync(join(folder, 'data', 'a'), 'two!');
    const objects = new ObjectStore(join(folder, 'md5'));
    await expect(objects.add(join(folder, 'data'), hashed, { cache })).rejects.toThrow(
      'changed while',
    );
    expect(objects.has(hashed.hash)).toBe(false);
  });
});

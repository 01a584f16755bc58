import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Repository } from '../../../src-main/git/index.ts';
import { ObjectDatabase } from '../../../src-main/git/object-database.ts';
import { cleanMachine, commit, git, gitBytes, initRepository } from '../../support/git.ts';
import { tempFolder } from '../../support/temp.ts';

async function open(folder: string): Promise<Repository> {
  const repository = await Repository.open(folder, cleanMachine);
  if (repository === null) throw new Error('no repository');
  return repository;
}

/** Text that gives delta chains when it is packed, and pages of more than one inside a pack. */
function growing(step: number): string {
  return Array.from(
    { length: 400 + step },
    (_, line) => `line ${line} ${line % 7 ? '' : step}\n`,
  ).join('');
}

function noise(bytes: number): Buffer {
  let state = 1;
  return Buffer.from(
    Array.from({ length: bytes }, () => {
      state = (state * 48271) % 2147483647;
      return state & 255;
    }),
  );
}

function repositoryWithDeltas(): string {
  const folder = initRepository(tempFolder());
  for (let step = 0; step < 12; step += 1) {
    commit(folder, {
      'src/long.py': growing(step),
      [`data/${step}.txt`]: `${step}`,
      'empty.txt': '',
    });
  }
  commit(folder, { 'large.bin': noise(700_000) });
  git(folder, 'tag', '-a', 'v1', '-m', 'one');
  return folder;
}

/** What Git itself says of every object. */
function everyObject(folder: string): { oid: string; type: string; size: number }[] {
  return git(folder, 'cat-file', '--batch-all-objects', '--batch-check')
    .split('\n')
    .map((line) => line.split(' '))
    .map(([oid = '', type = '', size]) => ({ oid, type, size: Number(size) }));
}

function checkAll(folder: string, objectsDir = join(folder, '.git', 'objects')): number {
  const objects = new ObjectDatabase(objectsDir);
  const expected = everyObject(folder);
  for (const { oid, type, size } of expected) {
    const found = objects.read(oid);
    expect(found.type).toBe(type);
    const digest = createHash('sha1').update(`${type} ${size}\0`).update(found.data).digest('hex');
    expect(digest).toBe(oid);
  }
  objects.close();
  return expected.length;
}

describe('objects', () => {
  it('reads every loose object', () => {
    expect(checkAll(repositoryWithDeltas())).toBeGreaterThan(50);
  });

  it('reads every packed object, deltas among them', () => {
    const folder = repositoryWithDeltas();
    git(folder, 'gc', '-q', '--aggressive');
    expect(git(folder, 'count-objects', '-v')).toContain('count: 0');
    expect(checkAll(folder)).toBeGreaterThan(50);
  });

  it('reads packs whose deltas name their base by id', () => {
    const folder = repositoryWithDeltas();
    git(folder, '-c', 'repack.useDeltaBaseOffset=false', 'repack', '-adfq');
    expect(checkAll(folder)).toBeGreaterThan(50);
  });

  it('follows alternates', () => {
    const folder = repositoryWithDeltas();
    const clone = join(tempFolder(), 'clone');
    git(folder, 'clone', '-q', '--shared', folder, clone);
    expect(checkAll(clone)).toBeGreaterThan(50);
  });

  it('sees objects that Git packs while the repository is open', async () => {
    const folder = repositoryWithDeltas();
    const repository = await open(folder);
    const first = repository.resolve('HEAD~5');
    git(folder, 'gc', '-q', '--prune=now');
    expect(repository.readCommit(first).parents).toHaveLength(1);
    const next = commit(folder, { 'later.txt': 'later' });
    git(folder, 'gc', '-q', '--prune=now');
    expect(repository.resolve('HEAD')).toBe(next);
    expect(Buffer.from(repository.readBlob(next, 'later.txt') ?? []).toString()).toBe('later');
    repository.close();
  });
});

describe('trees', () => {
  it('lists and reads what a commit holds', async () => {
    const folder = repositoryWithDeltas();
    const repository = await open(folder);
    const head = repository.resolve('HEAD');
    const expected = git(folder, 'ls-tree', '-r', 'HEAD').split('\n').sort();
    const listed = [...repository.listTree(head)].map(
      ([path, { oid, mode }]) => `${mode} ${mode === '160000' ? 'commit' : 'blob'} ${oid}\t${path}`,
    );
    expect(listed.sort()).toEqual(expected);
    expect(repository.readBlob(head, 'src/long.py')).toEqual(
      gitBytes(folder, 'show', 'HEAD:src/long.py'),
    );
    expect(repository.readBlob(head, 'src')).toBeNull();
    expect(repository.readBlob(head, 'src/none.py')).toBeNull();
    expect(repository.readBlob(head, 'empty.txt/deeper')).toBeNull();
    repository.close();
  });

  it('tells changes and renames as Git does', async () => {
    const folder = initRepository(tempFolder());
    const before = commit(folder, {
      'a/moved.py': growing(1),
      'a/edited-and-moved.py': growing(2),
      'same.txt': 'same\n',
      'gone.txt': 'quite another text\n'.repeat(9),
      'becomes-folder': 'file\n',
      'changed.txt': 'one\n',
    });
    git(folder, 'mv', 'a/moved.py', 'moved.py');
    git(folder, 'mv', 'a/edited-and-moved.py', 'second.py');
    git(folder, 'rm', '-q', 'gone.txt', 'becomes-folder');
    appendFileSync(join(folder, 'second.py'), 'one more line\n');
    const after = commit(folder, {
      'becomes-folder/inner.txt': 'inner\n',
      'changed.txt': 'two\n',
      'new.txt': 'new\n',
    });
    const repository = await open(folder);
    const found = repository
      .diffTrees(before, after)
      .map(({ change, from, path }) =>
        [change[0]?.toUpperCase().replace('R', change === 'removed' ? 'D' : 'R'), from, path]
          .filter((part) => part !== null)
          .join('\t'),
      );
    const expected = git(folder, 'diff', '--name-status', '-M', before, after)
      .split('\n')
      .map((line) => line.replace(/^R\d+/, 'R'));
    expect(found.sort()).toEqual(expected.sort());
    expect(repository.diffTrees(null, before)).toHaveLength(6);
    expect(repository.diffTrees(after, after)).toEqual([]);
    repository.close();
  });
});

describe('revisions', () => {
  it('resolves as Git does', async () => {
    const folder = repositoryWithDeltas();
    git(folder, 'checkout', '-q', '-b', 'side/topic', 'HEAD~3');
    commit(folder, { 'side.txt': 'side' });
    git(folder, 'checkout', '-q', 'main');
    git(folder, 'merge', '-q', '--no-ff', '-m', 'merge', 'side/topic');
    git(folder, 'pack-refs', '--all');
    const repository = await open(folder);
    const short = git(folder, 'rev-parse', '--short', 'HEAD~2');
    const names = [
      'HEAD',
      '@',
      'main',
      'v1',
      'v1~2',
      'side/topic',
      'HEAD^',
      'HEAD^2',
      'HEAD^2~1',
      'HEAD~4',
    ];
    for (const name of [
      ...names,
      'refs/heads/main',
      'tags/v1',
      'v1^{}',
      'v1^{commit}',
      short,
      `${short}^`,
    ]) {
      expect(repository.resolve(name), name).toBe(git(folder, 'rev-parse', `${name}^{commit}`));
    }
    for (const name of [
      'nothing',
      'HEAD~99',
      'HEAD^3',
      'deadbeef',
      '../../config',
      'f'.repeat(40),
    ]) {
      expect(() => repository.resolve(name), name).toThrow(
        expect.objectContaining({ code: 'not-found' }),
      );
    }
    for (const name of ['HEAD@{1}', 'main:file', '', '^HEAD', 'a..b']) {
      expect(() => repository.resolve(name), name).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/invalid|not-found/) }),
      );
    }
    repository.close();
  });
});

describe('damage', () => {
  const corrupt = expect.objectContaining({
    code: 'corrupt',
    message: expect.stringContaining('git fsck'),
  });

  it('is told as such: a truncated pack', async () => {
    const folder = repositoryWithDeltas();
    git(folder, 'gc', '-q');
    const packs = join(folder, '.git', 'objects', 'pack');
    const pack = readdirSync(packs).find((name) => name.endsWith('.pack')) as string;
    chmodSync(join(packs, pack), 0o644);
    truncateSync(join(packs, pack), 1000);
    await expect(Repository.open(folder, cleanMachine)).rejects.toThrow(corrupt);
  });

  it('is told as such: an altered byte inside a pack', () => {
    const folder = repositoryWithDeltas();
    git(folder, 'gc', '-q');
    const packs = join(folder, '.git', 'objects', 'pack');
    const pack = join(packs, readdirSync(packs).find((name) => name.endsWith('.pack')) as string);
    const expected = everyObject(folder);
    const bytes = readFileSync(pack);
    for (let at = 400; at < bytes.length - 20; at += 400) bytes[at] = (bytes[at] as number) ^ 0xff;
    chmodSync(pack, 0o644);
    writeFileSync(pack, bytes);
    const objects = new ObjectDatabase(join(folder, '.git', 'objects'));
    let damaged = 0;
    for (const { oid } of expected) {
      try {
        objects.read(oid);
      } catch (error) {
        expect(error).toEqual(expect.objectContaining({ code: 'corrupt' }));
        damaged += 1;
      }
    }
    expect(damaged).toBeGreaterThan(0);
    objects.close();
  });

  it.each(['', 'garbage\n', 'ref: ../../outside\n', '0123\n'])(
    'is told as such: HEAD %j',
    async (text) => {
      const folder = initRepository(tempFolder());
      commit(folder, { a: '1' });
      writeFileSync(join(folder, '.git', 'HEAD'), text);
      await expect(Repository.open(folder, cleanMachine)).rejects.toThrow(corrupt);
    },
  );

  it('is told as such: the commit of HEAD is missing', async () => {
    const folder = initRepository(tempFolder());
    commit(folder, { a: '1' });
    writeFileSync(join(folder, '.git', 'refs', 'heads', 'main'), `${'1'.repeat(40)}\n`);
    await expect(Repository.open(folder, cleanMachine)).rejects.toThrow(corrupt);
  });

  it('is told as such: an index that is no index', async () => {
    const folder = initRepository(tempFolder());
    commit(folder, { a: '1' });
    for (const bytes of ['DIRC', 'nonsense nonsense nonsense', 'DIRC\0\0\0\x02\0\0\xff\xff']) {
      writeFileSync(join(folder, '.git', 'index'), bytes, 'latin1');
      const repository = await open(folder);
      await expect(repository.status({ statCacheFile: null })).rejects.toThrow(corrupt);
      repository.close();
    }
  });

  it('refuses SHA-256 in a sentence', async () => {
    const folder = initRepository(tempFolder(), '--object-format=sha256');
    await expect(Repository.open(folder, cleanMachine)).rejects.toThrow(
      expect.objectContaining({ code: 'unsupported' }),
    );
  });
});

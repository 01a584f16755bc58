import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Repository, ShadowRepository } from '../../../src-main/git/index.ts';
import { cleanMachine, commit, git, initRepository, writeFiles } from '../../support/git.ts';
import { tempFolder } from '../../support/temp.ts';

const ref = 'refs/cairn/runs/0123456789abcdef0123456789abcdef';
const base = { ref, message: 'Snapshot of a run', statCacheFile: null };

async function open(
  folder: string,
  machine: typeof cleanMachine = cleanMachine,
): Promise<Repository> {
  const repository = await Repository.open(folder, machine);
  if (repository === null) throw new Error('no repository');
  return repository;
}

function worked(): string {
  const folder = initRepository(tempFolder());
  commit(folder, {
    '.gitignore': '*.log\n/data/\n!keep.log\n',
    'README.md': 'read me\n',
    'src/train.py': 'print(1)\n',
    'src/gone.py': 'gone\n',
    'tools/run.sh': '#!/bin/sh\n',
    'deep/.gitignore': 'secret*\n',
  });
  git(folder, 'update-index', '--chmod=+x', 'tools/run.sh');
  chmodSync(join(folder, 'tools/run.sh'), 0o755);
  git(folder, 'commit', '-q', '-m', 'executable');
  writeFiles(folder, {
    'src/train.py': 'print(2)\n',
    'src/new.py': 'new\n',
    'src/ünïcode.py': 'ü\n',
    'noise.log': 'noise',
    'keep.log': 'kept',
    'data/raw.csv': '1,2\n',
    'deep/secret.txt': 's',
    'deep/open.txt': 'o',
    'staged.py': 'staged\n',
    'a.b': 'sorts before a/',
    'a/c': 'sorts after a.b',
  });
  git(folder, 'add', 'staged.py');
  rmSync(join(folder, 'src/gone.py'));
  symlinkSync('src/train.py', join(folder, 'link.py'));
  symlinkSync('/nonexistent/elsewhere', join(folder, 'dangling'));
  return folder;
}

describe('a snapshot', () => {
  it('is what Git would store, and touches neither index, HEAD nor files', async () => {
    const folder = worked();
    const index = readFileSync(join(folder, '.git', 'index'));
    const head = readFileSync(join(folder, '.git', 'HEAD'));
    const status = git(folder, 'status', '--porcelain');
    writeFileSync(join(folder, '.git', 'index'), index);
    const refs = git(folder, 'for-each-ref', 'refs/heads');
    const repository = await open(folder);
    const snapshot = await repository.snapshot(base);
    repository.close();
    expect(readFileSync(join(folder, '.git', 'index')).equals(index)).toBe(true);
    expect(readFileSync(join(folder, '.git', 'HEAD')).equals(head)).toBe(true);
    expect(git(folder, 'for-each-ref', 'refs/heads')).toBe(refs);
    expect(git(folder, 'rev-parse', ref)).toBe(snapshot.commit);
    expect(git(folder, 'rev-parse', `${ref}^`)).toBe(snapshot.baseCommit);
    expect(snapshot.branch).toBe('main');
    expect(snapshot.dirtyFiles).toEqual([
      'a.b',
      'a/c',
      'dangling',
      'deep/open.txt',
      'keep.log',
      'link.py',
      'src/gone.py',
      'src/new.py',
      'src/train.py',
      'src/ünïcode.py',
      'staged.py',
    ]);
    expect(git(folder, 'fsck', '--strict')).toBe('');
    expect(git(folder, 'status', '--porcelain')).toBe(status);
    git(folder, 'add', '-A');
    expect(git(folder, 'rev-parse', `${ref}^{tree}`)).toBe(git(folder, 'write-tree'));
  });

  it('is refused a ref that is not Cairn’s', async () => {
    const repository = await open(worked());
    for (const bad of ['refs/heads/main', 'refs/cairn/../heads/main', 'HEAD', 'refs/cairn/']) {
      await expect(repository.snapshot({ ...base, ref: bad })).rejects.toThrow(
        expect.objectContaining({ code: 'invalid' }),
      );
    }
    repository.close();
  });

  it('works while Git holds its locks, and in a repository without commits', async () => {
    const folder = initRepository(tempFolder());
    writeFiles(folder, { 'train.py': 'print()\n' });
    writeFileSync(join(folder, '.git', 'index.lock'), '');
    writeFileSync(join(folder, '.git', 'HEAD.lock'), '');
    const repository = await open(folder);
    const snapshot = await repository.snapshot(base);
    expect(snapshot).toMatchObject({ baseCommit: null, dirtyFiles: ['train.py'] });
    expect(git(folder, 'ls-tree', '-r', '--name-only', ref)).toBe('train.py');
    expect(git(folder, 'rev-list', '--count', ref)).toBe('1');
    repository.close();
  });

  it('lists large files instead of storing them, unless Git has them', async () => {
    const folder = initRepository(tempFolder());
    commit(folder, { 'tracked.bin': Buffer.alloc(5000, 1), 'changed.bin': Buffer.alloc(5000, 2) });
    writeFiles(folder, {
      'changed.bin': Buffer.alloc(5000, 3),
      'large.bin': Buffer.alloc(4000, 4),
      'small.txt': 'small',
    });
    // A touched file has to be read to see that it is the same.
    utimesSync(join(folder, 'tracked.bin'), new Date(), new Date());
    const repository = await open(folder);
    const hashLarge = async (path: string) => `hash of ${path.slice(folder.length + 1)}`;
    const snapshot = await repository.snapshot({ ...base, maxFileBytes: 1000, hashLarge });
    expect(snapshot.largeFiles).toEqual([
      { path: 'changed.bin', size: 5000, hash: 'hash of changed.bin' },
      { path: 'large.bin', size: 4000, hash: 'hash of large.bin' },
    ]);
    expect([...repository.listTree(snapshot.commit).keys()]).toEqual(['small.txt', 'tracked.bin']);
    expect(snapshot.dirtyFiles).toEqual(['changed.bin', 'small.txt']);
    repository.close();
  });

  it('keeps a folder of very many files out, the smallest first', async () => {
    const folder = initRepository(tempFolder());
    writeFiles(folder, { 'code.py': 'x', 'one.png': 'y'.repeat(600), 'two.png': 'z'.repeat(700) });
    const repository = await open(folder);
    const snapshot = await repository.snapshot({ ...base, maxTotalBytes: 1000 });
    expect(snapshot.largeFiles.map((file) => file.path)).toEqual(['two.png']);
    expect([...repository.listTree(snapshot.commit).keys()]).toEqual(['code.py', 'one.png']);
    repository.close();
  });

  it('leaves out what the caller does, environments and folders of tools', async () => {
    const folder = initRepository(tempFolder());
    writeFiles(folder, {
      'train.py': 'x',
      'out/model.bin': 'm',
      'venv/pyvenv.cfg': '',
      'venv/lib/a.py': 'a',
      'node_modules/b.js': 'b',
      '.cairn/cairn.db': 'db',
      'src/__pycache__/c.pyc': 'c',
    });
    const repository = await open(folder);
    const ignore = (path: string, directory: boolean) => directory && path === 'out';
    const snapshot = await repository.snapshot({ ...base, ignore });
    expect([...repository.listTree(snapshot.commit).keys()]).toEqual(['train.py']);
    repository.close();
  });

  it('keeps submodules and repositories inside as links', async () => {
    const inner = initRepository(tempFolder());
    const first = commit(inner, { 'inner.txt': '1' });
    const folder = initRepository(tempFolder());
    git(folder, 'submodule', '--quiet', 'add', inner, 'module');
    git(folder, 'commit', '-q', '-m', 'module');
    const moved = commit(join(folder, 'module'), { 'inner.txt': '2' });
    const clone = join(folder, 'clone');
    git(folder, 'clone', '-q', inner, clone);
    const repository = await open(folder);
    const files = repository.listTree((await repository.snapshot(base)).commit);
    expect(files.get('module')).toEqual({ mode: '160000', oid: moved });
    expect(files.get('clone')).toEqual({ mode: '160000', oid: first });
    expect([...files.keys()]).toEqual(['.gitmodules', 'clone', 'module']);
    repository.close();
  });

  it('of a folder below the work tree holds the whole repository, and names its own files', async () => {
    const folder = initRepository(tempFolder());
    commit(folder, { 'sub/a.py': '1', 'shared/lib.py': '1', 'shared/gone.py': '1' });
    writeFiles(folder, { 'sub/b.py': '2', 'shared/lib.py': '2', 'shared/untracked.py': '3' });
    rmSync(join(folder, 'shared/gone.py'));
    const repository = await open(join(folder, 'sub'));
    const snapshot = await repository.snapshot(base);
    expect(snapshot.dirtyFiles).toEqual(['b.py']);
    expect(git(folder, 'ls-tree', '-r', '--name-only', ref).split('\n')).toEqual([
      'shared/lib.py',
      'sub/a.py',
      'sub/b.py',
    ]);
    expect(git(folder, 'show', `${ref}:shared/lib.py`)).toBe('2');
    expect([...repository.listTree(snapshot.commit).keys()]).toEqual(['a.py', 'b.py']);
    repository.close();
  });

  it('reads a linked worktree and stores for all of them', async () => {
    const folder = initRepository(tempFolder());
    commit(folder, { 'a.py': '1' });
    const linked = join(tempFolder(), 'linked');
    git(folder, 'worktree', 'add', '-q', '-b', 'linked', linked);
    writeFiles(linked, { 'b.py': '2' });
    const repository = await open(linked);
    const snapshot = await repository.snapshot(base);
    expect(snapshot).toMatchObject({ branch: 'linked', dirtyFiles: ['b.py'] });
    expect(git(folder, 'rev-parse', ref)).toBe(snapshot.commit);
    repository.close();
  });

  it('finds a changed file with its cache, also one of the same size changed at once', async () => {
    const folder = initRepository(tempFolder());
    writeFiles(folder, { 'a.py': 'one', 'b.py': 'same' });
    const statCacheFile = join(tempFolder(), 'cache', 'stat');
    const repository = await open(folder);
    for (const content of ['two', 'six', 'ten']) {
      const first = await repository.snapshot({ ...base, statCacheFile });
      writeFileSync(join(folder, 'a.py'), content);
      const second = await repository.snapshot({ ...base, statCacheFile });
      expect(second.commit).not.toBe(first.commit);
      expect(git(folder, 'show', `${ref}:a.py`)).toBe(content);
    }
    await new Promise((resolve) => setTimeout(resolve, 60));
    await repository.snapshot({ ...base, statCacheFile });
    expect(readFileSync(statCacheFile, 'utf8')).toContain('\nb.py\0');
    repository.close();
  });

  it('does not trust a cache whose blobs are gone', async () => {
    const folder = initRepository(tempFolder());
    writeFiles(folder, { 'a.py': 'one' });
    await new Promise((resolve) => setTimeout(resolve, 60));
    const statCacheFile = join(tempFolder(), 'stat');
    const repository = await open(folder);
    await repository.snapshot({ ...base, statCacheFile });
    git(folder, 'update-ref', '-d', ref);
    git(folder, 'gc', '-q', '--prune=now');
    await repository.snapshot({ ...base, statCacheFile });
    expect(git(folder, 'show', `${ref}:a.py`)).toBe('one');
    expect(git(folder, 'fsck', '--strict')).toBe('');
    repository.close();
  });

  it('stores many new files as one sound pack', async () => {
    const folder = initRepository(tempFolder());
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, number) => [
        `src/${number}.py`,
        `${number}\n`.repeat(number),
      ]),
    );
    writeFiles(folder, files);
    const repository = await open(folder);
    const snapshot = await repository.snapshot(base);
    expect(git(folder, 'count-objects', '-v')).toContain('packs: 1');
    expect(git(folder, 'fsck', '--strict', '--full')).toBe('');
    git(folder, 'verify-pack', ...packFiles(folder));
    for (const path of ['src/0.py', 'src/299.py']) {
      expect(Buffer.from(repository.readBlob(snapshot.commit, path) ?? []).toString()).toBe(
        files[path],
      );
    }
    repository.close();
  });

  it('reads every version of the index', async () => {
    const folder = worked();
    git(folder, 'add', '-A', '--intent-to-add');
    const trees: string[] = [];
    for (const version of ['2', '3', '4']) {
      git(folder, 'update-index', '--index-version', version);
      const repository = await open(folder);
      await repository.snapshot(base);
      trees.push(git(folder, 'rev-parse', `${ref}^{tree}`));
      repository.close();
    }
    expect(new Set(trees).size).toBe(1);
    git(folder, 'add', '-A');
    expect(trees[0]).toBe(git(folder, 'write-tree'));
  });

  it('keeps what a sparse checkout left out', async () => {
    const folder = initRepository(tempFolder());
    commit(folder, { 'in/a.txt': '1', 'out/b.txt': '2', 'out/deep/c.txt': '3' });
    git(folder, 'sparse-checkout', 'set', '--sparse-index', 'in');
    expect(existsSync(join(folder, 'out'))).toBe(false);
    const repository = await open(folder);
    expect(await repository.status({ statCacheFile: null })).toEqual([]);
    await repository.snapshot(base);
    expect(git(folder, 'rev-parse', `${ref}^{tree}`)).toBe(git(folder, 'rev-parse', 'HEAD^{tree}'));
    repository.close();
  });

  it('takes the line endings of Windows as Git does', async () => {
    const folder = initRepository(tempFolder());
    commit(folder, { 'a.txt': 'one\ntwo\n', 'crlf.txt': 'one\r\ntwo\r\n', 'b.bin': 'a\0\n' });
    git(folder, 'config', 'core.autocrlf', 'true');
    writeFiles(folder, {
      'a.txt': 'one\r\ntwo\r\n',
      'b.bin': 'a\0\r\n',
      'new.txt': 'new\r\n',
    });
    const repository = await open(folder);
    const status = await repository.status({ statCacheFile: null });
    expect(status).toEqual([
      { path: 'b.bin', change: 'modified' },
      { path: 'new.txt', change: 'untracked' },
    ]);
    await repository.snapshot(base);
    git(folder, 'add', '-A');
    expect(git(folder, 'rev-parse', `${ref}^{tree}`)).toBe(git(folder, 'write-tree'));
    repository.close();
  });

  it('sees that a file of Git LFS is what its pointer says', async () => {
    const folder = initRepository(tempFolder());
    const content = 'weights\n'.repeat(100);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize 800\n`;
    commit(folder, { 'same.bin': pointer, 'changed.bin': pointer });
    writeFiles(folder, {
      '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n',
      'same.bin': content,
      'changed.bin': `${content}more\n`,
    });
    const repository = await open(folder);
    expect((await repository.snapshot(base)).dirtyFiles).toEqual(['.gitattributes', 'changed.bin']);
    repository.close();
  });

  it('is cancelled without leaving anything behind', async () => {
    const folder = worked();
    const repository = await open(folder);
    await expect(repository.snapshot({ ...base, signal: AbortSignal.abort() })).rejects.toThrow(
      expect.objectContaining({ name: 'AbortError' }),
    );
    expect(git(folder, 'for-each-ref', 'refs/cairn')).toBe('');
    repository.close();
  });
});

describe('status', () => {
  it('agrees with Git', async () => {
    const folder = worked();
    mkdirSync(join(folder, 'empty'));
    const repository = await open(folder);
    const found = await repository.status({ statCacheFile: null });
    const listed = git(folder, '-c', 'core.quotePath=false', 'status', '--porcelain', '-uall')
      .split('\n')
      .map((line) => line.slice(3))
      .sort();
    expect(found.map((entry) => entry.path).sort()).toEqual(listed);
    expect(Object.fromEntries(found.map((entry) => [entry.path, entry.change]))).toMatchObject({
      'staged.py': 'added',
      'src/gone.py': 'removed',
      'src/train.py': 'modified',
      'src/new.py': 'untracked',
    });
    repository.close();
  });

  it('sees a changed mode, and nothing in a clean folder', async () => {
    const folder = initRepository(tempFolder());
    commit(folder, { 'run.sh': 'x' });
    const repository = await open(folder);
    expect(await repository.status({ statCacheFile: null })).toEqual([]);
    chmodSync(join(folder, 'run.sh'), 0o755);
    expect(await repository.status({ statCacheFile: null })).toEqual([
      { path: 'run.sh', change: 'modified' },
    ]);
    const windows = await open(folder, { ...cleanMachine, platform: 'win32' });
    expect(await windows.status({ statCacheFile: null })).toEqual([]);
    repository.close();
    windows.close();
  });
});

describe('a folder without Git', () => {
  it('has snapshots in a repository of Cairn’s own', async () => {
    const [store, folder] = [join(tempFolder(), 'store'), tempFolder()];
    writeFiles(folder, { 'train.py': '1', '.gitignore': '*.log\n', 'a.log': 'log' });
    const shadow = await ShadowRepository.open(store, folder, cleanMachine);
    const first = await shadow.snapshot(base);
    expect(first).toMatchObject({ baseCommit: null, branch: null, dirtyFiles: [] });
    writeFiles(folder, { 'train.py': '2' });
    const second = await shadow.snapshot({ ...base, ref: 'refs/cairn/runs/second' });
    shadow.close();
    const again = await ShadowRepository.open(store, folder, cleanMachine);
    expect(again.diffTrees(first.commit, second.commit).map((change) => change.path)).toEqual([
      'train.py',
    ]);
    expect([...again.listTree(first.commit).keys()]).toEqual(['.gitignore', 'train.py']);
    expect(again.resolve(ref)).toBe(first.commit);
    expect(git(folder, '--git-dir', join(store, 'shadow.git'), 'fsck', '--strict')).toBe('');
    expect(existsSync(join(folder, '.git'))).toBe(false);
    again.close();
  });
});

function packFiles(folder: string): string[] {
  const packs = join(folder, '.git', 'objects', 'pack');
  const names = readdirSync(packs).filter((name) => name.endsWith('.idx'));
  return names.map((name) => join(packs, name));
}

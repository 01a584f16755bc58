import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Commit, Repository } from '../../../src-main/git/index.ts';
import { cleanMachine, commit, git, initRepository, writeFiles } from '../../support/git.ts';
import { tempFolder } from '../../support/temp.ts';

async function open(folder: string): Promise<Repository> {
  const repository = await Repository.open(folder, cleanMachine);
  if (repository === null) throw new Error('no repository');
  return repository;
}

async function read(
  repository: Repository,
  known: ReadonlySet<string> = new Set(),
): Promise<Commit[]> {
  const commits: Commit[] = [];
  await repository.readHistory({
    known: (oid) => known.has(oid),
    onCommits: (batch) => {
      commits.push(...batch);
    },
  });
  return commits;
}

/** Two branches, a merge, tags, a commit only a tag leads to, and one that nothing leads to. */
function branched(): string {
  const folder = initRepository(tempFolder());
  commit(folder, { 'a.txt': '1' }, 'First\n\nWith a body.\nOf two lines.');
  git(folder, 'checkout', '-q', '-b', 'topic');
  commit(folder, { 'topic.txt': '1' }, 'On the topic');
  git(folder, 'checkout', '-q', 'main');
  commit(folder, { 'a.txt': '2' }, 'Second');
  git(folder, 'merge', '-q', '--no-ff', '-m', 'Join', 'topic');
  git(folder, 'tag', 'light');
  git(folder, 'checkout', '-q', '--detach');
  commit(folder, { 'tagged.txt': '1' }, 'Only tagged');
  git(folder, 'tag', '-a', 'heavy', '-m', 'heavy');
  git(folder, 'checkout', '-q', 'main');
  commit(folder, { 'lost.txt': '1' }, 'Lost');
  git(folder, 'reset', '-q', '--hard', 'HEAD~1');
  return folder;
}

it('gives every commit that a ref leads to, parents before children', async () => {
  const folder = branched();
  const repository = await open(folder);
  const commits = await read(repository);
  const expected = git(folder, 'rev-list', '--branches', '--tags').split('\n');
  expect(commits.map((found) => found.oid).sort()).toEqual(expected.sort());
  const seen = new Set<string>();
  for (const found of commits) {
    for (const parent of found.parents) expect(seen).toContain(parent);
    seen.add(found.oid);
  }
  const first = commits.find((found) => found.subject === 'First');
  expect(first).toMatchObject({
    parents: [],
    body: 'With a body.\nOf two lines.',
    author: { name: 'Ada', email: 'ada@example.org' },
  });
  expect(first?.author.at).toBe(
    Number(git(folder, 'log', '-1', '--format=%at', first?.oid as string)) * 1000,
  );
  repository.close();
});

it('stops at known commits', async () => {
  const folder = branched();
  const repository = await open(folder);
  const known = new Set((await read(repository)).map((found) => found.oid));
  expect(await read(repository, known)).toEqual([]);
  const next = commit(folder, { 'a.txt': '3' });
  expect((await read(repository, known)).map((found) => found.oid)).toEqual([next]);
  repository.close();
});

it('lists refs with the commits they lead to, without Cairn’s own', async () => {
  const folder = branched();
  git(folder, 'update-ref', 'refs/cairn/runs/abc', 'HEAD');
  git(folder, 'update-ref', 'refs/remotes/origin/main', 'HEAD~1');
  git(folder, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  const repository = await open(folder);
  const refs = Object.fromEntries(repository.refs().map((ref) => [ref.label, ref.oid]));
  expect(refs).toEqual({
    main: git(folder, 'rev-parse', 'main'),
    topic: git(folder, 'rev-parse', 'topic'),
    light: git(folder, 'rev-parse', 'light'),
    heavy: git(folder, 'rev-parse', 'heavy^{commit}'),
    'origin/main': git(folder, 'rev-parse', 'HEAD~1'),
  });
  git(folder, 'pack-refs', '--all');
  expect(Object.fromEntries(repository.refs().map((ref) => [ref.label, ref.oid]))).toEqual(refs);
  git(folder, 'checkout', '-q', '--detach', 'topic');
  expect(repository.refs().some((ref) => ref.kind === 'head')).toBe(true);
  expect(repository.head()).toMatchObject({ branch: null, oid: refs.topic });
  repository.close();
});

it('reads a shallow clone to where it ends', async () => {
  const folder = branched();
  const clone = join(tempFolder(), 'clone');
  git(folder, 'clone', '-q', '--depth', '1', `file://${folder}`, clone);
  const repository = await open(clone);
  expect((await read(repository)).map((found) => [found.subject, found.parents])).toEqual([
    ['Join', []],
  ]);
  repository.close();
});

it('reads commits in other encodings', async () => {
  const folder = initRepository(tempFolder());
  git(folder, 'config', 'i18n.commitEncoding', 'ISO-8859-1');
  writeFileSync(join(folder, 'message'), Buffer.from('Gr\u00f6\u00dfe', 'latin1'));
  git(folder, 'commit', '-q', '--allow-empty', '-F', 'message');
  const repository = await open(folder);
  expect((await read(repository))[0]?.subject).toBe('Größe');
  repository.close();
});

it('in a folder below the work tree shows what changed the folder', async () => {
  const folder = initRepository(tempFolder());
  const one = commit(folder, { 'sub/a.txt': '1', 'other.txt': '1' }, 'one');
  commit(folder, { 'other.txt': '2' }, 'elsewhere');
  const two = commit(folder, { 'sub/a.txt': '2' }, 'two');
  const last = commit(folder, { 'other.txt': '3' }, 'elsewhere again');
  const repository = await open(join(folder, 'sub'));
  expect(repository.prefix).toBe('sub/');
  const commits = await read(repository);
  expect(commits.map((found) => [found.oid, found.parents])).toEqual([
    [one, []],
    [two, [one]],
  ]);
  expect(repository.shownCommit(last)).toBe(two);
  expect([...repository.listTree(last).keys()]).toEqual(['a.txt']);
  expect(repository.diffTrees(one, last).map((change) => change.path)).toEqual(['a.txt']);
  expect(Buffer.from(repository.readBlob(last, 'a.txt') ?? []).toString()).toBe('2');
  repository.close();
});

it('is cancelled by the signal', async () => {
  const repository = await open(branched());
  await expect(
    repository.readHistory({
      known: () => false,
      onCommits: () => {},
      signal: AbortSignal.abort(),
    }),
  ).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  repository.close();
});

it('opens linked worktrees, submodules and a repository without commits', async () => {
  const folder = branched();
  const other = join(tempFolder(), 'linked');
  git(folder, 'worktree', 'add', '-q', '-b', 'linked', other);
  const only = commit(other, { 'linked.txt': '1' }, 'In the worktree');
  const linked = await open(other);
  expect(linked.head()).toEqual({ oid: only, branch: 'linked', operation: null });
  expect(await read(linked)).toHaveLength(6);
  linked.close();

  const outer = initRepository(tempFolder());
  git(outer, 'submodule', '--quiet', 'add', folder, 'inner');
  git(outer, 'commit', '-q', '-m', 'with a submodule');
  const inner = await open(join(outer, 'inner'));
  expect(inner.head().oid).toBe(git(folder, 'rev-parse', 'main'));
  inner.close();

  const empty = await open(initRepository(tempFolder()));
  expect(empty.head()).toEqual({ oid: null, branch: 'main', operation: null });
  expect(await read(empty)).toEqual([]);
  empty.close();
});

it('finds no repository where there is none, or where one further up ignores the folder', async () => {
  expect(await Repository.open(tempFolder(), cleanMachine)).toBeNull();
  const outer = initRepository(tempFolder());
  commit(outer, { '.gitignore': 'private/\n', 'a.txt': '1' });
  writeFiles(outer, { 'private/project/train.py': 'print()' });
  expect(await Repository.open(join(outer, 'private', 'project'), cleanMachine)).toBeNull();
});

it.each([
  ['merge', ['merge', '-q', 'topic']],
  ['cherry-pick', ['cherry-pick', 'topic']],
  ['revert', ['revert', '--no-edit', 'HEAD~1']],
  ['rebase', ['rebase', '-q', 'topic']],
])('tells of a %s under way', async (operation, command) => {
  const folder = initRepository(tempFolder());
  commit(folder, { 'a.txt': 'base\n' });
  git(folder, 'branch', 'topic');
  commit(folder, { 'a.txt': 'ours\n' });
  commit(folder, { 'a.txt': 'ours again\n' });
  git(folder, 'checkout', '-q', 'topic');
  commit(folder, { 'a.txt': 'theirs\n' });
  git(folder, 'checkout', '-q', 'main');
  expect(() => git(folder, ...command)).toThrow();
  const repository = await open(folder);
  expect(repository.head()).toMatchObject({ operation, branch: 'main' });
  const status = await repository.status({ statCacheFile: null });
  expect(status).toEqual([{ path: 'a.txt', change: 'conflicted' }]);
  repository.close();
});

it('tells of a bisection under way', async () => {
  const folder = branched();
  git(folder, 'bisect', 'start');
  const repository = await open(folder);
  expect(repository.head().operation).toBe('bisect');
  repository.close();
});

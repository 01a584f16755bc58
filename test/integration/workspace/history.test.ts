import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Repository } from '../../../src-main/git/index.ts';
import { Store } from '../../../src-main/store/index.ts';
import { readCommitRefs } from '../../../src-main/store/timeline.ts';
import { indexHistory } from '../../../src-main/workspace/index.ts';
import { cleanMachine, commit, git, initRepository, writeFiles } from '../../support/git.ts';
import { tempFolder } from '../../support/temp.ts';
import { openWithStore } from '../../support/workspace.ts';

const md5 = (digit: string) => digit.repeat(32);

function lock(out: string, size = 10): string {
  return [
    "schema: '2.0'",
    'stages:',
    '  train:',
    '    cmd: python train.py',
    '    params:',
    '      settings/extra.yaml:',
    '        depth: 3',
    '    outs:',
    '    - path: model.bin',
    '      hash: md5',
    `      md5: '${out}'`,
    `      size: ${size}`,
    '    - path: scores.json',
    '      hash: md5',
    `      md5: '${out}'`,
    '      size: 1',
    '',
  ].join('\n');
}

const pipeline = [
  'stages:',
  '  train:',
  '    wdir: work',
  '    cmd: python train.py',
  '    params:',
  '    - lr',
  '    - settings/extra.yaml:',
  '      - depth',
  '    outs:',
  '    - model.bin',
  '    metrics:',
  '    - scores.json:',
  '        cache: false',
  '',
].join('\n');

interface Indexed {
  report: Awaited<ReturnType<typeof indexHistory>>;
  commits: string[];
  /** Per commit: `kind path key: before → after`. */
  changes: Record<string, string[]>;
}

async function index(folder: string, store: Store, signal?: AbortSignal): Promise<Indexed> {
  const repository = (await Repository.open(folder, cleanMachine)) as Repository;
  const { workspace } = openWithStore(folder);
  try {
    const report = await indexHistory(workspace, repository, store, { signal });
    return { report, ...contents(store) };
  } finally {
    repository.close();
  }
}

function contents(store: Store): Pick<Indexed, 'commits' | 'changes'> {
  const commits = store
    .prepare<[], { subject: string }>('SELECT subject FROM commits ORDER BY committed_at')
    .all();
  const rows = store
    .prepare<[], Record<'subject' | 'kind' | 'path' | 'key' | 'before' | 'after', string | null>>(
      `SELECT c.subject, x.kind, x.path, x.key, x.before, x.after FROM commit_changes x
       JOIN commits c ON c.oid = x.oid ORDER BY x.kind, x.path, x.key`,
    )
    .all();
  const changes: Record<string, string[]> = {};
  for (const { subject, kind, path, key, before, after } of rows) {
    const name = [kind, path, key].filter((part) => part !== '').join(' ');
    changes[subject as string] ??= [];
    changes[subject as string]?.push(`${name}: ${before} → ${after}`);
  }
  return { commits: commits.map((row) => row.subject), changes };
}

it('finds what commits changed in data, params and metrics', async () => {
  const folder = initRepository(tempFolder());
  const { store } = openWithStore(folder);
  commit(folder, { 'train.py': 'print()' }, 'code only');
  commit(
    folder,
    {
      'dvc.yaml': pipeline,
      'dvc.lock': lock(md5('a')),
      'work/params.yaml': 'lr: 1e-05\nnet: {depth: 3, widths: [8, 4.0]}\n',
      'work/settings/extra.yaml': 'depth: 3\n',
      'work/scores.json': '{"test": {"acc": 0.9, "name": "x"}, "loss": NaN}',
      'raw.dvc': `outs:\n- md5: ${md5('1')}.dir\n  size: 100\n  nfiles: 2\n  hash: md5\n  path: raw\n`,
      'other.yaml': 'nothing: 1\n',
    },
    'first',
  );
  commit(
    folder,
    {
      'dvc.lock': lock(md5('b'), 12),
      'work/params.yaml': 'lr: 3.0e-5\nnet: {depth: 3, widths: [8, 4.0]}\n',
      'work/settings/extra.yaml': 'depth: 4\n',
      'work/scores.json': '{"test": {"acc": 0.95, "name": "y"}, "loss": 1.50}',
      'other.yaml': 'nothing: 2\n',
    },
    'second',
  );
  rmSync(join(folder, 'raw.dvc'));
  commit(
    folder,
    { 'train.py': 'print(2)', 'dvc.lock': `${lock(md5('b'), 12)}# a comment\n` },
    'third',
  );
  const { report, commits, changes } = await index(folder, store);
  expect(report).toEqual({ added: 4, removed: 0, examined: 4, problems: [], incomplete: null });
  expect(commits).toEqual(['code only', 'first', 'second', 'third']);
  expect(changes).toEqual({
    first: [
      `data raw: null → ${md5('1')}.dir`,
      `data work/model.bin: null → ${md5('a')}`,
      'metric work/scores.json loss: null → NaN',
      'metric work/scores.json test.acc: null → 0.9',
      'param work/params.yaml lr: null → 1e-05',
      'param work/params.yaml net.depth: null → 3',
      'param work/params.yaml net.widths: null → [8, 4.0]',
      'param work/settings/extra.yaml depth: null → 3',
    ],
    second: [
      `data work/model.bin: ${md5('a')} → ${md5('b')}`,
      'metric work/scores.json loss: NaN → 1.50',
      'metric work/scores.json test.acc: 0.9 → 0.95',
      'param work/params.yaml lr: 1e-05 → 3.0e-5',
      'param work/settings/extra.yaml depth: 3 → 4',
    ],
    third: [`data raw: ${md5('1')}.dir → null`],
  });
  const sizes = store
    .prepare(
      "SELECT size_before, size_after, files FROM commit_changes WHERE path = 'raw' ORDER BY after",
    )
    .all();
  expect(sizes).toEqual([
    { size_before: 100, size_after: null, files: 2 },
    { size_before: null, size_after: 100, files: 2 },
  ]);
});

it('reads only what is new, writes nothing when nothing is, and follows rewritten history', async () => {
  const folder = initRepository(tempFolder());
  const { store } = openWithStore(folder);
  for (const name of ['one', 'two', 'three'])
    commit(folder, { 'params.yaml': `a: ${name}\n` }, name);
  expect((await index(folder, store)).report.added).toBe(3);
  const other = Store.open(store.path);
  const version = other.dataVersion();
  expect((await index(folder, store)).report).toEqual({
    added: 0,
    removed: 0,
    examined: 0,
    problems: [],
    incomplete: null,
  });
  expect(other.dataVersion()).toBe(version);
  other.close();
  commit(folder, { 'params.yaml': 'a: four\n' }, 'four');
  expect((await index(folder, store)).report).toMatchObject({ added: 1, removed: 0, examined: 1 });
  git(folder, 'branch', 'old', 'HEAD~1');
  git(folder, 'reset', '-q', '--hard', 'HEAD~2');
  commit(folder, { 'params.yaml': 'a: else\n' }, 'rewritten');
  const { report, commits, changes } = await index(folder, store);
  expect(report).toMatchObject({ added: 1, removed: 1 });
  expect(commits).toEqual(['one', 'two', 'three', 'rewritten']);
  expect(changes.rewritten).toEqual(['param params.yaml a: two → else']);
  expect(readCommitRefs(store)).toEqual([
    { name: 'main', oid: git(folder, 'rev-parse', 'main') },
    { name: 'old', oid: git(folder, 'rev-parse', 'old') },
  ]);
  git(folder, 'branch', '-q', '-D', 'old');
  expect((await index(folder, store)).commits).toEqual(['one', 'two', 'rewritten']);
});

it('goes on after it was cancelled', async () => {
  const folder = initRepository(tempFolder());
  const { store } = openWithStore(folder);
  for (let step = 0; step < 5; step += 1)
    commit(folder, { 'params.yaml': `a: ${step}\n` }, `${step}`);
  await expect(index(folder, store, AbortSignal.abort())).rejects.toThrow();
  const repository = (await Repository.open(folder, cleanMachine)) as Repository;
  const stop = new AbortController();
  const { workspace } = openWithStore(folder);
  const cancelled = indexHistory(workspace, repository, store, {
    signal: stop.signal,
    onProgress: ({ phase }) => phase === 'Storing history' && stop.abort(),
  });
  await expect(cancelled).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  repository.close();
  const { report, commits } = await index(folder, store);
  expect(report.examined).toBe(5);
  expect(commits).toEqual(['0', '1', '2', '3', '4']);
});

it('of a folder below the work tree has what changed there', async () => {
  const folder = initRepository(tempFolder());
  const { store } = openWithStore(folder);
  commit(folder, { 'sub/params.yaml': 'a: 1\n', 'params.yaml': 'b: 1\n' }, 'both');
  commit(folder, { 'params.yaml': 'b: 2\n' }, 'elsewhere');
  const sub = join(folder, 'sub');
  const first = await index(sub, store);
  expect(first.commits).toEqual(['both']);
  expect(first.changes.both).toEqual(['param params.yaml a: null → 1']);
  expect(readCommitRefs(store).map((ref) => ref.name)).toEqual(['main']);
  commit(folder, { 'sub/params.yaml': 'a: 2\n' }, 'inside');
  commit(folder, { 'params.yaml': 'b: 3\n' }, 'elsewhere again');
  expect((await index(sub, store)).commits).toEqual(['both', 'inside']);
  expect((await index(sub, store)).report).toMatchObject({ added: 0, removed: 0 });
  expect((await index(folder, store)).commits).toHaveLength(4);
});

it('leaves out what cannot be read, and says so', async () => {
  const folder = initRepository(tempFolder());
  const { store } = openWithStore(folder);
  commit(folder, { 'params.yaml': 'a: 1\n' }, 'good');
  commit(folder, { 'params.yaml': 'a: [\n', 'dvc.lock': '%%%', 'x.dvc': '- 1\n' }, 'broken files');
  const blob = git(folder, 'rev-parse', 'HEAD~1:params.yaml');
  rmSync(join(folder, '.git', 'objects', blob.slice(0, 2), blob.slice(2)));
  const { report, commits } = await index(folder, store);
  expect(commits).toEqual(['good', 'broken files']);
  expect(report.examined).toBe(0);
  expect(report.problems.join()).toContain('is missing');
  writeFiles(folder, { 'params.yaml': 'a: 1\n' });
  git(folder, 'hash-object', '-w', 'params.yaml');
  const again = await index(folder, store);
  expect(again.report).toMatchObject({ examined: 2, problems: [], incomplete: null });
  expect(again.changes['broken files']).toEqual(['param params.yaml a: 1 → null']);
});

it('keeps what was read when the repository is damaged later', async () => {
  const folder = initRepository(tempFolder());
  const { store } = openWithStore(folder);
  commit(folder, { a: '1' }, 'one');
  await index(folder, store);
  const middle = commit(folder, { a: '2' }, 'two');
  commit(folder, { a: '3' }, 'three');
  rmSync(join(folder, '.git', 'objects', middle.slice(0, 2), middle.slice(2)));
  const { report, commits } = await index(folder, store);
  expect(commits).toEqual(['one']);
  expect(report.problems.join()).toContain('git fsck');
});

/** The files of an experiment of DVC's: what its commit's lock names, wherever the contents are. */
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createApp } from '../../../src-main/app.ts';
import { createLogger } from '../../../src-main/base/logger.ts';
import { commit, git, initRepository } from '../../support/git.ts';
import { tempFolder } from '../../support/temp.ts';
import { userFolders } from '../../support/workspace.ts';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

function put(store: string, text: string): string {
  const hash = md5(text);
  const path = join(store, 'files', 'md5', hash.slice(0, 2), hash.slice(2));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const model = (depth: number) => `model of depth ${depth}\n`;
const outline = `stages:
  prepare: {cmd: python prepare.py, outs: [data.csv]}
  train:
    cmd: python train.py
    deps: [data.csv]
    outs: [model.txt, far.txt, lost.txt]
    metrics: [metrics.json: {cache: false}]
    plots: [plots]
`;
const lock = (depth: number, score: string) => `schema: '2.0'
stages:
  prepare:
    cmd: python prepare.py
    outs: [{path: data.csv, hash: md5, md5: ${md5('a,b\n1,2\n')}, size: 8}]
  train:
    cmd: python train.py
    deps: [{path: data.csv, hash: md5, md5: ${md5('a,b\n1,2\n')}, size: 8}]
    params: {params.yaml: {seed: 12345678901234567890123456, lr: 0.${depth}}}
    outs:
    - {path: far.txt, hash: md5, md5: ${md5(`far ${depth}`)}, size: 5}
    - {path: lost.txt, hash: md5, md5: ${md5(`lost ${depth}`)}, size: 6}
    - {path: metrics.json, hash: md5, md5: ${md5(score)}, size: ${score.length}}
    - {path: model.txt, hash: md5, md5: ${md5(model(depth))}, size: ${model(depth).length}}
    - {path: plots/roc.json, hash: md5, md5: ${md5('[]')}, size: 2}
`;

async function project() {
  const root = initRepository(tempFolder());
  const remote = tempFolder();
  const score = (depth: number) => `{"acc": 0.${depth}}`;
  const baseline = commit(root, {
    'dvc.yaml': outline,
    'dvc.lock': lock(3, score(3)),
    'metrics.json': score(3),
    '.gitignore': 'data.csv\nmodel.txt\n',
    '.dvc/config': `['remote "storage"']\n    url = ${remote}\n['remote "cloud"']\n    url = s3://bucket\n`,
    '.dvc/.gitignore': '/cache\n',
  });
  for (const depth of [4, 5]) {
    git(root, 'checkout', '-q', '--detach', baseline);
    const files = { 'dvc.lock': lock(depth, score(depth)), 'metrics.json': score(depth) };
    const oid = commit(root, files, 'dvc: commit experiment');
    const ref = `refs/exps/${baseline.slice(0, 2)}/${baseline.slice(2)}/depth-${depth}`;
    git(root, 'update-ref', ref, oid);
  }
  git(root, 'checkout', '-q', 'main');
  const cache = join(root, '.dvc', 'cache');
  for (const text of [model(4), model(5), 'a,b\n1,2\n', '[]']) put(cache, text);
  const onRemote = put(remote, 'far 4');
  const app = await createApp({
    logger: createLogger('error', () => undefined),
    runnerCommand: ['false'],
    folders: userFolders(),
    exampleDir: null,
  });
  onTestFinished(() => app.dispose());
  const session = await app.openQuietly(root, { index: false, sources: true });
  const call = { signal: new AbortController().signal, emit: async () => undefined };
  const all = { experimentId: null, filter: '', orderBy: '', offset: 0, limit: 10 };
  const { rows } = await app.handlers['runs.list'](all, call);
  const run = (name: string) => rows.find((row) => row.name === name)?.id ?? '';
  return { root, app, call, run, session, onRemote };
}

test('are listed with where their contents are, and read there', async () => {
  const { app, call, run, onRemote } = await project();
  const id = run('depth-4');
  const detail = await app.handlers['runs.get']({ id }, call);
  expect(detail.executions.map(({ stage, state }) => [stage, state])).toEqual([
    ['prepare', 'cached'],
    ['train', 'done'],
  ]);
  const files = detail.files.map(({ stage, role, path, available, remote }) =>
    [stage, role, path, available ? 'here' : (remote ?? 'nowhere')].join(' '),
  );
  expect(files).toEqual([
    'prepare out data.csv here',
    'train dep data.csv here',
    'train out far.txt storage',
    'train out lost.txt nowhere',
    'train metric metrics.json here',
    'train out model.txt here',
    'train plot plots/roc.json here',
  ]);
  const text = async (path: string) => {
    const source = { kind: 'tracked' as const, reference: id, path };
    const { bytes } = await app.handlers['files.bytes']({ source, offset: 0, length: 100 }, call);
    return Buffer.from(bytes).toString();
  };
  expect(await text('model.txt')).toBe(model(4));
  expect(await text('metrics.json')).toBe('{"acc": 0.4}');
  expect(await text('far.txt')).toBe('far 4');
  rmSync(onRemote);
  await expect(text('far.txt')).rejects.toMatchObject({ code: 'not-found' });
  await expect(text('lost.txt')).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringContaining('dvc fetch'),
  });
});

test('are sides of a comparison, and join the lineage of runs', async () => {
  const { app, call, run } = await project();
  const summary = await app.handlers['diff.summary'](
    { left: run('depth-4'), right: run('depth-5') },
    call,
  );
  expect(summary.data.map(({ path, change }) => `${path} ${change}`)).toEqual(
    expect.arrayContaining(['model.txt modified', 'data.csv same']),
  );
  const id = run('depth-5');
  const { nodes } = await app.handlers['runs.lineage']({ id, up: 1, down: 1 }, call);
  expect(nodes.map(({ name }) => name)).toContain('model.txt');
});

test('are replaced when the experiment is run again', async () => {
  const { root, app, call, run, session } = await project();
  const id = run('depth-4');
  const [base = ''] = (await app.handlers['runs.get']({ id }, call)).baseCommit?.split(' ') ?? [];
  git(root, 'checkout', '-q', '--detach', base);
  const oid = commit(root, { 'dvc.lock': lock(6, '{"acc": 0.6}') }, 'again');
  git(root, 'update-ref', `refs/exps/${base.slice(0, 2)}/${base.slice(2)}/depth-4`, oid);
  git(root, 'checkout', '-q', 'main');
  await (await session.sources()).read({}, {});
  const { files } = await app.handlers['runs.get']({ id }, call);
  expect(files.filter(({ path }) => path === 'model.txt').map(({ hash }) => hash)).toEqual([
    md5(model(6)),
  ]);
});

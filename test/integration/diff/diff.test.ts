import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { DiffSession } from '../../../src-main/api/diff/context.ts';
import { diffHandlers } from '../../../src-main/api/diff/index.ts';
import { HashCache, hashPath, ObjectStore } from '../../../src-main/cas/index.ts';
import {
  type Input,
  type Item,
  type Output,
  operations,
} from '../../../src-main/contract/index.ts';
import type { Operation } from '../../../src-main/contract/operation.ts';
import { Repository, ShadowRepository } from '../../../src-main/git/index.ts';
import { Lineage } from '../../../src-main/lineage/index.ts';
import type { HandlerContext } from '../../../src-main/rpc/index.ts';
import { insertImportedRun } from '../../../src-main/store/imported-runs.ts';
import { Store } from '../../../src-main/store/index.ts';
import { insertLoggedModel } from '../../../src-main/store/logged-models.ts';
import { Experiments, Tracking } from '../../../src-main/tracking/index.ts';
import { tempFolder } from '../../support/temp.ts';

const models = join(import.meta.dirname, '../../fixtures/models');

/** A project with Git, data in the object cache, and whatever a test adds. */
class Project {
  readonly root = tempFolder();
  readonly home = tempFolder();
  readonly objects = new ObjectStore(join(this.root, '.dvc/cache/files/md5'));
  readonly cache = HashCache.open(join(this.home, 'hashes.db'));
  readonly store = Store.open(join(this.home, 'cairn.db'));
  readonly tracking = new Tracking(this.store, new Experiments(this.store), this.home);
  readonly lineage = new Lineage(this.store);
  repository: Repository | null = null;
  shadow: ShadowRepository | null = null;

  constructor() {
    onTestFinished(() => {
      this.repository?.close();
      this.shadow?.close();
      this.store.close();
      this.cache.close();
    });
  }

  git(...args: string[]): string {
    const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
    const identity = ['-c', 'user.name=A', '-c', 'user.email=a@b.c', '-c', 'commit.gpgsign=false'];
    return execFileSync('git', [...identity, ...args], { cwd: this.root, env })
      .toString()
      .trim();
  }

  write(files: Record<string, string | Buffer>): void {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      writeFileSync(join(this.root, path), content);
    }
  }

  async commit(message: string): Promise<string> {
    this.git('add', '-A');
    this.git('commit', '-q', '-m', message);
    this.repository ??= await Repository.open(this.root);
    return this.git('rev-parse', 'HEAD');
  }

  /** Hashes what lies at a path and keeps its content; the lines of dvc.lock for it. */
  async track(path: string): Promise<{ hash: string; size: number; files: number | null }> {
    const absolute = join(this.root, path);
    const hashed = await hashPath(absolute, { cache: this.cache });
    if (!hashed) throw new Error(`no ${path}`);
    await this.objects.add(absolute, hashed, { cache: this.cache });
    return hashed;
  }

  /** A finished run over these files. */
  run(options: {
    snapshot?: string;
    params?: Record<string, string>;
    metrics?: Record<string, number>;
    files?: Array<{
      path: string;
      role: 'dep' | 'out';
      hash: string;
      size: number;
      files: number | null;
    }>;
  }): string {
    const { id, label } = this.tracking.createRun({
      spec: { kind: 'command', argv: ['train'], cwd: '.', metricsFiles: [] },
      command: 'train',
      cwd: '.',
      kind: 'command',
      experiment: null,
      name: null,
      note: '',
    });
    if (options.snapshot !== undefined) {
      this.tracking.setSnapshot(id, {
        commit: options.snapshot,
        baseCommit: null,
        branch: null,
        dirtyFiles: [],
        largeFiles: [],
      });
    }
    const params = Object.entries(options.params ?? {});
    this.tracking.setParams(
      id,
      params.map(([key, value]) => ({ file: 'params.yaml', key, value })),
    );
    const points = Object.entries(options.metrics ?? {});
    this.tracking.appendMetrics(
      id,
      points.map(([key, value]) => ({ key, value, step: 0, time: 0 })),
    );
    const execution = this.lineage.startExecution({
      ...{ runId: id, stage: '', position: 0, state: 'done', command: 'train', reason: '' },
    });
    for (const { role, ...file } of options.files ?? []) {
      this.lineage.recordEvent(execution, {
        ...file,
        type: role === 'dep' ? 'INPUT' : 'OUTPUT',
        role,
      });
    }
    return label;
  }

  get session(): DiffSession {
    return {
      workspace: {
        root: this.root,
        name: 'project',
        trusted: false,
        readOnly: false,
        storeDir: this.home,
        storePath: join(this.home, 'cairn.db'),
        cacheDir: this.home,
        statCacheFile: join(this.home, 'stats'),
        hashCacheFile: join(this.home, 'hashes.db'),
      },
      store: this.store,
      tracking: this.tracking,
      objects: this.objects,
      kept: new ObjectStore(join(this.home, 'kept')),
      remotes: () => [],
      cache: this.cache,
      repository: this.repository,
      gitProblem: null,
      code: this.repository ?? this.shadow,
    };
  }

  /** Calls an operation as a caller would, with both ends checked against the contract. */
  async call<
    N extends
      | 'diff.summary'
      | 'diff.many'
      | 'diff.manyFiles'
      | 'diff.file'
      | 'diff.directory'
      | 'diff.model'
      | 'diff.series',
  >(name: N, input: Input<N>, items: Array<Item<N>> = []): Promise<Output<N>> {
    const { session } = this;
    const handlers = diffHandlers({ session: () => session, current: () => session });
    const context: HandlerContext<N> = {
      signal: new AbortController().signal,
      emit: async (item) => void items.push(item),
    };
    const parsed: Operation = operations[name];
    const handler = handlers[name] as (
      input: unknown,
      context: HandlerContext<N>,
    ) => Promise<unknown>;
    return parsed.output.parse(await handler(parsed.input.parse(input), context)) as Output<N>;
  }
}

let project: Project;
beforeEach(() => {
  project = new Project();
  project.git('init', '-q', '-b', 'main');
});

const lock = (
  path: string,
  { hash, size, files }: { hash: string; size: number; files: number | null },
) =>
  `schema: '2.0'\nstages:\n  train:\n    cmd: python train.py\n    outs:\n    - path: ${path}\n      hash: md5\n      md5: ${hash}\n      size: ${size}\n${files === null ? '' : `      nfiles: ${files}\n`}`;

const yaml = (out: string) =>
  `stages:\n  train:\n    cmd: python train.py\n    params: [lr]\n    outs: [${out}]\n    metrics:\n    - eval/scores.json:\n        cache: false\n`;

describe('diff.summary', () => {
  it('compares two commits: params, metrics, code, data', async () => {
    project.write({
      '.gitignore': '/model\n/.dvc\n',
      'params.yaml': 'lr: 1e-05\nnet: {depth: 3, width: 8}\n',
      'eval/scores.json': '{"accuracy": 0.5, "loss": 1.5, "kind": "x"}',
      'dvc.yaml': yaml('model'),
      'train.py': 'one\ntwo\nthree\n',
      'gone.py': 'print()\n',
      'old_name.py': 'a long enough file\nto be recognised\nas renamed\n',
      'model/a.bin': 'weights',
    });
    project.write({ 'dvc.lock': lock('model', await project.track('model')) });
    await project.commit('First');
    project.write({
      'params.yaml': 'lr: 0.003\nnet: {depth: 3}\nseed: 1\n',
      'eval/scores.json': '{"accuracy": 0.75, "loss": 1.0, "kind": "x"}',
      'train.py': 'one\n2\nthree\nfour\n',
      'new_name.py': 'a long enough file\nto be recognised\nas renamed\n',
      'picture.png': Buffer.from([0x89, 0x50, 0, 1]),
      'model/a.bin': 'other weights',
    });
    project.write({ 'dvc.lock': lock('model', await project.track('model')) });
    for (const path of ['gone.py', 'old_name.py']) rmSync(join(project.root, path));
    await project.commit('Second');

    const summary = await project.call('diff.summary', { left: 'HEAD~1', right: 'main' });
    expect(summary.left).toMatchObject({ kind: 'commit', title: expect.stringMatching(/ First$/) });
    expect(summary.params).toEqual([
      { file: 'params.yaml', key: 'lr', left: '1e-05', right: '0.003', change: 'modified' },
      { file: 'params.yaml', key: 'net.depth', left: '3', right: '3', change: 'same' },
      { file: 'params.yaml', key: 'net.width', left: '8', right: null, change: 'removed' },
      { file: 'params.yaml', key: 'seed', left: null, right: '1', change: 'added' },
    ]);
    expect(summary.metrics).toEqual([
      { key: 'accuracy', left: 0.5, right: 0.75, delta: 0.25, better: true },
      { key: 'loss', left: 1.5, right: 1, delta: -0.5, better: true },
    ]);
    const code = Object.fromEntries(summary.code.map((file) => [file.path, file]));
    expect(code['train.py']).toMatchObject({ change: 'modified', added: 2, removed: 1 });
    expect(code['gone.py']).toMatchObject({ change: 'removed', added: 0, removed: 1 });
    expect(code['new_name.py']).toMatchObject({ change: 'renamed', from: 'old_name.py', added: 0 });
    expect(code['picture.png']).toMatchObject({ change: 'added', binary: true });
    expect(summary.data).toEqual([
      expect.objectContaining({ path: 'model', change: 'modified', kind: 'directory' }),
    ]);
    expect(summary.environment).toEqual([]);
  });

  it('compares the workspace as it is, uncommitted and untracked, with a commit', async () => {
    project.write({
      '.gitignore': '/data.csv\n/.dvc\n',
      'params.yaml': 'lr: 1\n',
      'a.py': 'a\n',
      'b.py': 'b\n',
      'data.csv': '1\n',
    });
    const { hash } = await project.track('data.csv');
    project.write({
      'data.csv.dvc': `outs:\n- md5: ${hash}\n  size: 2\n  hash: md5\n  path: data.csv\n`,
    });
    await project.commit('First');
    project.write({ 'b.py': 'changed since\n' });
    await project.commit('Second');
    // Back to what it was in the first commit: no difference, though both differ from HEAD.
    project.write({
      'b.py': 'b\n',
      'a.py': 'a\nmore\n',
      'new.py': 'n\n',
      'params.yaml': 'lr: 2\n',
      'data.csv': '1\n2\n',
    });

    const before = readdirSync(project.root, { recursive: true }).sort();
    const summary = await project.call('diff.summary', { left: 'HEAD~1', right: 'workspace' });
    expect(
      summary.code.map(({ path, change, added, removed }) => [path, change, added, removed]),
    ).toEqual([
      ['a.py', 'modified', 1, 0],
      ['new.py', 'added', 1, 0],
      ['params.yaml', 'modified', 1, 1],
    ]);
    expect(summary.params[0]).toMatchObject({ key: 'lr', left: '1', right: '2' });
    expect(summary.data).toMatchObject([
      { path: 'data.csv', change: 'modified', right: { size: 4 } },
    ]);
    // Comparing writes nothing into the folder.
    expect(readdirSync(project.root, { recursive: true }).sort()).toEqual(before);
    const back = await project.call('diff.summary', { left: 'workspace', right: 'HEAD~1' });
    expect(back.code.map(({ path, change }) => [path, change])).toEqual([
      ['a.py', 'modified'],
      ['new.py', 'removed'],
      ['params.yaml', 'modified'],
    ]);
    const none = await project.call('diff.summary', { left: 'workspace', right: 'workspace' });
    expect(none.code).toEqual([]);
    expect(none.data.every(({ change }) => change === 'same')).toBe(true);
  });

  it('compares runs by what they recorded', async () => {
    project.write({
      '.gitignore': '/.dvc\n/raw\n',
      'train.py': 'x\n',
      'params.yaml': 'lr: 1\nunused: 5\n',
    });
    const commit = await project.commit('Code');
    const raw = { path: 'raw', role: 'dep', hash: 'a'.repeat(32), size: 3, files: null } as const;
    const code = {
      path: 'train.py',
      role: 'dep',
      hash: 'b'.repeat(32),
      size: 2,
      files: null,
    } as const;
    const out = (digit: string) =>
      ({
        path: 'm.safetensors',
        role: 'out',
        hash: digit.repeat(32),
        size: 4,
        files: null,
      }) as const;
    const left = project.run({
      snapshot: commit,
      params: { lr: '0.1' },
      metrics: { accuracy: 0.9, latency_ms: 5, oddity: 1 },
      files: [raw, code, out('c')],
    });
    const right = project.run({
      snapshot: commit,
      params: { lr: '0.10' },
      metrics: { accuracy: 0.8, latency_ms: 4, oddity: 2 },
      files: [raw, code, out('d')],
    });
    const summary = await project.call('diff.summary', { left, right: `#${right}` });
    expect(summary.left).toMatchObject({ kind: 'run', title: `${left} train`, commit });
    expect(summary.params).toEqual([
      { file: 'params.yaml', key: 'lr', left: '0.1', right: '0.10', change: 'modified' },
    ]);
    expect(summary.metrics.map(({ key, better }) => [key, better])).toEqual([
      ['accuracy', false],
      ['latency_ms', true],
      ['oddity', null],
    ]);
    // train.py is code: Git keeps it.
    expect(summary.data.map(({ path, change, kind }) => [path, change, kind])).toEqual([
      ['m.safetensors', 'modified', 'model'],
      ['raw', 'same', 'file'],
    ]);
    // Against a commit, params that no stage used count too, and inputs it cannot know do not.
    const mixed = await project.call('diff.summary', { left, right: commit });
    expect(mixed.params.map(({ key, change }) => [key, change])).toEqual([
      ['lr', 'modified'],
      ['unused', 'same'],
    ]);
    expect(mixed.data.map(({ path, change }) => [path, change])).toEqual([
      ['m.safetensors', 'removed'],
    ]);
  });

  it('compares what scripts logged with their runs', async () => {
    const [left, right] = [project.run({}), project.run({})];
    const experimentOf = (label: string) =>
      project.tracking.rows([project.tracking.resolve(label)])[0]?.experimentId ?? '';
    const log = (label: string, files: Record<string, string>) => {
      for (const [path, text] of Object.entries(files)) {
        const to = join(project.home, 'artifacts', project.tracking.resolve(label), path);
        mkdirSync(dirname(to), { recursive: true });
        writeFileSync(to, text);
      }
    };
    log(left, { 'ck/a.pt': 'one', 'same.txt': 'x', 'size.txt': 'x', 'gone.csv': 'a' });
    log(right, { 'ck/a.pt': 'two', 'same.txt': 'x', 'size.txt': 'xyz' });
    log(right, { 'events.out.tfevents.1.host.2.0': 'x', 'images/a+step+1+timestamp+2+3.png': 'x' });
    // MLflow 3 keeps models apart from their runs.
    for (const [index, label] of [left, right].entries()) {
      const id = `m-${`${index}`.repeat(32)}`;
      insertLoggedModel(project.store, {
        ...{ id, experiment_id: experimentOf(label), name: 'net', type: '', status: 'READY' },
        ...{ status_message: '', source_run_id: project.tracking.resolve(label) },
        ...{ artifact_root: null, created_at: 1, updated_at: 1, deleted_at: null },
      });
      const folder = join(project.home, 'artifacts/models', id, 'data');
      mkdirSync(folder, { recursive: true });
      copyFileSync(join(models, 'names-left.safetensors'), join(folder, 'model.safetensors'));
    }
    const { data } = await project.call('diff.summary', { left, right });
    expect(data.map(({ path, change, kind }) => [path, change, kind])).toEqual([
      ['ck/a.pt', 'modified', 'model'],
      ['gone.csv', 'removed', 'file'],
      ['net/data/model.safetensors', 'same', 'model'],
      ['same.txt', 'same', 'file'],
      ['size.txt', 'modified', 'file'],
    ]);
    const side = (reference: string) =>
      ({ kind: 'tracked', reference, path: 'net/data/model.safetensors' }) as const;
    const opened: Array<Item<'diff.model'>> = [];
    await project.call('diff.model', { left: side(left), right: side(right) }, opened);
    expect(opened[0]).toMatchObject({
      kind: 'opened',
      left: { title: `${left} ${side(left).path}` },
    });
    // Only runs have logged anything.
    const now = await project.call('diff.summary', { left, right: 'workspace' });
    expect(now.data).toEqual([]);
  });

  it('finds the checkpoints of a run among its files and its logged models', async () => {
    const label = project.run({});
    const id = project.tracking.resolve(label);
    const put = (folder: string, name: string) => {
      mkdirSync(join(project.home, 'artifacts', folder), { recursive: true });
      copyFileSync(
        join(models, 'names-left.safetensors'),
        join(project.home, 'artifacts', folder, name),
      );
    };
    const found = async () => {
      const items: Array<Item<'diff.series'>> = [];
      const source = { kind: 'run', reference: label } as const;
      const totals = await project.call('diff.series', { source }, items);
      const [first, ...compared] = items;
      if (first?.kind !== 'checkpoints') throw new Error('the checkpoints come first');
      return { ...first, totals, compared };
    };
    expect(await found()).toMatchObject({ checkpoints: [], total: 0, compared: [] });
    for (const step of [10, 9]) put(`${id}/ck`, `step-${step}.safetensors`);
    put(id, 'best.safetensors');
    const files = await found();
    expect(files.checkpoints.map(({ path }) => path)).toEqual([
      ...['ck/step-9.safetensors', 'ck/step-10.safetensors'],
    ]);
    expect(files.place).toMatch(/: ck$/);
    expect(files.compared).toMatchObject([{ at: 1, relativeL2: 0, problem: null }]);
    const experiment = project.tracking.rows([id])[0]?.experimentId ?? '';
    for (const at of [3, 1, 2]) {
      const model = `m-${`${at}`.repeat(32)}`;
      insertLoggedModel(project.store, {
        ...{ id: model, experiment_id: experiment, name: 'net', type: '', status: 'READY' },
        ...{ status_message: '', source_run_id: id, artifact_root: null },
        ...{ created_at: at, updated_at: at, deleted_at: null },
      });
      put(`models/${model}/data`, 'model.safetensors');
    }
    // More of them than of files, in the order in which they were made.
    const logged = await found();
    expect(logged.checkpoints.map((one) => one.label)).toEqual(['net', 'net 2', 'net 3']);
    expect(logged.totals).toMatchObject({ checkpoints: 3, problems: 0 });
    await expect(
      project.call('diff.series', { source: { kind: 'run', reference: 'workspace' } }),
    ).rejects.toMatchObject({ code: 'invalid' });
  });

  it('takes the code and data of a run of another tool from its commit', async () => {
    const first = project.run({});
    const runOf = (number: number, name: string, snapshot: string) => {
      const [row] = project.tracking.rows([project.tracking.resolve(first)]);
      insertImportedRun(project.store, {
        ...{
          id: name.repeat(32),
          experiment_id: row?.experimentId ?? '',
          number,
          name,
          snapshot,
          dirty_files: '[]',
        },
        ...{ status: 'FINISHED', command: '', created_at: 1, started_at: null, ended_at: null },
        ...{ note: '', deleted_at: null, base_commit: null, user_name: '', notebook: null },
        artifact_root: null,
      });
      return name.repeat(32);
    };
    project.write({
      'train.py': 'a\n',
      'out.bin': 'first',
      '.gitignore': '/out.bin\n/.dvc/cache\n',
    });
    const locked = async () =>
      `${lock('out.bin', await project.track('out.bin'))}    - path: scores.csv\n      hash: md5\n      md5: ${'0'.repeat(32)}\n`;
    project.write({ 'dvc.lock': await locked(), 'scores.csv': '1\n' });
    const left = runOf(101, 'a', await project.commit('one'));
    project.write({ 'train.py': 'b\n', 'out.bin': 'second' });
    project.write({ 'dvc.lock': (await locked()).replaceAll('000', '111'), 'scores.csv': '2\n' });
    const right = runOf(102, 'b', await project.commit('two'));
    const { code, data } = await project.call('diff.summary', { left, right });
    expect(code.map(({ path, change }) => [path, change])).toEqual([['train.py', 'modified']]);
    // What a stage wrote is no code, though Git may keep it.
    expect(data.map(({ path, change }) => [path, change])).toEqual([
      ['out.bin', 'modified'],
      ['scores.csv', 'modified'],
    ]);
    const group = await project.call('diff.summary', { left: `${left},${left}`, right });
    expect(group.data.map(({ change }) => change)).toEqual(['modified', 'modified']);
    // DVC's experiments are taken away again, and Git forgets their commits.
    const lost = runOf(103, 'c', 'c'.repeat(40));
    expect((await project.call('diff.summary', { left, right: lost })).right.commit).toBeNull();
  });

  it('compares a run with a folder that has no Git', async () => {
    rmSync(join(project.root, '.git'), { recursive: true });
    project.write({ 'train.py': 'one\n', 'gone.py': 'x\n' });
    project.shadow = await ShadowRepository.open(project.home, project.root);
    const { commit } = await project.shadow.snapshot({
      ref: 'refs/cairn/runs/1',
      message: 'Run',
      statCacheFile: null,
    });
    const run = project.run({ snapshot: commit });
    project.write({ 'train.py': 'one\ntwo\n', 'new.py': 'n\n' });
    rmSync(join(project.root, 'gone.py'));
    const { code } = await project.call('diff.summary', { left: run, right: 'workspace' });
    expect(code.map(({ path, change, added, removed }) => [path, change, added, removed])).toEqual([
      ['gone.py', 'removed', 0, 1],
      ['new.py', 'added', 1, 0],
      ['train.py', 'modified', 1, 0],
    ]);
    const back = await project.call('diff.file', {
      left: run,
      right: 'workspace',
      path: 'gone.py',
    });
    expect(back).toEqual({ left: 'x\n', right: null, note: null });
  });

  it('compares what it can where a file is broken', async () => {
    project.write({
      'params.yaml': 'lr: 1\n',
      'dvc.yaml': 'stages: [',
      'dvc.lock': '{{',
      'a.dvc': '- ]',
    });
    await project.commit('Broken');
    project.write({ 'params.yaml': 'lr: [1\n', 'metrics.json': '{' });
    const summary = await project.call('diff.summary', { left: 'HEAD', right: 'workspace' });
    expect(summary.params).toMatchObject([
      { key: 'lr', left: '1', right: null, change: 'removed' },
    ]);
    expect(summary.metrics).toEqual([]);
    expect(summary.code.map(({ path }) => path)).toEqual(['metrics.json', 'params.yaml']);
  });

  it('does not take for changed what .dvcignore leaves out', async () => {
    project.write({ '.gitignore': '/d\n/.dvc\n', '.dvcignore': '*.tmp\n', 'd/a': '1' });
    project.write({ 'dvc.yaml': yaml('d'), 'dvc.lock': lock('d', await project.track('d')) });
    await project.commit('One');
    project.write({ 'd/x.tmp': 'scratch' });
    const { data } = await project.call('diff.summary', { left: 'HEAD', right: 'workspace' });
    expect(data).toMatchObject([{ path: 'd', change: 'same' }]);
  });

  it('says what a reference could have been', async () => {
    project.write({ a: '1' });
    await project.commit('A');
    await expect(
      project.call('diff.summary', { left: '07.1', right: 'HEAD' }),
    ).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('07.1'),
    });
    await expect(
      project.call('diff.summary', { left: 'HEAD', right: 'no-branch' }),
    ).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('diff.file', () => {
  it('gives both texts, through renames and from the work tree', async () => {
    project.write({ 'old.py': 'one\n' });
    await project.commit('One');
    project.git('mv', 'old.py', 'new.py');
    project.write({ 'new.py': 'two\n' });
    const pair = { left: 'HEAD', right: 'workspace' };
    expect(await project.call('diff.file', { ...pair, path: 'new.py', from: 'old.py' })).toEqual({
      left: 'one\n',
      right: 'two\n',
      note: null,
    });
    expect(await project.call('diff.file', { ...pair, path: 'nowhere.py' })).toMatchObject({
      left: null,
      right: null,
      note: expect.stringContaining('nowhere.py'),
    });
  });

  it('says why a file is not shown', async () => {
    project.write({ 'a.bin': Buffer.from([1, 0, 2]), 'large.txt': 'x'.repeat(5_000_001) });
    await project.commit('One');
    const pair = { left: 'HEAD', right: 'workspace' };
    const binary = await project.call('diff.file', { ...pair, path: 'a.bin' });
    expect(binary).toMatchObject({ left: null, note: expect.stringContaining('binary') });
    const large = await project.call('diff.file', { ...pair, path: 'large.txt' });
    expect(large).toMatchObject({ left: null, note: expect.stringContaining('5 MB') });
  });

  it('reads nothing outside the folder', async () => {
    const outside = tempFolder();
    writeFileSync(join(outside, 'secret'), 'secret');
    project.write({ a: '1' });
    await project.commit('A');
    symlinkSync(outside, join(project.root, 'way'));
    symlinkSync(join(outside, 'secret'), join(project.root, 'link'));
    const pair = { left: 'HEAD', right: 'workspace' };
    for (const path of ['../secret', join(outside, 'secret'), 'way/secret', 'a/../../x']) {
      await expect(project.call('diff.file', { ...pair, path })).rejects.toMatchObject({
        code: 'invalid',
      });
    }
    // Of a link, Git keeps where it leads.
    const link = await project.call('diff.file', { ...pair, path: 'link' });
    expect(link.right).toBe(join(outside, 'secret'));
  });
});

describe('diff.directory', () => {
  it('lists what differs, from the cache and from the workspace', async () => {
    project.write({ '.gitignore': '/d\n/.dvc\n', 'd/a': '1', 'd/b': '2', 'd/sub/c': '3' });
    const tracked = await project.track('d');
    project.write({ 'dvc.yaml': yaml('d'), 'dvc.lock': lock('d', tracked) });
    await project.commit('One');
    project.write({ 'd/b': 'two', 'd/new': '4' });
    rmSync(join(project.root, 'd/a'));
    const pair = { left: 'HEAD', right: 'workspace', path: 'd' };
    const found = await project.call('diff.directory', pair);
    expect(found).toMatchObject({ added: 1, removed: 1, modified: 1, same: 1, note: null });
    expect(found.entries.map(({ path, change }) => [path, change])).toEqual([
      ['a', 'removed'],
      ['b', 'modified'],
      ['new', 'added'],
    ]);
    const limited = await project.call('diff.directory', { ...pair, limit: 1 });
    expect(limited).toMatchObject({ added: 1, removed: 1, modified: 1 });
    expect(limited.entries).toHaveLength(1);
    expect(limited.note).toContain('3 files differ');
  });

  it('says when the list of files is not here', async () => {
    const gone = { hash: `${'e'.repeat(32)}.dir`, size: 5, files: 2 };
    project.write({ '.gitignore': '/d\n', 'dvc.yaml': yaml('d'), 'dvc.lock': lock('d', gone) });
    await project.commit('One');
    project.write({ 'd/a': '1' });
    const found = await project.call('diff.directory', {
      left: 'HEAD',
      right: 'workspace',
      path: 'd',
    });
    expect(found).toMatchObject({ entries: [], note: expect.stringContaining('dvc fetch') });
  });
});

describe('diff.model', () => {
  const copy = (fixture: string, to: string) => {
    mkdirSync(dirname(join(project.root, to)), { recursive: true });
    copyFileSync(join(models, fixture), join(project.root, to));
  };

  it('opens models of runs from the cache, also inside directories', async () => {
    copy('names-left.safetensors', 'out/m.safetensors');
    const first = await project.track('out');
    copy('names-right.safetensors', 'out/m.safetensors');
    const second = await project.track('out');
    const [left, right] = [first, second].map((tracked) =>
      project.run({ files: [{ path: 'out', role: 'out', ...tracked }] }),
    );
    const items: Array<Item<'diff.model'>> = [];
    const source = (reference = '') =>
      ({ kind: 'tracked', reference, path: 'out/m.safetensors' }) as const;
    const input = { left: source(left), right: source(right) };
    const totals = await project.call('diff.model', input, items);
    expect(totals).toMatchObject({ identical: false, addedTensors: 1, removedTensors: 1 });
    expect(items[0]).toMatchObject({ left: { title: `${left} out/m.safetensors`, tensors: 7 } });
    expect(
      (await project.call('diff.model', { left: input.left, right: input.left })).identical,
    ).toBe(true);
  });

  it('opens models that Git keeps, and files by their path', async () => {
    copy('names-left.safetensors', 'm.safetensors');
    project.repository = null;
    await project.commit('Model');
    copy('names-right.safetensors', 'm.safetensors');
    const tracked = (reference: string) =>
      ({ kind: 'tracked', reference, path: 'm.safetensors' }) as const;
    const totals = await project.call('diff.model', {
      left: tracked('HEAD'),
      right: tracked('workspace'),
    });
    expect(totals).toMatchObject({ identical: false, addedTensors: 1 });
    const file = { kind: 'file', path: join(models, 'names-right.safetensors') } as const;
    expect(
      await project.call('diff.model', { left: file, right: tracked('workspace') }),
    ).toMatchObject({
      identical: true,
    });
    const relative = { kind: 'file', path: 'm.safetensors' } as const;
    expect((await project.call('diff.model', { left: file, right: relative })).identical).toBe(
      true,
    );
  });

  it('says where the content went', async () => {
    const files = [
      { path: 'm.npy', role: 'out', hash: 'f'.repeat(32), size: 1, files: null } as const,
    ];
    const reference = project.run({ files });
    const source = (path: string) => ({ kind: 'tracked', reference, path }) as const;
    const lost = project.call('diff.model', { left: source('m.npy'), right: source('m.npy') });
    await expect(lost).rejects.toMatchObject({ message: expect.stringContaining('dvc fetch') });
    const unknown = project.call('diff.model', { left: source('x.npy'), right: source('m.npy') });
    await expect(unknown).rejects.toMatchObject({ message: expect.stringContaining('no x.npy') });
  });
});

describe('groups and several sides', () => {
  const runs = (...scores: number[]) =>
    scores.map((accuracy, seed) =>
      project.run({ params: { lr: '0.1', seed: String(seed) }, metrics: { accuracy } }),
    );

  it('compares means of groups, and says whether they differ by chance', async () => {
    const left = runs(0.91, 0.92, 0.9, 0.93).join(',');
    const right = runs(0.94, 0.95, 0.93, 0.97, 0.94).join(', ');
    const summary = await project.call('diff.summary', { left, right });
    expect(summary.left).toMatchObject({ kind: 'group', runIds: { length: 4 } });
    expect(summary.params.find(({ key }) => key === 'seed')).toMatchObject({
      left: '0 | 1 | 2 | 3',
      change: 'modified',
    });
    expect(summary.params.find(({ key }) => key === 'lr')).toMatchObject({ change: 'same' });
    const [metric] = summary.metrics;
    expect(metric).toMatchObject({
      key: 'accuracy',
      better: true,
      spread: { left: { n: 4 }, right: { n: 5 } },
    });
    expect(metric?.left).toBeCloseTo(0.915, 12);
    expect(metric?.spread?.p).toBeCloseTo(0.013092475988425, 10);
  });

  it('says nothing of chance where a side is one run', async () => {
    const [single = ''] = runs(0.9);
    const group = runs(0.8, 0.85).join(',');
    const { metrics } = await project.call('diff.summary', { left: single, right: group });
    expect(metrics[0]?.spread).toMatchObject({
      left: { n: 1, std: null },
      right: { n: 2 },
      p: null,
    });
  });

  it('sets several sides beside each other', async () => {
    const labels = runs(0.5, 0.6, 0.5);
    const many = await project.call('diff.many', { sides: [...labels, labels.join(',')] });
    expect(many.sides).toHaveLength(4);
    expect(many.metrics[0]).toMatchObject({
      values: [0.5, 0.6, 0.5, expect.closeTo(0.5333, 3)],
      same: false,
    });
    expect(many.metrics[0]?.spread.map((one) => one?.n ?? null)).toEqual([null, null, null, 3]);
    expect(many.params.find(({ key }) => key === 'lr')).toMatchObject({ same: true });
  });

  it('sets the files of several sides against those of the first', async () => {
    project.write({ 'train.py': 'one\n', 'data.csv': 'a\n1\n', '.gitignore': 'data.csv\n' });
    const data = await project.track('data.csv');
    const first = await project.commit('first');
    project.write({ 'train.py': 'one\ntwo\n', 'new.py': 'new\n' });
    const second = await project.commit('second');
    const file = { path: 'data.csv', role: 'out' as const, ...data };
    const a = project.run({ snapshot: first, files: [file] });
    const b = project.run({ snapshot: second, files: [{ ...file, hash: '0'.repeat(32) }] });
    const { code, data: tracked } = await project.call('diff.manyFiles', { sides: [a, b, a] });
    expect(code.map(({ path, changes }) => [path, ...changes.map((one) => one?.change)])).toEqual([
      ['new.py', 'added', undefined],
      ['train.py', 'modified', undefined],
    ]);
    expect(tracked).toMatchObject([
      {
        path: 'data.csv',
        first: { hash: data.hash },
        changes: [{ change: 'modified' }, { change: 'same' }],
      },
    ]);
  });

  it('refuses a group of what is no run', async () => {
    await expect(project.call('diff.summary', { left: ',', right: ',' })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(
      project.call('diff.summary', { left: 'HEAD,main', right: 'workspace' }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});

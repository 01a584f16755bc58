import { existsSync, lstatSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { claimPaths } from '../../../src-main/cas/index.ts';
import { projectOf, statesOf } from './fixture.ts';

/** raw → clean (drops comments) → count, metrics; and side, on its own. */
const files = {
  'dvc.yaml': `
stages:
  clean:
    cmd: grep -v '^#' raw.txt > clean.txt
    deps: [raw.txt]
    outs: [clean.txt]
  count:
    cmd:
      - mkdir -p out/sub && cp clean.txt out/sub/copy.txt && echo \${scale} > out/scale.txt
      - echo "{\\"lines\\":" $(wc -l < clean.txt)"}" > metrics.json
    deps: [clean.txt]
    params: [scale]
    outs: [out]
    metrics:
      - metrics.json: {cache: false}
  side:
    wdir: sub
    cmd: echo "$DVC_STAGE $DVC_ROOT" > where.txt
    deps: [../side.txt]
    outs: [where.txt]
`,
  'params.yaml': 'scale: 1.0 # how much\n',
  'raw.txt': '# one\na\nb\n',
  'side.txt': 's',
  'sub/keep': '',
};

describe('reproducing', () => {
  it('runs what is new, then nothing, then only what changed', async () => {
    const project = projectOf(files);
    const first = await project.repro();
    expect(first).toMatchObject({ status: 'FINISHED', exitCode: 0, error: null });
    expect(statesOf(first)).toEqual({ clean: 'done', count: 'done', side: 'done' });
    expect(project.read('sub/where.txt')).toBe(`side ${project.root}\n`);
    expect(project.read('.gitignore')).toBe('/clean.txt\n/out\n');
    expect(project.read('sub/.gitignore')).toBe('/where.txt\n');
    expect(project.metrics).toEqual(new Map([['lines', 2]]));
    expect(project.params).toEqual(new Map([['params.yaml:scale', '1.0']]));
    const lock = project.read('dvc.lock');

    project.ran.length = 0;
    expect(statesOf(await project.repro())).toEqual({
      clean: 'cached',
      count: 'cached',
      side: 'cached',
    });
    expect(project.ran).toEqual([]);
    expect(project.read('dvc.lock')).toBe(lock);
    expect((await project.status()).stages.every((stage) => stage.state === 'fresh')).toBe(true);

    // A comment changes the input of `clean` and not what it makes.
    project.write('raw.txt', '# two\na\nb\n');
    const again = await project.repro();
    expect(statesOf(again)).toEqual({ clean: 'done', count: 'cached', side: 'cached' });
    expect(again.stages.find((stage) => stage.address === 'count')?.reason).toBe(
      'what it needs came out the same',
    );
    expect(project.read('dvc.lock').split('  count:')[1]).toBe(lock.split('  count:')[1]);
  });

  it('records what went in and came out', async () => {
    const project = projectOf(files);
    await project.repro();
    expect(project.files.get('count')).toEqual([
      expect.objectContaining({ type: 'INPUT', role: 'dep', path: 'clean.txt', size: 4 }),
      expect.objectContaining({ type: 'OUTPUT', role: 'out', path: 'out', files: 2 }),
      expect.objectContaining({ type: 'OUTPUT', role: 'metric', path: 'metrics.json' }),
    ]);
  });

  it('sets params first, in place', async () => {
    const project = projectOf(files);
    await project.repro();
    project.ran.length = 0;
    await project.repro({ setParams: ['scale=2.50'] });
    expect(project.read('params.yaml')).toBe('scale: 2.50 # how much\n');
    expect(project.read('out/scale.txt')).toBe('2.5\n');
    expect(project.ran.map((line) => line.split(':')[0])).toEqual(['count', 'count']);
    await expect(project.repro({ setParams: ['scael=1'] })).rejects.toThrow(/Did you mean “scale”/);
  });

  it('puts back from the cache what is gone or was changed, without running', async () => {
    const project = projectOf(files);
    await project.repro();
    project.ran.length = 0;
    rmSync(join(project.root, 'out'), { recursive: true });
    project.write('clean.txt', 'edited');
    const outcome = await project.repro();
    expect(statesOf(outcome)).toEqual({ clean: 'cached', count: 'cached', side: 'cached' });
    expect(project.ran).toEqual([]);
    expect(project.read('clean.txt')).toBe('a\nb\n');
    expect(project.read('out/sub/copy.txt')).toBe('a\nb\n');
  });

  it('finds a result of long ago in the run-cache, metrics included', async () => {
    const project = projectOf(files);
    await project.repro();
    const lock = project.read('dvc.lock');
    await project.repro({ setParams: ['scale=2'] });
    project.ran.length = 0;
    const back = await project.repro({ setParams: ['scale=1.0'] });
    expect(statesOf(back).count).toBe('cached');
    expect(project.ran).toEqual([]);
    expect(project.read('dvc.lock')).toBe(lock);
    expect(project.read('metrics.json')).toContain('2');
  });

  it('runs again by force, and only the targets that are asked for', async () => {
    const project = projectOf(files);
    await project.repro();
    project.ran.length = 0;
    await project.repro({ force: true, targets: ['clean'] });
    expect(project.ran).toEqual(["clean: grep -v '^#' raw.txt > clean.txt"]);
    project.write('raw.txt', 'c\n');
    expect(statesOf(await project.repro({ targets: ['count'], singleItem: true }))).toEqual({
      count: 'cached',
    });
    expect(statesOf(await project.repro({ targets: ['clean'], downstream: true }))).toEqual({
      clean: 'done',
      count: 'done',
    });
  });

  it('runs independent stages side by side', async () => {
    // Each waits for the other: one after the other they would wait for ever.
    const wait = (mine: string, other: string) =>
      `touch ${mine}; for i in $(seq 100); do [ -e ${other} ] && exit 0; sleep 0.1; done; exit 1`;
    const project = projectOf({
      'dvc.yaml': `stages:\n  a: {cmd: "${wait('one', 'two')}"}\n  b: {cmd: "${wait('two', 'one')}"}\n`,
    });
    expect(statesOf(await project.repro({ jobs: 2 }))).toEqual({ a: 'done', b: 'done' });
  });

  it('links as the configuration says, and cuts loose what persists', async () => {
    const project = projectOf({
      '.dvc/config': '[cache]\n    type = hardlink,symlink\n',
      'dvc.yaml':
        'stages:\n  a:\n    cmd: echo x >> log.txt; echo y > o.txt\n    deps: [in]\n    outs: [o.txt, log.txt: {persist: true}]\n',
      in: '1',
    });
    await project.repro();
    expect(statSync(join(project.root, 'o.txt')).nlink).toBe(2);
    expect(lstatSync(join(project.root, 'o.txt')).mode & 0o777).toBe(0o444);
    project.write('in', '2');
    expect((await project.repro()).status).toBe('FINISHED');
    expect(project.read('log.txt')).toBe('x\nx\n');
  });

  it('records data that was changed by hand', async () => {
    const project = projectOf({
      'data.csv': 'new',
      'data.csv.dvc':
        '# mine\nouts:\n- md5: 00000000000000000000000000000000\n  size: 1\n  hash: md5\n  path: data.csv\n',
      'dvc.yaml': 'stages:\n  a:\n    cmd: cp data.csv b\n    deps: [data.csv]\n    outs: [b]\n',
    });
    expect(statesOf(await project.repro())).toEqual({ 'data.csv.dvc': 'done', a: 'done' });
    expect(project.read('data.csv.dvc')).toBe(
      '# mine\nouts:\n- md5: 22af645d1859cb5ca6da0c484f1f37ea\n  size: 3\n  hash: md5\n  path: data.csv\n',
    );
    rmSync(join(project.root, 'data.csv'));
    expect(statesOf(await project.repro())).toEqual({ 'data.csv.dvc': 'cached', a: 'cached' });
    expect(project.read('data.csv')).toBe('new');
  });
});

describe('when things go wrong', () => {
  const two = (first: string) => ({
    'dvc.yaml': `
stages:
  a:
    cmd: ${first}
    deps: [in]
    outs: [x]
  b:
    cmd: cp x y
    deps: [x]
    outs: [y]
  c:
    cmd: echo c > z
    deps: [in]
    outs: [z]
`,
    in: '1',
  });

  it('stops at a failure, or keeps to what does not depend on it', async () => {
    const project = projectOf(two('exit 3'));
    const stopped = await project.repro();
    expect(stopped).toMatchObject({ status: 'FAILED', exitCode: 3 });
    expect(stopped.error).toMatch(/^a failed with exit code 3/);
    expect(statesOf(stopped)).toEqual({ a: 'failed', b: 'skipped', c: 'skipped' });
    const kept = await project.repro({ keepGoing: true });
    expect(kept.status).toBe('FAILED');
    expect(statesOf(kept)).toEqual({ a: 'failed', b: 'skipped', c: 'done' });
    expect(project.read('dvc.lock')).not.toContain('  a:');
  });

  it.each([
    [
      'does not make its output',
      'echo nothing',
      /^a did not make x, which dvc\.yaml lists as its output/,
    ],
    ['removes its own dep', 'mv in x', /^a removed its own dep in while it ran/],
  ])('says when a stage %s', async (_name, command, sentence) => {
    const outcome = await projectOf(two(command)).repro();
    expect(outcome.status).toBe('FAILED');
    expect(outcome.error).toMatch(sentence);
  });

  it('says which dep is missing, and where it is written', async () => {
    const project = projectOf({ ...two('echo 1 > x'), x: 'kept' });
    rmSync(join(project.root, 'in'));
    const { error } = await project.repro();
    expect(error).toMatch(/^dvc\.yaml:5:12: stage a needs “in”, which does not exist/);
    expect(project.read('x')).toBe('kept');
  });

  it('takes an edit while it runs for what it is: not what went in', async () => {
    const project = projectOf(two('echo 1 > x; echo edited > in'));
    await project.repro({ targets: ['a'] });
    const { stages } = await project.status();
    expect(stages[0]?.reasons).toMatchObject([{ kind: 'dep modified', subject: 'in' }]);
  });

  it('tells a section of params that is tracked as a whole value by value', async () => {
    const project = projectOf({
      'dvc.yaml': 'stages:\n  a:\n    cmd: echo 1 > x\n    params: [train, none]\n    outs: [x]\n',
      'params.yaml': 'train:\n  lr: 1.0e-3\n  net: {width: 4, betas: [0.9, 0.99]}\n',
    });
    const { stages } = await project.status();
    expect(stages[0]?.params).toEqual([
      { file: 'params.yaml', key: 'train.lr', value: '1.0e-3' },
      { file: 'params.yaml', key: 'train.net.width', value: '4' },
      { file: 'params.yaml', key: 'train.net.betas', value: '[0.9, 0.99]' },
      { file: 'params.yaml', key: 'none', value: null },
    ]);
  });

  it('takes what running leaves in a directory for part of it', async () => {
    const project = projectOf({
      'dvc.yaml':
        'stages:\n  a:\n    cmd: touch src/pycache; echo 1 > x\n    deps: [src]\n    outs: [x]\n',
      'src/a.py': '',
    });
    await project.repro();
    expect((await project.status()).stages[0]?.state).toBe('fresh');
  });

  it('stops the running stages and leaves the lock whole', async () => {
    const project = projectOf(two('sleep 60'));
    await project.repro({ targets: ['c'] });
    const lock = project.read('dvc.lock');
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 300);
    const started = Date.now();
    const outcome = await project.repro({}, stop.signal);
    expect(Date.now() - started).toBeLessThan(20_000);
    expect(outcome.status).toBe('KILLED');
    expect(statesOf(outcome)).toEqual({ a: 'killed', b: 'skipped', c: 'skipped' });
    expect(project.read('dvc.lock')).toBe(lock);
    expect(existsSync(join(project.root, 'x'))).toBe(false);
  });

  it('waits a moment for another program, then says which one it is', async () => {
    const project = projectOf(two('echo 1 > x'));
    const rwlock = join(project.root, '.dvc/tmp/rwlock');
    const release = await claimPaths(project.root, 'x', { read: [], write: [] });
    await release();
    const claims = {
      write: { [join(project.root, 'x')]: { pid: process.ppid, cmd: 'dvc repro' } },
    };
    project.write('.dvc/tmp/rwlock', JSON.stringify(claims));
    const { error } = await project.repro({ targets: ['a'] });
    expect(error).toMatch(/in use by “dvc repro” \(process \d+\)/);
    rmSync(rwlock);
    expect((await project.repro({ targets: ['a'] })).status).toBe('FINISHED');
  });

  it('throws what is wrong with the pipeline itself, before anything runs', async () => {
    const project = projectOf({ 'dvc.yaml': 'stages:\n  a:\n    cmd: x\n    dep: [y]\n' });
    await expect(project.repro()).rejects.toThrow(/^dvc\.yaml:4:5: /);
    expect((await project.status()).problem).toMatchObject({
      file: 'dvc.yaml',
      line: 4,
      column: 5,
    });
    await expect(projectOf(two('x')).repro({ targets: ['d'] })).rejects.toThrow(/no stage/);
  });
});

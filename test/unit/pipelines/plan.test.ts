import { describe, expect, it } from 'vitest';
import type { Hashed } from '../../../src-main/cas/index.ts';
import type { LockStage } from '../../../src-main/formats/dvc-lock.ts';
import {
  buildGraph,
  explain,
  type Observed,
  parseParams,
  planStages,
  type Stage,
  selectStages,
} from '../../../src-main/pipelines/index.ts';

const place = { file: 'dvc.yaml', line: 1, column: 1 };
const entry = (path: string) => ({ path, declared: path, reach: 'workspace' as const, place });

/** raw → prepare → data → train → model, metrics (not cached) */
function stage(name: string, part: Partial<Stage>): Stage {
  return {
    address: name,
    name,
    file: 'dvc.yaml',
    place,
    kind: 'stage',
    wdir: '.',
    cmd: `run ${name}`,
    commands: [`run ${name}`],
    deps: [],
    params: [],
    outs: [],
    frozen: false,
    alwaysChanged: false,
    desc: '',
    lock: null,
    ...part,
  };
}
const out = (path: string, cache = true) => ({
  ...entry(path),
  role: 'out' as const,
  cache,
  persist: false,
});
const prepare = stage('prepare', {
  deps: [entry('raw')],
  params: [{ file: 'params.yaml', declared: 'params.yaml', keys: ['seed'], place }],
  outs: [out('data')],
  lock: lock('prepare', { raw: 'r1' }, { data: 'd1.dir' }, { seed: 1 }),
});
const train = stage('train', {
  deps: [entry('data')],
  outs: [out('model'), out('metrics', false)],
  lock: lock('train', { data: 'd1.dir' }, { model: 'm1', metrics: 'x1' }),
});

function lock(
  name: string,
  deps: Record<string, string>,
  outs: Record<string, string>,
  params?: Record<string, unknown>,
): LockStage {
  const entries = (hashes: Record<string, string>) =>
    Object.entries(hashes).map(([path, md5]) => ({ path, hash: 'md5', md5, size: 1 }));
  return {
    cmd: `run ${name}`,
    deps: entries(deps),
    outs: entries(outs),
    ...(params === undefined ? {} : { params: { 'params.yaml': params } }),
  };
}

const fresh = { raw: 'r1', data: 'd1.dir', model: 'm1', metrics: 'x1' };

function observed(
  contents: Record<string, string | null> = {},
  options: { params?: string | null; cached?: string[] } = {},
): Observed {
  const now: Record<string, string | null> = { ...fresh, ...contents };
  const content = (path: string): Hashed | null => {
    const hash = now[path] ?? null;
    return hash === null ? null : { hash, size: 1, files: null, executable: false };
  };
  const { params = 'seed: 1\n', cached = ['d1.dir', 'm1', 'x1'] } = options;
  return {
    content,
    matches: (path, recorded) => content(path)?.hash === recorded.md5,
    params: () => (params === null ? null : parseParams(params, 'params.yaml')),
    cached: (hash) => cached.includes(hash),
  };
}

function plan(now: Observed, stages: Stage[] = [prepare, train], flags = {}) {
  const graph = buildGraph(stages);
  return Object.fromEntries(
    planStages(graph.order, graph, now, flags).map((one) => [
      one.stage.address,
      [one.action, ...one.reasons.map((reason) => `${reason.kind}: ${reason.subject}`)],
    ]),
  );
}

describe('planning', () => {
  it('does nothing when all is as recorded', () => {
    expect(plan(observed())).toEqual({ prepare: ['none'], train: ['none'] });
  });

  it('waits for what a changed stage makes before it judges the next', () => {
    expect(plan(observed({ raw: 'r2' }))).toEqual({
      prepare: ['run', 'dep modified: raw'],
      train: ['await upstream', 'upstream: prepare'],
    });
  });

  it.each([
    ['a dep that is gone', observed({ raw: null }), 'dep missing: raw'],
    ['a param that changed', observed({}, { params: 'seed: 2\n' }), 'param modified: seed'],
    ['a param that is gone', observed({}, { params: 'other: 2\n' }), 'param missing: seed'],
    ['a params file that is gone', observed({}, { params: null }), 'param missing: params.yaml'],
  ])('runs for %s', (_name, now, reason) => {
    expect(plan(now).prepare).toEqual(['run', reason]);
  });

  it('takes 1, 1.0 and 1e0 for the same, as Python does', () => {
    expect(plan(observed({}, { params: 'seed: 1.0\n' })).prepare).toEqual(['none']);
    expect(plan(observed({}, { params: 'seed: 1e0\n' })).prepare).toEqual(['none']);
    expect(plan(observed({}, { params: 'seed: "1"\n' })).prepare).toEqual([
      'run',
      'param modified: seed',
    ]);
  });

  it('restores outputs from the cache, and those below find what they had', () => {
    expect(plan(observed({ data: null, model: 'edited' }))).toEqual({
      prepare: ['restore', 'out missing: data'],
      train: ['restore', 'dep missing: data', 'out modified: model'],
    });
    expect(plan(observed({ data: null }))).toEqual({
      prepare: ['restore', 'out missing: data'],
      train: ['none', 'dep missing: data'],
    });
  });

  it('runs when the cache cannot help', () => {
    const now = observed({ data: null }, { cached: ['m1', 'x1'] });
    expect(plan(now)).toEqual({
      prepare: ['run', 'not in cache: data'],
      train: ['run', 'dep missing: data', 'upstream: prepare'],
    });
    expect(plan(observed({ metrics: 'edited' }, { cached: ['d1.dir', 'm1'] })).train).toEqual([
      'run',
      'out modified: metrics',
    ]);
  });

  it('compares commands, a list never being the same as a text', () => {
    const other = { ...train, cmd: ['run train'] };
    expect(plan(observed(), [prepare, other]).train).toEqual(['run', 'command changed: train']);
  });

  it('names what was never run, and entries that are new', () => {
    expect(plan(observed(), [prepare, { ...train, lock: null }]).train).toEqual([
      'run',
      'never run: train',
    ]);
    const more = { ...train, deps: [...train.deps, entry('raw')], outs: [...train.outs, out('z')] };
    expect(plan(observed({ z: 'z1' }), [prepare, more]).train).toEqual([
      'run',
      'dep new: raw',
      'out new: z',
    ]);
  });

  it('cuts a frozen stage off from what it needs', () => {
    const frozen = { ...train, frozen: true };
    expect(plan(observed({ raw: 'r2', data: 'd2.dir' }), [prepare, frozen]).train).toEqual([
      'none',
    ]);
    expect(plan(observed({ model: 'mine' }), [prepare, frozen]).train).toEqual([
      'record',
      'out modified: model',
    ]);
  });

  it('always runs what says so, and what has neither deps nor outputs', () => {
    const always = { ...train, alwaysChanged: true };
    expect(plan(observed(), [prepare, always]).train).toEqual(['run', 'always changed: train']);
    const callback = stage('callback', { lock: { cmd: 'run callback' } });
    expect(plan(observed(), [callback]).callback).toEqual(['run', 'always changed: callback']);
  });

  it('takes data that was changed by hand as the newest, and puts back what is gone', () => {
    const data = stage('raw.dvc', {
      kind: 'data',
      cmd: null,
      commands: [],
      outs: [out('raw')],
      lock: { outs: [{ path: 'raw', hash: 'md5', md5: 'r1', size: 1 }] },
    });
    const cached = ['r1', 'd1.dir', 'm1'];
    expect(plan(observed({ raw: 'r2' }, { cached }), [data, prepare])).toMatchObject({
      'raw.dvc': ['record', 'out modified: raw'],
      prepare: ['run', 'dep modified: raw'],
    });
    expect(plan(observed({ raw: null }, { cached }), [data, prepare])).toMatchObject({
      'raw.dvc': ['restore', 'out missing: raw'],
      prepare: ['none', 'dep missing: raw'],
    });
  });

  it('runs everything when it is told to', () => {
    expect(plan(observed(), [prepare, train], { force: true })).toEqual({
      prepare: ['run'],
      train: ['run', 'upstream: prepare'],
    });
  });

  it('says why in a sentence', () => {
    const graph = buildGraph([prepare]);
    const now = observed({ raw: 'r2', data: null }, { params: 'seed: 1e-3\n' });
    const [only] = planStages(graph.order, graph, now);
    expect(explain(only ?? { reasons: [] })).toBe(
      'raw changed; seed changed from 1 to 1e-3; and 1 more',
    );
  });
});

describe('selecting', () => {
  const other = stage('other@a', { outs: [out('o')] });
  const data = stage('loose.dvc', { kind: 'data', outs: [out('loose')] });
  const graph = buildGraph([data, other, train, prepare]);
  const names = (targets: string[], how = {}) =>
    selectStages(graph, targets, how).map((one) => one.address);

  it('takes every stage, and only the data that stages need', () => {
    expect(names([])).toEqual(['other@a', 'prepare', 'train']);
  });

  it('takes what a target needs, what needs it, or it alone', () => {
    expect(names(['train'])).toEqual(['prepare', 'train']);
    expect(names(['prepare'], { downstream: true })).toEqual(['prepare', 'train']);
    expect(names(['train'], { singleItem: true })).toEqual(['train']);
  });

  it('knows groups, files, outputs and addresses', () => {
    expect(names(['other'])).toEqual(['other@a']);
    expect(names(['loose.dvc'])).toEqual(['loose.dvc']);
    expect(names(['./model'])).toEqual(['prepare', 'train']);
    expect(names(['dvc.yaml:prepare'])).toEqual(['prepare']);
  });

  it('offers what may have been meant', () => {
    expect(() => names(['trian'])).toThrow(
      /no stage, pipeline file or output “trian” here\. Did you mean “train”/,
    );
  });
});

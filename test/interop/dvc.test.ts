/**
 * The real DVC and Cairn on one project, in turns. What one has reproduced, the other finds nothing
 * to do for; what one has kept, the other finds.
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { DiffSummary } from '../../src-main/contract/diff.ts';
import type { Output } from '../../src-main/contract/index.ts';
import type { RunDetail } from '../../src-main/contract/runs.ts';
import { digitsProject, dvcRepro, dvcStatus, type Project } from './project.ts';

type Status = Output<'pipeline.status'>;
type Timeline = Output<'timeline.list'>;

const all = ['prepare', 'featurize', 'train', 'evaluate'];
const statesOf = (run: RunDetail) =>
  Object.fromEntries(run.executions.map((execution) => [execution.stage, execution.state]));
const staleOf = (status: Status) =>
  status.stages.filter((stage) => stage.reasons.length > 0).map((stage) => stage.address);

describe('Cairn reproduces, DVC agrees', () => {
  let project: Project;
  let first: RunDetail;
  // One project for the whole, since every step builds on the one before.
  beforeAll(() => {
    project = digitsProject(afterAll);
  });

  it('runs the whole pipeline, and DVC finds nothing to do', () => {
    expect(staleOf(project.cairn<Status>('status'))).toEqual(all);
    first = project.cairn<RunDetail>('repro', '-j', '2');
    expect(first.status).toBe('FINISHED');
    expect(statesOf(first)).toEqual(Object.fromEntries(all.map((stage) => [stage, 'done'])));
    expect(first.files.find((file) => file.path === 'data/images')).toMatchObject({ files: 400 });
    expect(first.metrics.map((metric) => metric.key)).toEqual(
      expect.arrayContaining(['accuracy', 'f1.macro', 'images']),
    );
    expect(dvcStatus(project)).toEqual({});
    const lock = project.read('dvc.lock');
    expect(dvcRepro(project)).toEqual([]);
    expect(project.read('dvc.lock')).toBe(lock);
    // DVC writes the same bytes when it writes anew.
    expect(dvcRepro(project, '--force')).toEqual(all);
    expect(project.read('dvc.lock')).toBe(lock);
    project.commit('First');
  });

  it('changes a param: only what needs it runs, and the metrics agree', () => {
    const before = project.read('dvc.lock');
    const second = project.cairn<RunDetail>('repro', '-P', 'train.alpha=0.01');
    expect(project.read('params.yaml')).toContain('  alpha: 0.01   # regularisation\n');
    expect(statesOf(second)).toEqual({
      prepare: 'cached',
      featurize: 'cached',
      train: 'done',
      evaluate: 'done',
    });
    expect(dvcStatus(project)).toEqual({});
    expect(dvcRepro(project)).toEqual([]);
    const beforeTrain = (text: string) => text.slice(0, text.indexOf('  train:'));
    expect(beforeTrain(project.read('dvc.lock'))).toBe(beforeTrain(before));

    const theirs = JSON.parse(project.run('dvc', 'metrics', 'diff', '--all', '--json')) as {
      'metrics.json': Record<string, { old: number; new: number; diff: number }>;
    };
    const ours = project.cairn<DiffSummary>('diff', first.id, second.id);
    const inMetricsFile = ours.metrics.filter((metric) => metric.key in theirs['metrics.json']);
    expect(Object.keys(theirs['metrics.json']).sort()).toEqual(['accuracy', 'f1.macro', 'images']);
    expect(
      Object.fromEntries(
        inMetricsFile.map(({ key, left, right, delta }) => [
          key,
          { old: left, new: right, diff: delta },
        ]),
      ),
    ).toEqual(theirs['metrics.json']);
    expect(ours.params.filter((param) => param.change !== 'same')).toEqual([
      expect.objectContaining({ key: 'train.alpha', left: '1e-4', right: '0.01' }),
    ]);
  });

  it('leaves results that DVC finds in its run-cache', () => {
    // Back to the first value, by hand: DVC has the result, since Cairn kept it.
    project.write(
      'params.yaml',
      project.read('params.yaml').replace('alpha: 0.01 ', 'alpha: 1e-4 '),
    );
    const said = project.run('dvc', 'repro');
    expect(said).toContain("Stage 'train' is cached - skipping run");
    expect(said).not.toContain('Running stage');
    expect(staleOf(project.cairn<Status>('status'))).toEqual([]);
  });

  it('keeps contents that DVC can check out', () => {
    for (const path of ['data/images', 'features', 'model.safetensors']) {
      rmSync(join(project.root, path), { recursive: true });
    }
    project.run('dvc', 'checkout');
    expect(dvcStatus(project)).toEqual({});
    expect(staleOf(project.cairn<Status>('status'))).toEqual([]);
  });
});

describe('DVC reproduces, Cairn agrees', () => {
  let project: Project;
  beforeAll(() => {
    project = digitsProject(afterAll);
  });

  it('is clean after dvc repro, and does nothing', () => {
    expect(dvcRepro(project)).toEqual(all);
    project.commit('By DVC');
    expect(project.cairn<Status>('status')).toMatchObject({ clean: true, problem: null });
    const lock = project.read('dvc.lock');
    const run = project.cairn<RunDetail>('repro');
    expect(statesOf(run)).toEqual(Object.fromEntries(all.map((stage) => [stage, 'cached'])));
    expect(project.read('dvc.lock')).toBe(lock);
  });

  it('sees why DVC would run, in the same words', () => {
    project.write('params.yaml', project.read('params.yaml').replace('epochs: 12', 'epochs: 20'));
    expect(dvcStatus(project)).toEqual({
      train: [{ 'changed deps': { 'params.yaml': { 'train.epochs': 'modified' } } }],
    });
    const { stages } = project.cairn<Status>('status');
    expect(stages.find((stage) => stage.address === 'train')).toMatchObject({
      state: 'stale',
      reasons: [
        {
          kind: 'param modified',
          subject: 'train.epochs',
          detail: 'train.epochs changed from 12 to 20',
        },
      ],
    });
    expect(stages.find((stage) => stage.address === 'evaluate')?.state).toBe('upstream stale');
  });

  it('is clean after dvc repro with that param, and its timeline shows the change', () => {
    expect(dvcRepro(project)).toEqual(['train', 'evaluate']);
    project.commit('More epochs');
    expect(project.cairn<Status>('status')).toMatchObject({ clean: true });
    const { cells } = project.cairn<Timeline>('timeline');
    const commit = cells.find((cell) => cell.kind === 'commit' && cell.subject === 'More epochs');
    expect(commit).toMatchObject({
      params: [{ key: 'train.epochs', before: '12', after: '20' }],
    });
    const data = cells.find(
      (cell) => cell.kind === 'data' && commit?.kind === 'commit' && cell.oid === commit.oid,
    );
    expect(data).toMatchObject({
      changes: expect.arrayContaining([expect.objectContaining({ path: 'model.safetensors' })]),
    });
  });

  it('finds in the run-cache what DVC made', () => {
    const run = project.cairn<RunDetail>('repro', '-P', 'train.epochs=12');
    expect(statesOf(run)).toMatchObject({ train: 'cached', evaluate: 'cached' });
    expect(dvcStatus(project)).toEqual({});
  });
});

/** The paths that running stages have taken. */
function claims(project: Project): string {
  return existsSync(join(project.root, '.dvc/tmp/rwlock')) ? project.read('.dvc/tmp/rwlock') : '';
}

describe('both at once', () => {
  it('respects what DVC is running, and is respected', async () => {
    const project = digitsProject(onTestFinished);
    project.write(
      'dvc.yaml',
      'stages:\n  slow:\n    cmd: sleep 60 && echo x > out.txt\n    deps: [params.yaml]\n    outs: [out.txt]\n',
    );
    const running = project.cairn<{ id: string }>('repro', '--detach');
    // DVC takes the paths of a running stage for taken from here on.
    await vi.waitUntil(() => claims(project).includes('out.txt'), 30_000);
    expect(() => project.run('dvc', 'repro')).toThrow(/is busy, it is being blocked by/);
    project.cairn('stop', running.id);
  });
});

import { expect, it } from 'vitest';
import { Store } from '../../../src-main/store/index.ts';
import { logPath, readCurves } from '../../../src-main/tracking/index.ts';
import { commandRun, openServices } from './support.ts';

it('follows a run from scheduled to finished', () => {
  const { tracking, lineage } = openServices();
  const { id, label } = tracking.createRun(commandRun({ note: 'try' }));
  expect(label).toBe('01.1');
  expect(tracking.get(id)).toMatchObject({ status: 'SCHEDULED', name: 'train', note: 'try' });
  tracking.runnerStarted(id, { pid: 42, started: 'boot:1' });
  expect(tracking.live()).toMatchObject([{ id, runnerPid: 42, runnerStarted: 'boot:1' }]);
  const execution = lineage.startExecution({
    runId: id,
    stage: '',
    position: 0,
    state: 'running',
    command: 'python train.py',
    reason: 'asked for',
  });
  lineage.recordEvent(execution, {
    type: 'OUTPUT',
    role: 'out',
    path: 'm.npy',
    hash: 'ab',
    size: 3,
    files: null,
  });
  lineage.recordEvent(execution, {
    type: 'OUTPUT',
    role: 'out',
    path: 'm.npy',
    hash: 'cd',
    size: 4,
    files: null,
  });
  lineage.updateExecution(execution, { state: 'done', exitCode: 0, endedAt: Date.now() });
  tracking.setParams(id, [{ file: 'params.yaml', key: 'lr', value: '1e-05' }]);
  tracking.finishRun(id, { status: 'FINISHED', exitCode: 0, error: null, peakMemoryBytes: 10 });
  const run = tracking.get(id, (path) => path === 'm.npy');
  expect(run).toMatchObject({ status: 'FINISHED', params: { lr: '1e-05' }, peakMemoryBytes: 10 });
  expect(run.files).toEqual([
    { path: 'm.npy', hash: 'cd', size: 4, files: null, role: 'out', stage: '', available: true },
  ]);
  expect(tracking.live()).toEqual([]);
  expect(lineage.runsOf('cd')).toEqual([{ runId: id, type: 'OUTPUT' }]);
});

it('resolves labels, ids and prefixes, and says what is wrong with others', () => {
  const { tracking } = openServices();
  const { id } = tracking.createRun(commandRun());
  for (const text of ['01.1', '#01.1', '1.1', id, id.slice(0, 6)])
    expect(tracking.resolve(text)).toBe(id);
  for (const text of ['01.2', 'zzzz', '', "'; DROP TABLE runs"]) {
    expect(() => tracking.resolve(text)).toThrow('There is no run');
  }
});

it('keeps every point across chunks, and the summary beside them', () => {
  const { tracking, store } = openServices();
  const { id } = tracking.createRun(commandRun());
  const value = (step: number) =>
    step === 1777 ? 1e308 : step === 1778 ? Number.NaN : Math.sin(step / 50);
  for (let from = 0; from < 5000; from += 700) {
    const points = Array.from({ length: Math.min(700, 5000 - from) }, (_, i) => ({
      key: 'loss',
      step: from + i,
      time: 1000 + from + i,
      value: value(from + i),
    }));
    tracking.appendMetrics(id, points);
  }
  const all = readCurves(store, [id], null, 1_000_000).series[0]!;
  expect(all.values.length).toBe(5000);
  expect(Array.from(all.values)).toEqual(Array.from({ length: 5000 }, (_, i) => value(i)));
  const few = readCurves(store, [id], ['loss'], 200).series[0]!;
  expect(few.values.length).toBeLessThanOrEqual(201);
  expect(Math.max(...Array.from(few.values).filter((v) => !Number.isNaN(v)))).toBe(1e308);
  expect(few.total).toBe(5000);
  expect(few.steps[0]).toBe(0);
  expect(few.steps.at(-1)).toBe(4999);
  const summary = tracking.get(id).metrics[0]!;
  expect(summary).toMatchObject({ key: 'loss', count: 5000, lastStep: 4999, max: 1e308 });
  expect(summary.last).toBe(value(4999));
});

it('takes NaN and infinities as values, and the last step rather than the last line as last', () => {
  const { tracking } = openServices();
  const { id } = tracking.createRun(commandRun());
  const point = (step: number, value: number) => ({ key: 'x', step, time: 0, value });
  tracking.appendMetrics(id, [
    point(2, Number.POSITIVE_INFINITY),
    point(1, -5),
    point(0, Number.NaN),
  ]);
  expect(tracking.get(id).metrics[0]).toMatchObject({
    last: Number.POSITIVE_INFINITY,
    lastStep: 2,
    min: -5,
    max: Number.POSITIVE_INFINITY,
  });
});

it('gives two processes different numbers', () => {
  const { tracking, store, experiments, folder } = openServices();
  const other = Store.open(store.path);
  const first = tracking.createRun(commandRun());
  const second = openServices(folder).tracking.createRun(commandRun());
  other.close();
  expect([first.label, second.label]).toEqual(['01.1', '01.2']);
  expect(experiments.list()).toHaveLength(1);
});

it('puts logs of oddly named stages inside the run folder, one file each', () => {
  const paths = ['', 'train', 'Train', 'a/../../b', 'x@1,2', '实验'].map((stage) =>
    logPath('/s', 'f'.repeat(32), stage),
  );
  expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(paths.length);
  for (const path of paths) expect(path).toMatch(/^\/s\/runs\/f{32}\/[a-z0-9_%-]+\.log$/);
});

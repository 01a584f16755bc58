import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../../../src-main/base/logger.ts';
import { insertImportedRun } from '../../../src-main/store/imported-runs.ts';
import { insertAlias, insertRunSource, upsertSource } from '../../../src-main/store/sources.ts';
import { insertBundle } from '../../../src-main/store/timeline.ts';
import {
  mergeDuplicates,
  mergeEdits,
  moveToTrash,
  purgeTrash,
  restoreFromTrash,
  trashEdits,
} from '../../../src-main/tidy/index.ts';
import { layoutEdits, UndoLog } from '../../../src-main/tracking/index.ts';
import { commandRun, openServices } from '../tracking/support.ts';

function openMerge() {
  const services = openServices();
  const { store, experiments, tracking, folder } = services;
  const context = { store, storeDir: folder };
  const undo = new UndoLog(store, () => ({
    layout: layoutEdits(store),
    trash: trashEdits(store),
    merge: mergeEdits(context),
  }));
  const experiment = experiments.create('imported');
  let number = 0;
  /** A run that another tool logged. */
  const imported = (tool: string, change: { note?: string; command?: string } = {}) => {
    number++;
    const id = String(number).repeat(32).slice(0, 32);
    insertImportedRun(store, {
      id,
      experiment_id: experiment.id,
      number,
      name: tool,
      status: 'FINISHED',
      command: '',
      created_at: number,
      started_at: null,
      ended_at: null,
      note: '',
      deleted_at: null,
      snapshot: null,
      dirty_files: '[]',
      base_commit: null,
      user_name: '',
      notebook: null,
      artifact_root: null,
      ...change,
    });
    const source = upsertSource(store, tool, `runs/${tool}`);
    insertRunSource(store, { source_id: source.id, native_id: id, run_id: id, secondary: 0 });
    return id;
  };
  const points = (id: string, key: string, values: number[]) =>
    tracking.appendMetrics(
      id,
      values.map((value, step) => ({ key, step, time: step, value })),
    );
  const purge = () =>
    purgeTrash({ ...context, code: () => null, logger: createLogger('error', () => {}) }, null);
  const dump = () =>
    Object.fromEntries(
      dumped.map((table) => [table, store.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all()]),
    );
  return { ...services, context, undo, imported, points, purge, dump };
}

const dumped = [
  'runs',
  'params',
  'tags',
  'metric_series',
  'metric_tail',
  'metric_chunks',
  'metric_points',
  'run_sources',
  'run_aliases',
  'source_series',
  'executions',
  'events',
];

/** The same run as two tools saw it. */
function seenTwice() {
  const services = openMerge();
  const { tracking, imported, points, store, folder } = services;
  const a = imported('mlruns', { note: 'the better one' });
  const b = imported('dvclive', { note: 'lost', command: 'python train.py' });
  tracking.setParams(a, [{ file: '', key: 'lr', value: '0.1' }]);
  tracking.setParams(b, [
    { file: '', key: 'lr', value: '0.10' },
    { file: '', key: 'depth', value: '3' },
  ]);
  tracking.setTag(a, 'by', 'ann');
  tracking.setTag(b, 'by', 'bob');
  tracking.setTag(b, 'gpu', 'a100');
  points(a, 'loss', [3, 2, 1]);
  points(b, 'loss', [30, 20]);
  points(b, 'accuracy', [0.5, 0.75]);
  insertAlias(store, 'dvclive-alias', b);
  const child = imported('nested');
  store.prepare('UPDATE runs SET parent_id = ?, starred = 1 WHERE id = ?').run(b, child);
  store.prepare('UPDATE runs SET starred = 1 WHERE id = ?').run(b);
  for (const [id, name] of [
    [a, 'both.txt'],
    [b, 'both.txt'],
    [b, 'deep/only-b.txt'],
  ] as const) {
    const path = join(folder, 'artifacts', id, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, id);
  }
  return { ...services, a, b, child };
}

describe('merging duplicates', () => {
  it('gives a run what it lacks of the other, which goes to the trash', () => {
    const { context, tracking, store, a, b, child, folder } = seenTwice();
    expect(mergeDuplicates(context, { into: a, ids: [b] })).toEqual([b]);
    const run = tracking.get(a);
    expect(run.params).toMatchObject({ lr: '0.1', depth: '3' });
    expect(run.tags).toEqual({ by: 'ann', gpu: 'a100' });
    expect(run.metrics.map(({ key, count, last }) => [key, count, last])).toEqual([
      ['accuracy', 2, 0.75],
      ['loss', 3, 1],
    ]);
    expect(run).toMatchObject({
      note: 'the better one',
      command: 'python train.py',
      starred: true,
    });
    expect(tracking.get(child).parentId).toBe(a);
    expect(tracking.list().map((row) => row.id)).not.toContain(b);
    const sources = store
      .prepare('SELECT native_id, run_id, secondary FROM run_sources ORDER BY source_id')
      .all();
    expect(sources.slice(0, 2)).toEqual([
      { native_id: a, run_id: a, secondary: 0 },
      { native_id: b, run_id: a, secondary: 1 },
    ]);
    const artifacts = join(folder, 'artifacts', a);
    expect(readdirSync(artifacts).sort()).toEqual(['both.txt', 'deep']);
    expect(readFileSync(join(artifacts, 'both.txt'), 'utf8')).toBe(a);
    expect(readFileSync(join(artifacts, 'deep', 'only-b.txt'), 'utf8')).toBe(b);
  });

  it('is taken back row by row, and done again', async () => {
    const { context, undo, dump, a, b, folder } = seenTwice();
    const before = dump();
    mergeDuplicates(context, { into: a, ids: [b] });
    const { runs: _, ...after } = dump();
    expect(await undo.undo()).toEqual({ undo: null, redo: 'Merge runs' });
    expect(dump()).toEqual(before);
    expect(existsSync(join(folder, 'artifacts', a, 'deep'))).toBe(false);
    await undo.redo();
    expect(dump()).toMatchObject(after);
    await undo.undo();
    expect(dump()).toEqual(before);
  });

  it('keeps all of it when the other is purged, and can then not be taken back', async () => {
    const { context, undo, tracking, purge, a, b, folder } = seenTwice();
    mergeDuplicates(context, { into: a, ids: [b] });
    const before = tracking.get(a);
    expect((await purge()).purged).toBe(1);
    expect(tracking.get(a)).toEqual(before);
    expect(existsSync(join(folder, 'artifacts', b))).toBe(false);
    expect(readFileSync(join(folder, 'artifacts', a, 'deep', 'only-b.txt'), 'utf8')).toBe(b);
    await expect(undo.undo()).rejects.toThrow('nothing to undo');
  });

  it('merges several, and the last one into a run that has some of it by then', async () => {
    const { context, undo, dump, tracking, imported, a, b } = seenTwice();
    const c = imported('wandb');
    tracking.setParams(c, [{ file: '', key: 'depth', value: 'from c' }]);
    const before = dump();
    mergeDuplicates(context, { into: a, ids: [b, c, b, a] });
    expect(tracking.get(a).params).toMatchObject({ depth: '3' });
    await undo.undo();
    expect(dump()).toEqual(before);
  });

  it('refuses what is no duplicate, with nothing changed', () => {
    const { context, tracking, store, dump, imported, a, b, child } = seenTwice();
    const started = tracking.createRun(commandRun({ experiment: 'started' })).id;
    tracking.finishRun(started, { status: 'FINISHED', exitCode: 0, error: null });
    const running = imported('tensorboard');
    store.prepare("UPDATE runs SET status = 'RUNNING' WHERE id = ?").run(running);
    const bundled = imported('sacred');
    insertBundle(store, {
      id: 'bundle',
      at: 0,
      direction: 'exported',
      path: 'b.zip',
      run_id: bundled,
      label: '01.1',
      verdict: '{}',
    });
    const before = dump();
    const merging =
      (into: string, ...ids: string[]) =>
      () =>
        mergeDuplicates(context, { into, ids });
    expect(merging(a, started)).toThrow('was started here');
    expect(merging(a, b, running)).toThrow('still running');
    expect(merging(a, bundled)).toThrow('bundle');
    expect(merging(b, child)).toThrow('nested');
    expect(merging(a, a)).toThrow('at least two');
    expect(merging(a, 'f'.repeat(32))).toThrow('no run');
    expect(dump()).toEqual(before);
    expect(merging(started, b)()).toEqual([b]);
  });
});

describe('undoing moves to the trash', () => {
  it('brings back what was moved, and moves back what was brought', async () => {
    const { context, tracking, undo, imported } = openMerge();
    const [a, b] = [imported('mlruns'), imported('dvclive')];
    const listed = () => tracking.list().map((row) => row.id);
    moveToTrash(context, [a], { sparing: false });
    moveToTrash(context, [a, b], { sparing: false });
    await undo.undo();
    expect(listed()).toEqual([b]);
    await undo.redo();
    expect(listed()).toEqual([]);
    restoreFromTrash(context, [a, b]);
    expect(listed()).toHaveLength(2);
    await undo.undo();
    expect(listed()).toEqual([]);
  });

  it('forgets edits once every run of theirs is gone for good', async () => {
    const { context, undo, imported, purge, store, tracking } = openMerge();
    const [a, b] = [imported('mlruns'), imported('dvclive')];
    moveToTrash(context, [a, b], { sparing: false });
    store.prepare('UPDATE runs SET deleted_at = NULL WHERE id = ?').run(b);
    await purge();
    expect(undo.state().undo).toBe('Move runs to the trash');
    await undo.undo();
    moveToTrash(context, [b], { sparing: false });
    await purge();
    expect(undo.state()).toEqual({ undo: null, redo: null });
    expect(tracking.list()).toEqual([]);
  });
});

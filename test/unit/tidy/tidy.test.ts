import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../../../src-main/base/logger.ts';
import type { CodeStore } from '../../../src-main/git/index.ts';
import { insertBundle } from '../../../src-main/store/timeline.ts';
import {
  moveToTrash,
  previewSweep,
  purgeTrash,
  RunSizes,
  restoreFromTrash,
  sweep,
  sweepAutomatically,
  type TrashContext,
  trashEdits,
} from '../../../src-main/tidy/index.ts';
import {
  findRule,
  matchingRuns,
  readRules,
  removeRule,
  saveRule,
} from '../../../src-main/tidy/rules.ts';
import { type NewRun, UndoLog } from '../../../src-main/tracking/index.ts';
import { commandRun, openServices } from '../tracking/support.ts';

const day = 24 * 3600 * 1000;
const sparing = { sparing: true } as const;

function openTidy() {
  const services = openServices();
  const { store, tracking, folder } = services;
  const forgotten: string[] = [];
  const code = { forget: async (ref: string) => void forgotten.push(ref) } as Pick<
    CodeStore,
    'forget'
  >;
  const context: TrashContext = {
    store,
    storeDir: folder,
    code: () => code as CodeStore,
    logger: createLogger('error', () => {}),
  };
  /** A run that ended as it is said. */
  const run = (
    status: 'FINISHED' | 'FAILED' | 'KILLED' | 'RUNNING' = 'FINISHED',
    change: Partial<NewRun> & { daysOld?: number; params?: Record<string, string> } = {},
  ) => {
    const { daysOld = 0, params = {}, ...spec } = change;
    const { id } = tracking.createRun(commandRun(spec));
    const list = Object.entries(params).map(([key, value]) => ({ file: '', key, value }));
    tracking.setParams(id, list);
    if (status === 'RUNNING') tracking.runnerStarted(id, { pid: process.pid, started: '' });
    else tracking.finishRun(id, { status, exitCode: 0, error: null });
    store
      .prepare('UPDATE runs SET created_at = created_at - ? WHERE id = ?')
      .run(daysOld * day, id);
    return id;
  };
  return { ...services, context, run, forgotten };
}

const listed = (services: ReturnType<typeof openTidy>) =>
  services.tracking
    .list()
    .map((row) => row.id)
    .sort();

describe('the trash', () => {
  it('takes runs with those nested below them, and gives them back', () => {
    const services = openTidy();
    const { context, run } = services;
    const parent = run();
    const child = run('FINISHED', { parentId: parent });
    const other = run();
    expect(moveToTrash(context, [parent], sparing).moved.sort()).toEqual([parent, child].sort());
    expect(listed(services)).toEqual([other]);
    expect(moveToTrash(context, [parent], sparing).moved).toEqual([]);
    restoreFromTrash(context, [parent, child]);
    expect(listed(services)).toEqual([parent, child, other].sort());
  });

  it('spares what is starred, registered or bundled when it sweeps, and a running run always', () => {
    const { context, run, tracking, store } = openTidy();
    const [plain, starred, bundled, registered, running] = [
      run(),
      run(),
      run(),
      run(),
      run('RUNNING'),
    ];
    tracking.update(starred, { starred: true });
    insertBundle(store, {
      id: 'b',
      at: 0,
      direction: 'exported',
      path: 'x',
      run_id: bundled,
      label: '',
      verdict: '',
    });
    store
      .prepare("INSERT INTO registered_models (name, created_at, updated_at) VALUES ('m', 0, 0)")
      .run();
    store
      .prepare(
        "INSERT INTO model_versions (name, version, source, run_id, created_at, updated_at) VALUES ('m', 1, '', ?, 0, 0)",
      )
      .run(registered);
    const all = [plain, starred, bundled, registered, running];
    const swept = moveToTrash(context, all, sparing);
    expect(swept.moved).toEqual([plain]);
    expect(Object.fromEntries(swept.kept.map(({ id, why }) => [id, why]))).toEqual({
      [starred]: 'starred',
      [bundled]: 'bundled',
      [registered]: 'registered',
      [running]: 'running',
    });
    expect(moveToTrash(context, all, { sparing: false }).kept).toEqual([
      { id: running, why: 'running' },
    ]);
  });

  it('removes for good what is in it, and nothing else', async () => {
    const services = openTidy();
    const { context, run, folder, tracking, forgotten, store } = services;
    const [gone, stays] = [run(), run()];
    for (const id of [gone, stays]) {
      mkdirSync(join(folder, 'artifacts', id, 'deep'), { recursive: true });
      writeFileSync(join(folder, 'artifacts', id, 'deep', 'model'), 'x'.repeat(1000));
      mkdirSync(join(folder, 'runs', id), { recursive: true });
      writeFileSync(tracking.logPath(id, ''), 'log');
      tracking.appendMetrics(id, [{ key: 'loss', step: 0, time: 0, value: 1 }]);
    }
    moveToTrash(context, [gone], sparing);
    // A run that is not in the trash is not removed, whatever is asked.
    expect(await purgeTrash(context, [stays])).toEqual({ purged: 0, bytes: 0 });
    expect(await purgeTrash(context, null)).toEqual({ purged: 1, bytes: 1003 });
    expect(existsSync(join(folder, 'artifacts', gone))).toBe(false);
    expect(existsSync(join(folder, 'artifacts', stays))).toBe(true);
    expect(forgotten).toEqual([`refs/cairn/runs/${gone}`]);
    expect(listed(services)).toEqual([stays]);
    const left = store.prepare('SELECT count(*) AS n FROM metric_series').get();
    expect(left).toEqual({ n: 1 });
    expect(restoreFromTrash(context, [gone])).toEqual([]);
  });
});

describe('rules', () => {
  it('say what would go, how much it is, and what is protected', async () => {
    const { context, run, tracking, folder } = openTidy();
    const old = run('FAILED', { daysOld: 10 });
    const starred = run('FAILED', { daysOld: 10 });
    tracking.update(starred, { starred: true });
    run('FAILED');
    run('FINISHED', { daysOld: 10 });
    mkdirSync(join(folder, 'runs', old), { recursive: true });
    writeFileSync(tracking.logPath(old, ''), '12345');
    const { filter } = findRule(context.store, 'failed');
    mkdirSync(join(folder, 'artifacts', old, 'deep'), { recursive: true });
    writeFileSync(join(folder, 'artifacts', old, 'deep', 'model.bin'), '1234567');
    const sizes = new RunSizes(folder);
    expect(await sizes.of([starred, old])).toEqual([0, 12]);
    writeFileSync(tracking.logPath(old, ''), '');
    expect(await sizes.sum([old])).toBe(12);
    expect(await new RunSizes(folder).sum([old, starred])).toBe(7);
    expect(previewSweep(context, filter)).toEqual({
      ids: [old],
      kept: [{ id: starred, why: 'starred' }],
    });
    expect(sweep(context, filter).moved).toEqual([old]);
    expect(previewSweep(context, filter).ids).toEqual([]);
  });

  it('that are applied by themselves are edits that can be undone', async () => {
    const { context, store, run } = openTidy();
    const old = run('FAILED', { daysOld: 10 });
    expect(sweepAutomatically(context)).toEqual([]);
    saveRule(store, { ...findRule(store, 'failed'), automatic: true });
    expect(sweepAutomatically(context)).toMatchObject([{ moved: [old] }]);
    const undo = new UndoLog(store, () => ({ trash: trashEdits(store) }));
    expect(undo.state().undo).toBe('Sweep runs');
    await undo.undo();
    expect(store.prepare('SELECT deleted_at FROM runs').all()).toEqual([{ deleted_at: null }]);
  });

  it('find runs that were run again', () => {
    const { store, run } = openTidy();
    const again = { daysOld: 2, params: { lr: '0.1', depth: '3' } };
    const first = run('FAILED', again);
    run('FINISHED', { ...again, params: { lr: '0.1' } });
    run('FINISHED', { ...again, params: { lr: '0.1', depth: '3', more: '1' } });
    expect(matchingRuns(store, findRule(store, 'superseded').filter)).toEqual([]);
    run('FINISHED', again);
    expect(matchingRuns(store, findRule(store, 'superseded').filter)).toEqual([first]);
  });

  it('find runs by steps and by metrics', () => {
    const { store, run, tracking } = openTidy();
    const [short, long, none] = [run(), run(), run()];
    tracking.appendMetrics(short, [{ key: 'a', step: 3, time: 0, value: 1 }]);
    tracking.appendMetrics(long, [{ key: 'a', step: 300, time: 0, value: 1 }]);
    expect(matchingRuns(store, 'steps < 10').sort()).toEqual([short, none].sort());
    expect(matchingRuns(store, 'metric_count = 0')).toEqual([none]);
    expect(matchingRuns(store, 'steps >= 300')).toEqual([long]);
  });

  it('are kept, changed and removed; an empty or broken one is refused', () => {
    const { store } = openTidy();
    const made = saveRule(store, {
      id: null,
      name: 'mine',
      filter: 'name = "x"',
      automatic: false,
    });
    saveRule(store, { ...made, automatic: true });
    expect(readRules(store).find((rule) => rule.id === made.id)?.automatic).toBe(true);
    removeRule(store, 'failed');
    expect(readRules(store).map((rule) => rule.id)).toEqual(['empty', 'superseded', made.id]);
    const bad = { id: null, name: 'x', automatic: true };
    expect(() => saveRule(store, { ...bad, filter: '  ' })).toThrow(/empty one would sweep every/);
    expect(() => saveRule(store, { ...bad, filter: 'status ==' })).toThrow();
    expect(() => findRule(store, 'nothing')).toThrow(/no rule/);
  });

  it('do something by themselves only when switched on', () => {
    const { context, store, run } = openTidy();
    const old = run('KILLED', { daysOld: 10 });
    expect(sweepAutomatically(context)).toEqual([]);
    saveRule(store, { ...findRule(store, 'failed'), automatic: true });
    expect(sweepAutomatically(context)).toMatchObject([{ moved: [old] }]);
  });
});

/**
 * A core made of memory, for looking at the window and testing it: the contract's operations with
 * plausible answers and no folder behind them. Never part of the program.
 */

import { contentHandlers } from '../../src-main/api/diff/content/index.ts';
import { CairnError } from '../../src-main/base/errors.ts';
import type { Handlers } from '../../src-main/rpc/index.ts';
import { fakeCharts } from './fake-charts.ts';
import * as compare from './fake-compare.ts';
import { fakeFiles } from './fake-files.ts';
import { fakeCode, fakeStructure, fakeTree, fakeTrees, withParts } from './fake-model-parts.ts';
import { fakeNotebooks } from './fake-notebooks.ts';
import { FakeNotes } from './fake-notes.ts';
import { fakeRegistered } from './fake-registry.ts';
import { fakeRunPage } from './fake-run-page.ts';
import { fakeRunTable, orderFake } from './fake-run-table.ts';
import { type FakeRun, fakeExperiments, fakeId, fakeRuns } from './fake-runs.ts';
import { fakeSeries } from './fake-series.ts';
import { fakeKept, fakeSources } from './fake-sources.ts';
import { fakeTaskVectors } from './fake-task-vectors.ts';
import { fakeTensorLook } from './fake-tensor.ts';
import { fakeCells, fakeNotes, fakeTimeline } from './fake-timeline.ts';
import { fakeUploads } from './fake-uploads.ts';

export interface FakeOptions {
  readonly runs?: number;
  readonly params?: number;
  readonly commits?: number;
  readonly trusted?: boolean;
  /** False begins on the welcome page. */
  readonly open?: boolean;
}

export function fakeCore(options: FakeOptions = {}): Handlers {
  const now = Date.now();
  const experiments = fakeExperiments();
  const runs = fakeRuns(options.runs ?? 24, now, experiments, options.params);
  let trusted = options.trusted ?? true;
  let open = options.open ?? true;
  let undo: string | null = null;
  const listeners = new Set<(topics: string[]) => void>();
  const publish = (...topics: string[]): void => {
    for (const listener of listeners) listener(topics);
  };
  const notes = new FakeNotes(fakeNotes(now), () => publish('notes'));
  const find = (id: string): FakeRun => {
    const run = runs.find((one) => one.id === id);
    if (run === undefined) throw new CairnError('not-found', 'There is no such run.');
    return run;
  };
  const info = () => ({
    root: '/home/ada/projects/penguins',
    name: 'penguins',
    trusted,
    readOnly: false,
    storePath: '/home/ada/projects/penguins/.cairn/cairn.db',
    git: {
      branch: 'main',
      head: 'c'.repeat(40),
      dirty: 3,
      operation: null,
      problem: null,
      unread: [],
    },
    pipeline: { present: true, stages: 4, problem: null },
    counts: {
      experiments: experiments.length,
      runs: runs.length,
      running: 1,
      commits: options.commits ?? 60,
    },
    mlflow: null,
    cacheBytes: 4_400_000_000,
  });
  const renumber = (experimentId: string, ids: readonly string[]): void => {
    ids.forEach((id, index) => {
      const run = find(id);
      run.number = index + 1;
      run.label = `${run.label.split('.')[0]}.${index + 1}`;
    });
    undo = 'renumber the runs';
    publish('runs');
    void experimentId;
  };
  const sides = (left: string, right: string) => {
    const labels = Object.fromEntries(
      runs.flatMap((run) => [
        [run.label, run.id],
        [run.id, run.id],
      ]),
    );
    return [compare.fakeSide(left, labels), compare.fakeSide(right, labels)] as const;
  };

  // Two files on the disk need no folder.
  const contents = contentHandlers({ session: noFolder, current: () => null });
  return {
    'workspace.info': async () => (open ? info() : null),
    'workspace.open': async (_, { emit, signal }) => {
      for (let done = 0; done < 20 && !signal.aborted; done++) {
        void emit({
          phase: 'Reading the Git history',
          done: done * 100,
          total: 2000,
          unit: 'items',
        });
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
      signal.throwIfAborted();
      open = true;
      publish('workspace');
      return info();
    },
    'workspace.close': async () => {
      open = false;
      publish('workspace');
      return {};
    },
    'workspace.recents': async () => ({
      folders: [
        {
          path: '/home/ada/projects/penguins',
          name: 'penguins',
          openedAt: now - 3_600_000,
          exists: true,
        },
        {
          path: '/home/ada/projects/一个名字很长的中文项目文件夹/segmentation',
          name: 'segmentation',
          openedAt: now - 86_400_000 * 3,
          exists: true,
        },
        {
          path: '/media/usb/old-thesis',
          name: 'old-thesis',
          openedAt: now - 86_400_000 * 90,
          exists: false,
        },
      ],
      example: '/usr/share/cairn/example',
    }),
    ...fakeNotebooks,
    ...fakeFiles,
    'workspace.forget': async () => ({}),
    'workspace.createExample': async () => ({ path: '/home/ada/Cairn/penguins' }),
    'workspace.setTrust': async (input) => {
      trusted = input.trusted;
      publish('workspace');
      return info();
    },
    'workspace.audit': async () => ({
      items: [
        { kind: 'git', path: '.git', detail: '60 commits on main', problem: null },
        { kind: 'pipeline', path: 'dvc.yaml', detail: '4 stages', problem: null },
        { kind: 'params', path: 'params.yaml', detail: '6 values', problem: null },
      ],
    }),
    'workspace.browse': async ({ path }) => ({
      path: path ?? '/home/ada',
      parent: path === '/' ? null : '/home',
      entries: (path?.endsWith('checkpoints')
        ? ['step-10.pt', 'step-9.pt', 'step-11.pt']
        : ['projects', 'Documents', '.config', '数据']
      ).map((name) => ({
        name,
        path: `${path ?? '/home/ada'}/${name}`,
        directory: !name.endsWith('.pt'),
        project: name === 'projects',
      })),
    }),
    'workspace.changes': (_, { emit, signal }) =>
      new Promise((resolve) => {
        const listener = (topics: string[]): void => void emit({ topics });
        listeners.add(listener);
        signal.addEventListener('abort', () => {
          listeners.delete(listener);
          resolve({});
        });
      }),
    ...fakeTimeline(() => fakeCells(runs, notes.cells, options.commits ?? 60, now), experiments),
    ...notes.handlers,
    'disk.removePictures': async () => ({ files: 0, bytes: 0 }),
    'disk.usage': async () => ({
      unusedPictures: { files: 0, bytes: 0 },
      places: [
        { what: 'cache', path: '/home/ada/projects/penguins/.dvc/cache', bytes: 4.4e9, files: 812 },
        {
          what: 'artifacts',
          path: '/home/ada/projects/penguins/.cairn/artifacts',
          bytes: 2.1e8,
          files: 96,
        },
        { what: 'index', path: '/home/ada/projects/penguins/.cairn', bytes: 3.1e6, files: 3 },
      ],
      runs: runs
        .slice(-5)
        .map(({ id, label, name }, at) => ({ id, label, name, bytes: 9e7 / (at + 1) })),
    }),
    'runs.list': async ({ experimentId, filter, limit }) => {
      const matching = matchingRuns(runs, experimentId, filter);
      const rows = matching
        .slice(-limit)
        .map(({ curves: _, executions: _e, files: _f, environment: _v, ...row }) => row);
      return { rows, total: runs.length, matching: matching.length };
    },
    'runs.find': async ({ experimentId, filter, orderBy }) => {
      const matching = matchingRuns(runs, experimentId, filter);
      const ids = orderFake(matching, orderBy).map((run) => run.id);
      return { ids, matching: ids.length };
    },
    ...fakeRunTable(
      runs,
      (experimentId, filter) => matchingRuns(runs, experimentId, filter),
      publish,
    ),
    'runs.get': async ({ id }) => {
      const { curves: _, ...detail } = find(id);
      return detail;
    },
    'runs.resolve': async ({ reference }) => {
      const run = runs.find(
        (one) => one.label === reference.replace('#', '') || one.id.startsWith(reference),
      );
      if (run === undefined) throw new CairnError('not-found', `There is no run ${reference}.`);
      return { id: run.id };
    },
    'runs.start': async () => ({
      id: (runs.at(-1) as FakeRun).id,
      label: (runs.at(-1) as FakeRun).label,
    }),
    'runs.again': async () => ({
      id: (runs.at(-1) as FakeRun).id,
      label: (runs.at(-1) as FakeRun).label,
    }),
    'runs.stop': async ({ id }) => {
      const run = find(id);
      run.status = 'KILLED';
      run.endedAt = Date.now();
      publish('runs');
      return {};
    },
    'runs.update': async ({ id, ...change }) => {
      Object.assign(find(id), change);
      publish('runs');
      return {};
    },
    'runs.spec': async ({ id }) => ({
      spec: {
        ...{ kind: 'command', argv: ['python', find(id).name], cwd: '.', metricsFiles: [] },
      },
    }),
    'runs.searchLog': async () => ({ matches: [], cut: false }),
    'runs.logLine': async () => ({ offset: 0, line: 1 }),
    'runs.log': async ({ id, from }, { emit, signal }) => {
      const encoder = new TextEncoder();
      let offset = 0;
      const write = async (text: string): Promise<void> => {
        const bytes = encoder.encode(text);
        await emit({ offset, bytes });
        offset += bytes.length;
      };
      void from;
      for (let epoch = 0; epoch < 100; epoch++) {
        await write(
          `\u001b[2m2026-11-21 08:${String(epoch % 60).padStart(2, '0')}:11\u001b[0m \u001b[32mINFO\u001b[0m  epoch \u001b[1m${epoch}\u001b[0m loss=${(1.6 * Math.exp(-epoch / 14)).toFixed(4)} acc=${(0.95 - 0.5 * Math.exp(-epoch / 12)).toFixed(4)}\n`,
        );
        if (epoch === 12)
          await write('\u001b[33mWARNING\u001b[0m  a worker was slow; 数据加载缓慢\n');
      }
      const live = find(id).status === 'RUNNING';
      for (let tick = 0; live && !signal.aborted; tick++) {
        await write(
          `\r training: ${'█'.repeat(tick % 30)} ${tick} it${tick % 30 === 29 ? '\n' : ''}`,
        );
        await new Promise((resolve) => setTimeout(resolve, 120));
      }
      return { end: offset };
    },
    'runs.metrics': async ({ ids, keys }) => ({
      series: ids.flatMap((id) =>
        [...find(id).curves]
          .filter(([key]) => keys === null || keys.includes(key))
          .map(([key, values]) => ({
            runId: id,
            key,
            total: values.length,
            steps: values.map((_, step) => step),
            times: values.map((_, step) => find(id).createdAt + step * 1500),
            values,
          })),
      ),
    }),
    ...fakeCharts(find, (experimentId, filter) => matchingRuns(runs, experimentId, filter)),
    'experiments.list': async () => ({
      experiments: experiments.map((experiment) => {
        const own = runs.filter((run) => run.experimentId === experiment.id);
        return {
          ...experiment,
          runs: own.length,
          running: own.filter((run) => run.status === 'RUNNING').length,
        };
      }),
    }),
    'experiments.create': async ({ name }) => {
      const number = experiments.length + 1;
      const experiment = {
        id: fakeId(900 + number),
        number,
        label: String(number).padStart(2, '0'),
        name,
        note: '',
        createdAt: now,
        runs: 0,
        running: 0,
        lastRunAt: null,
      };
      experiments.push(experiment);
      publish('runs');
      return experiment;
    },
    'experiments.update': async ({ id, name }) => {
      const experiment = experiments.find((one) => one.id === id);
      if (experiment && name !== undefined) experiment.name = name;
      publish('runs');
      return {};
    },
    'experiments.reorder': async () => ({ undo: 'renumber the experiments', redo: null }),
    'experiments.merge': async () => ({ undo: 'merge', redo: null }),
    'experiments.reorderRuns': async ({ experimentId, ids }) => {
      renumber(experimentId, ids);
      return { undo, redo: null };
    },
    'experiments.moveRuns': async () => ({ undo: 'move', redo: null }),
    'experiments.undoState': async () => ({ undo, redo: null }),
    'experiments.undo': async () => {
      undo = null;
      publish('runs');
      return { undo, redo: null };
    },
    'experiments.redo': async () => ({ undo: null, redo: null }),
    'pipeline.graph': async () => compare.fakePipeline(),
    'pipeline.params': async () => compare.fakePipelineParams,
    'pipeline.alreadyDone': async () => ({ run: null, stages: 0 }),
    'pipeline.status': async () => ({ clean: true, stages: [], code: [], problem: null }),
    ...contents,
    'diff.content': async (input, call) =>
      input.left.kind === 'tracked'
        ? compare.fakeContent(input)
        : await contents['diff.content'](input, call),
    ...fakeRunPage(runs, find, info().root),
    'diff.many': async ({ sides: references }) =>
      compare.fakeMany(references.map((reference) => sides(reference, reference)[0])),
    'diff.manyFiles': async ({ sides: [first = '', ...others] }) =>
      compare.fakeManyFiles(others.map((other) => sides(first, other))),
    'diff.summary': async ({ left, right }) => compare.fakeDiffSummary(...sides(left, right)),
    'diff.file': async (input) => compare.fakeDiffFile(input),
    'diff.directory': async () => compare.fakeDiffDirectory(),
    'diff.model': async ({ left }, { emit }) => {
      const { items, result } = compare.fakeModelDiff();
      for (const item of items) await emit(withParts(item, left.path));
      return result;
    },
    'diff.modelReport': async ({ format }) => ({
      name: `m.${format}`,
      mime: 'text/plain',
      text: 'report',
    }),
    'diff.taskVectors': async ({ models }, { emit }) => {
      const { items, result } = fakeTaskVectors(models.length);
      for (const item of items) await emit(item);
      return result;
    },
    'diff.taskVectorReport': async ({ format }) => ({
      name: `t.${format}`,
      mime: 'text/plain',
      text: 'report',
    }),
    'models.registered': async () => fakeRegistered(runs),
    'diff.series': async (_, { emit }) => {
      const { items, result } = fakeSeries();
      for (const item of items) await emit(item);
      return result;
    },
    'diff.tensor': async ({ want }) => fakeTensorLook(want),
    'diff.structure': async ({ right }) => fakeStructure(right === null),
    'diff.trees': async ({ right }) => fakeTrees(right === null),
    'diff.tree': async ({ right, index }) => fakeTree(right === null, index),
    'diff.modelCode': async () => fakeCode,
    'trash.list': async () => ({ rows: [], total: 0 }),
    'trash.sizes': async ({ ids }) => ({ bytes: ids.map(() => 0) }),
    'trash.move': async ({ ids }) => ({ moved: ids, kept: [] }),
    'trash.restore': async ({ ids }) => ({ restored: ids }),
    'trash.measure': async () => ({ count: 0, bytes: 0 }),
    'trash.purge': async () => ({ purged: 0, bytes: 0 }),
    'tidy.rules': async () => ({ rules: [] }),
    'tidy.save': async (rule) => ({ ...rule, id: rule.id ?? 'new' }),
    'tidy.remove': async () => ({}),
    'tidy.preview': async () => ({ count: 0, rows: [], kept: [] }),
    'tidy.measure': async () => ({ bytes: 0 }),
    'tidy.sweep': async () => ({ moved: [], kept: [] }),
    'runs.edit': async ({ ids }) => ({ changed: ids }),
    'runs.tags': async () => ({ tags: [] }),
    'runs.mergeDuplicates': async ({ ids }) => ({ merged: ids }),
    'exports.runs': async () => ({ path: '/tmp/runs.csv', rows: 2, bytes: 100 }),
    'sync.push': async () => ({ sent: 0, unchanged: 0, points: 0, files: 0, problems: [] }),
    'sync.pull': async () => ({ runs: 0 }),
    'exports.page': async () => ({ path: '/tmp/run.html', bytes: 100 }),
    'exports.metrics': async () => ({ path: '/tmp/metrics.csv', rows: 2, bytes: 100 }),
    'sources.list': async () => ({ sources: fakeSources }),
    'sources.read': async () => ({ runs: 0 }),
    'sources.declare': async () => ({ runs: 1 }),
    'sources.undeclare': async () => ({ removed: true }),
    'sources.ofRun': async () => ({ origins: [] }),
    'sources.artifacts': async () => ({ folder: null, files: [], cut: false }),
    'sources.measure': async () => fakeKept,
    'sources.adopt': async () => fakeKept,
    'sources.importFrom': async () => ({ ...fakeKept, sources: [] }),
    'bundles.preview': async () => compare.fakeBundlePreview,
    'bundles.export': async () => ({
      path: '/tmp/bundle.zip',
      bytes: 1_000_000,
      files: 40,
      omitted: [],
    }),
    ...fakeUploads(),
    'bundles.verify': async ({ path }) => compare.fakeVerify(path, path.includes('broken')),
    'bundles.reproduce': async () => compare.fakeReproduce(),
  };
}

/** Words in label, name and command: the language itself is the core's. */
function matchingRuns(
  runs: readonly FakeRun[],
  experimentId: string | null,
  filter: string,
): FakeRun[] {
  const [field, status] = filter.split(':');
  return runs
    .filter((run) => experimentId === null || run.experimentId === experimentId)
    .filter((run) =>
      field === 'status' && status !== undefined
        ? run.status.toLowerCase().startsWith(status)
        : `${run.label} ${run.name} ${run.command}`.includes(filter),
    );
}

function noFolder(): never {
  throw new CairnError('not-found', 'No folder is open.');
}

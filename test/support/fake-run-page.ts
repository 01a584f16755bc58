/** What the page of a made-up run shows beside the run: a busy machine, a lineage, plots, a shell. */
import type { LineageGraph, RunPlot, SystemSeries } from '../../src-main/contract/run-page.ts';
import type { Handlers } from '../../src-main/rpc/index.ts';
import type { FakeRun } from './fake-runs.ts';

type Answers = Pick<
  Handlers,
  | 'runs.system'
  | 'runs.lineage'
  | 'runs.plots'
  | 'runs.logTimes'
  | 'runs.openShell'
  | 'runs.checkOut'
>;

/** @param find gives a run by its id */
export function fakeRunPage(
  runs: readonly FakeRun[],
  find: (id: string) => FakeRun,
  root: string,
): Answers {
  return {
    'runs.system': async ({ id }) => ({ series: fakeSystem(find(id).startedAt ?? 0) }),
    'runs.lineage': async ({ id, up, down }) => fakeLineage(runs, find(id), up > 1, down > 1),
    'runs.plots': async ({ ids }) => ({ plots: fakePlots(ids), problems: [] }),
    'runs.logTimes': async ({ from, to }) => ({
      ends: Float64Array.of(from, to + 1),
      times: Float64Array.of(Number.NaN, Date.UTC(2026, 10, 17, 14, 2, 7)),
    }),
    'runs.openShell': async () => ({ folder: root }),
    'runs.checkOut': async () => ({ folder: root, files: 0, left: [] }),
  };
}

function fakeSystem(start: number): SystemSeries[] {
  const times = Float64Array.from({ length: 60 }, (_, index) => start + 1000 * (index + 1));
  const series = (
    quantity: SystemSeries['quantity'],
    of: SystemSeries['of'],
    device: string,
    value: (index: number) => number,
  ): SystemSeries => {
    const values = Float64Array.from(times, (_, index) => value(index));
    return { quantity, of, device, capacity: null, times, values };
  };
  return [
    series('cpu', 'run', '', (index) => 3 + Math.sin(index / 5)),
    series('cpu', 'machine', '', (index) => 4 + Math.sin(index / 5)),
    series('memory', 'run', '', (index) => 2e9 + index * 1e7),
    series('gpu', 'machine', '0', (index) => 80 + 15 * Math.cos(index / 3)),
    series('gpu', 'machine', '1', () => 0),
  ];
}

function fakeLineage(
  runs: readonly FakeRun[],
  run: FakeRun,
  back: boolean,
  on: boolean,
): LineageGraph {
  const [maker, user] = runs.filter((one) => one.id !== run.id);
  const nodes: LineageGraph['nodes'] = [];
  const edges: LineageGraph['edges'] = [];
  const runNode = (one: FakeRun, column: number): string => {
    const { id, name, label, status, startedAt } = one;
    const key = `run ${id}`;
    nodes.push({
      ...{ key, kind: 'run', column, name, also: [], detail: '', size: null, runId: id },
      run: { label, status, startedAt },
    });
    return key;
  };
  const fileNode = (path: string, column: number): string => {
    const key = `file ${path}`;
    nodes.push({
      ...{ key, kind: 'file', column, name: path, also: [], detail: 'ab', size: 12_345 },
      ...{ runId: run.id, run: null },
    });
    return key;
  };
  const self = runNode(run, 0);
  const data = fileNode('data/penguins.csv', -1);
  const model = fileNode('models/a-model-with-a-long-name.safetensors', 1);
  edges.push({ from: data, to: self }, { from: self, to: model });
  if (maker !== undefined) {
    const made = runNode(maker, -2);
    edges.push({ from: made, to: data });
    if (back) edges.push({ from: fileNode('data/raw.csv', -3), to: made });
  }
  if (user !== undefined) {
    const used = runNode(user, 2);
    edges.push({ from: model, to: used });
    if (on) edges.push({ from: used, to: fileNode('report.html', 3) });
  }
  return { nodes, edges, more: { up: !back, down: !on }, hidden: [] };
}

function fakePlots(ids: readonly string[]): RunPlot[] {
  const plain = { smooth: false, chance: false, normalised: false, xTitle: '', yTitle: '' };
  const none = { series: [], bars: [], matrices: [] };
  return [
    {
      ...{ key: 'eval/confusion.json', title: 'Confusion', shape: 'confusion', ...plain, ...none },
      matrices: ids.map((runId, index) => ({
        ...{ runId, rows: ['cat', 'dog'], columns: ['cat', 'dog'] },
        values: [
          [9 - index, 1 + index],
          [2, 8],
        ],
      })),
    },
    {
      ...{ key: 'eval/roc.json', title: 'ROC', shape: 'line', ...plain, ...none },
      ...{ chance: true, xTitle: 'fpr', yTitle: 'tpr' },
      series: ids.map((runId, index) => {
        const x = Float64Array.from({ length: 21 }, (_, place) => place / 20);
        return { runId, name: '', x, y: x.map((value) => value ** (0.2 + index / 10)) };
      }),
    },
  ];
}

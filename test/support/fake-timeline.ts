/** Made-up cells of the notebook around made-up runs. */
import type { RunRow } from '../../src-main/contract/runs.ts';
import type { TimelineCell } from '../../src-main/contract/timeline.ts';
import type { Handlers } from '../../src-main/rpc/index.ts';
import type { FakeRun } from './fake-runs.ts';

/** A picture of one grey point. */
const point = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGOoBwAAgQCBXd5q0QAAAABJRU5ErkJggg==',
  'base64',
);

/** The timeline over cells that are made anew for each answer. */
export function fakeTimeline(
  cells: () => readonly TimelineCell[],
  experiments: readonly { id: string; label: string; name: string }[],
): Pick<Handlers, Extract<keyof Handlers, `timeline.${string}`>> {
  const matching = (filter: {
    order: string;
    kinds: readonly string[] | null;
    experimentId: string | null;
    text: string;
  }): TimelineCell[] => {
    const { order, kinds, experimentId, text } = filter;
    const found = cells().filter(
      (cell) =>
        (kinds === null || kinds.includes(cell.kind)) &&
        (experimentId === null ||
          (cell.kind === 'run' && cell.run.experimentId === experimentId)) &&
        (text === '' || cellText(cell).toLowerCase().includes(text.toLowerCase())),
    );
    return order === 'oldest' ? found.reverse() : found;
  };
  return {
    'timeline.list': async ({ cursor, limit, ...filter }) => {
      const all = matching(filter);
      const from = Number(cursor ?? 0);
      const next = from + limit < all.length ? String(from + limit) : null;
      return { cells: all.slice(from, from + limit), next, total: all.length };
    },
    'timeline.outline': async (filter) => {
      const all = matching(filter);
      const ids = experiments.map((experiment) => experiment.id);
      const quiet = (cell: TimelineCell): boolean =>
        cell.kind === 'commit' && cell.params.length + cell.metrics.length + cell.refs.length === 0;
      return {
        keys: all.map((cell) => cell.key).join('\n'),
        at: Float64Array.from(all, (cell) => cell.at),
        experiment: Float64Array.from(all, (cell) =>
          cell.kind === 'run' ? ids.indexOf(cell.run.experimentId) : -1,
        ),
        quiet: Uint8Array.from(all, (cell) => Number(quiet(cell))),
        experiments: experiments.map(({ id, label, name }) => ({ id, label, name })),
      };
    },
    'timeline.cells': async ({ keys }) => {
      const byKey = new Map(cells().map((cell) => [cell.key, cell]));
      return { cells: keys.flatMap((key) => byKey.get(key) ?? []) };
    },
    'timeline.export': async ({ path, format }) => ({
      path,
      bytes: 1234,
      text: path === null ? `<!doctype html><title>${format}</title>` : null,
    }),
    'timeline.figure': async () => ({ type: 'image/png', bytes: new Uint8Array(point) }),
  };
}

function cellText(cell: TimelineCell): string {
  switch (cell.kind) {
    case 'run':
      return `${cell.run.label} ${cell.run.name} ${cell.run.command} ${cell.run.note}`;
    case 'commit':
      return `${cell.subject} ${cell.author} ${cell.oid}`;
    case 'data':
      return `${cell.changes.map((change) => change.path).join(' ')} ${cell.oid}`;
    case 'note':
      return cell.body;
    case 'bundle':
      return `${cell.label} ${cell.path}`;
    case 'promotion':
      return `${cell.name} ${cell.value}`;
  }
}

const subjects = [
  'Read the data once instead of twice',
  'Tidy the loader',
  'Fix a typo in the README',
  'Turn the depth of the trees',
  'Normalise the features before splitting, as the paper does; keep the old way behind a flag',
];

export function fakeNotes(now: number): Extract<TimelineCell, { kind: 'note' }>[] {
  const hour = 3_600_000;
  return [
    {
      kind: 'note',
      key: 'note:1',
      id: 'f'.repeat(32),
      at: now - 26 * hour,
      updatedAt: now - 26 * hour,
      body: '## Why the loss plateaus\n\nThe learning rate is too high after epoch 40. Two ideas:\n\n1. cosine schedule\n2. warm restarts\n\nSee [the paper](https://example.org).',
    },
  ];
}

export function fakeCells(
  runs: readonly FakeRun[],
  notes: readonly TimelineCell[],
  commits: number,
  now: number,
): TimelineCell[] {
  const cells: TimelineCell[] = [...notes];
  const byId = new Map(runs.map((run) => [run.id, run]));
  for (const run of runs) cells.push(runCell(run, byId.get(run.previousId ?? '')));
  const span = now - Math.min(now, ...runs.map((run) => run.createdAt), now - 40 * 86_400_000);
  for (let index = 0; index < commits; index++) {
    // Each index has another product: the factor is odd.
    const product = ((index + 1) * 2_654_435_761) % 2 ** 32;
    const oid = product.toString(16).padStart(8, '0').repeat(5);
    const at = Math.round(now - (span * (index + 0.5)) / commits);
    const eventful = index % 9 === 4;
    cells.push({
      kind: 'commit',
      key: `commit:${oid}`,
      at,
      oid,
      author: index % 3 ? 'Ada Lovelace' : 'Chen Wei 陈伟',
      subject: subjects[index % subjects.length] as string,
      body: '',
      refs: index === 0 ? ['main', 'v1.0'] : [],
      params: eventful ? [{ key: 'lr', before: '0.01', after: '0.003' }] : [],
      metrics: eventful
        ? [{ key: 'accuracy', value: 0.947, before: 0.935, better: true, spark: [] }]
        : [],
    });
    if (eventful) {
      cells.push({
        kind: 'data',
        key: `data:${oid}`,
        at,
        oid,
        changes: [
          {
            path: 'data/features',
            change: 'modified',
            before: 'a',
            after: 'b',
            sizeBefore: 2_000_000,
            sizeAfter: 2_100_000,
            files: 344,
          },
          {
            path: 'model.safetensors',
            change: 'added',
            before: null,
            after: 'b',
            sizeBefore: null,
            sizeAfter: 1_250_000,
            files: null,
          },
        ],
      });
    }
  }
  const exported = runs[Math.floor(runs.length / 2)];
  if (exported) {
    cells.push({
      kind: 'bundle',
      key: 'bundle:1',
      at: exported.createdAt + 400_000,
      direction: 'exported',
      path: '/home/ada/Documents/penguins-02.1.crate.zip',
      runId: exported.id,
      label: exported.label,
      reproduced: null,
    });
  }
  const promoted = runs.at(-3);
  if (promoted) {
    const promotion = { kind: 'promotion', name: 'penguins', version: 3 } as const;
    const run = { id: promoted.id, label: promoted.label };
    const at = promoted.createdAt + 300_000;
    cells.push(
      { ...promotion, key: 'promotion:1', at, change: 'version', value: '', before: '', run },
      {
        ...promotion,
        key: 'promotion:2',
        at: at + 1,
        change: 'stage',
        value: 'Staging',
        before: 'None',
        run,
      },
      {
        ...promotion,
        key: 'promotion:3',
        at: at + 2,
        change: 'alias',
        value: 'champion',
        before: '2',
        run,
      },
    );
  }
  return cells.sort((a, b) => b.at - a.at);
}

function runCell(run: FakeRun, previous: FakeRun | undefined): TimelineCell {
  return {
    kind: 'run',
    key: `run:${run.id}`,
    at: run.createdAt,
    run: rowOf(run),
    previous: previous ? { id: previous.id, label: previous.label } : null,
    params: previous
      ? Object.keys(run.params).flatMap((key) =>
          run.params[key] === previous.params[key]
            ? []
            : [{ key, before: previous.params[key] ?? null, after: run.params[key] ?? null }],
        )
      : [],
    metrics: [...run.curves].slice(0, 2).map(([key, values]) => ({
      key,
      value: values.at(-1) ?? null,
      before: previous?.curves.get(key)?.at(-1) ?? null,
      better: previous
        ? (values.at(-1) ?? 0) > (previous.curves.get(key)?.at(-1) ?? 0) === (key === 'accuracy')
        : null,
      spark: Array.from(
        { length: 24 },
        (_, i) => values[Math.floor((i * (values.length - 1)) / 23)] ?? null,
      ),
    })),
    stages:
      run.kind === 'command'
        ? [{ stage: '', state: run.status === 'FAILED' ? 'failed' : 'done', durationMs: 60_000 }]
        : run.executions.map((one) => ({
            stage: one.stage,
            state: one.state,
            durationMs:
              one.startedAt !== null && one.endedAt !== null ? one.endedAt - one.startedAt : null,
          })),
    outputs: run.files
      .filter((file) => file.role !== 'dep')
      .map((file) => ({ path: file.path, size: file.size, changed: file.role === 'out' })),
    filesChanged: run.dirtyFiles.length,
    figures: run.number % 5 === 2 ? [{ path: 'plots/confusion.png', size: 90 }] : [],
    figureCount: run.number % 5 === 2 ? 1 : 0,
  };
}

function rowOf(run: FakeRun): RunRow {
  const { curves: _c, executions: _e, files: _f, environment: _v, ...row } = run;
  return row;
}

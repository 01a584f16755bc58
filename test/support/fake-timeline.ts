/** Made-up cells of the notebook around made-up runs. */
import type { RunRow } from '../../src-main/contract/runs.ts';
import type { TimelineCell } from '../../src-main/contract/timeline.ts';
import type { FakeRun } from './fake-runs.ts';

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
      key: 'note 1',
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
  for (const run of runs) cells.push(runCell(run, runs));
  const span = now - Math.min(now, ...runs.map((run) => run.createdAt), now - 40 * 86_400_000);
  for (let index = 0; index < commits; index++) {
    const oid = (index + 1).toString(16).padStart(40, 'c');
    const at = Math.round(now - (span * (index + 0.5)) / commits);
    const eventful = index % 9 === 4;
    cells.push({
      kind: 'commit',
      key: `commit ${oid}`,
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
        key: `data ${oid}`,
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
      key: 'bundle 1',
      at: exported.createdAt + 400_000,
      direction: 'exported',
      path: '/home/ada/Documents/penguins-02.1.crate.zip',
      runId: exported.id,
      label: exported.label,
      reproduced: null,
    });
  }
  return cells.sort((a, b) => b.at - a.at);
}

function runCell(run: FakeRun, runs: readonly FakeRun[]): TimelineCell {
  const previous = runs.find((other) => other.id === run.previousId);
  return {
    kind: 'run',
    key: `run ${run.id}`,
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
  };
}

function rowOf(run: FakeRun): RunRow {
  const { curves: _c, executions: _e, files: _f, environment: _v, ...row } = run;
  return row;
}

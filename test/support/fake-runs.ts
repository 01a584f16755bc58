/** Made-up runs with params, metrics over steps, stages and files. Deterministic, of any number. */

import type { ExperimentRow } from '../../src-main/contract/experiments.ts';
import type { Environment, RunDetail } from '../../src-main/contract/runs.ts';

const hour = 3_600_000;
const names = ['baseline', 'wider-net', 'dropout', 'cosine-schedule', 'more-epochs', '更宽的网络'];

export const fakeId = (n: number): string => n.toString(16).padStart(32, '0');

export interface FakeRun extends RunDetail {
  curves: Map<string, Float64Array<ArrayBuffer>>;
}

export function fakeExperiments(): ExperimentRow[] {
  return ['Baselines', 'Wider networks', 'A very long name of an experiment about schedules'].map(
    (name, index) => ({
      id: fakeId(900 + index),
      number: index + 1,
      label: String(index + 1).padStart(2, '0'),
      name,
      note: '',
      createdAt: 0,
      runs: 0,
      running: 0,
      lastRunAt: null,
    }),
  );
}

/** `count` runs, the newest last; one of them is running, some failed. */
export function fakeRuns(
  count: number,
  now: number,
  experiments: readonly ExperimentRow[],
  params = 6,
): FakeRun[] {
  const numbers = new Map<string, number>();
  return Array.from({ length: count }, (_, index) => {
    const experiment = experiments[
      Math.floor((index * experiments.length) / count)
    ] as ExperimentRow;
    const number = (numbers.get(experiment.id) ?? 0) + 1;
    numbers.set(experiment.id, number);
    return fakeRun(index, count, number, now, experiment, params);
  });
}

function fakeRun(
  index: number,
  count: number,
  number: number,
  now: number,
  experiment: ExperimentRow,
  params: number,
): FakeRun {
  const id = fakeId(index + 1);
  const last = index === count - 1;
  const failed = index % 11 === 7;
  const startedAt = now - (count - index) * (count > 500 ? hour / 20 : 5 * hour);
  const status = last ? 'RUNNING' : failed ? 'FAILED' : index % 17 === 13 ? 'KILLED' : 'FINISHED';
  const steps = last ? 40 : 100;
  const lr = [0.1, 0.03, 0.01, 0.003][index % 4] as number;
  const accuracy = curve(
    steps,
    (s) => 0.97 - lr - 0.5 * Math.exp(-s / (12 + (index % 5) * 4)),
    index,
  );
  const loss = curve(
    steps,
    (s) => 0.18 + lr + 1.6 * Math.exp(-s / (14 + (index % 3) * 6)),
    index + 7,
  );
  const curves = new Map([
    ['accuracy', accuracy],
    ['loss', loss],
    ['val.accuracy', accuracy.map((value) => value - 0.02)],
    ['val.loss', loss.map((value) => value * 1.08 + 0.01)],
  ]);
  const name = last ? 'more-epochs' : (names[index % names.length] as string);
  const state = (position: number) =>
    position < 2
      ? 'cached'
      : failed && position === 2
        ? 'failed'
        : last && position === 2
          ? 'running'
          : failed && position > 2
            ? 'skipped'
            : last
              ? 'waiting'
              : 'done';
  const stages = ['prepare', 'featurize', 'train', 'evaluate'];
  return {
    id,
    label: `${experiment.label}.${number}`,
    experimentId: experiment.id,
    experimentNumber: experiment.number,
    experimentName: experiment.name,
    number,
    name,
    status,
    kind: index % 3 === 0 ? 'command' : 'pipeline',
    command:
      index % 3 === 0 ? `python src/train.py --lr ${lr} --depth ${3 + (index % 3)}` : 'cairn repro',
    createdAt: startedAt,
    startedAt,
    endedAt: last ? null : startedAt + 60_000 + (index % 7) * 97_000,
    exitCode: last ? null : failed ? 1 : 0,
    starred: index % 9 === 4,
    note:
      index % 6 === 2
        ? 'Depth 4 finally helps; next: **regularise**.\n\n- dropout 0.2\n- weight decay `1e-4`'
        : '',
    params: Object.fromEntries([
      ['lr', String(lr)],
      ['model.depth', String(3 + (index % 3))],
      ['model.width', index % 2 ? '256' : '128'],
      ['seed', '42'],
      ['train.epochs', '100'],
      ['optimizer', index % 4 === 1 ? 'adamw' : 'sgd'],
      ...Array.from({ length: Math.max(0, params - 6) }, (_, p) => [
        `option.${p}`,
        String((index * (p + 3)) % 17),
      ]),
    ]),
    metrics: [...curves].map(([key, values]) => ({
      key,
      last: values.at(-1) ?? null,
      lastStep: values.length - 1,
      min: Math.min(...values),
      max: Math.max(...values),
      count: values.length,
    })),
    parentId: null,
    cwd: '.',
    error: failed ? 'The stage train ended with exit code 1: CUDA out of memory.' : null,
    snapshot: index.toString(16).padStart(40, 'a'),
    baseCommit: 'c'.repeat(40),
    branch: 'main',
    dirtyFiles: index % 2 ? ['src/train.py', 'params.yaml'] : [],
    largeFiles: [],
    peakMemoryBytes: 412_000_000 + index * 1_000_000,
    cpuSeconds: 88.4,
    executions: stages.map((stage, position) => ({
      id: fakeId(100_000 + index * 4 + position),
      stage,
      position,
      state: state(position),
      command: `python src/${stage}.py`,
      reason: position < 2 ? 'Nothing changed.' : 'lr changed from 0.01 to 0.003.',
      startedAt: position < 2 ? null : startedAt,
      endedAt: position < 2 || last ? null : startedAt + 55_000,
      exitCode: failed && position === 2 ? 1 : 0,
      peakMemoryBytes: position < 2 ? null : 412_000_000,
      cpuSeconds: 20,
      logBytes: position < 2 ? 0 : 4096,
    })),
    files: [
      file('data/penguins.csv', 'dep', 'prepare', 15_241),
      file('data/features', 'dep', 'train', 2_100_000, 344),
      file(
        'models/a-rather-long-folder-name/checkpoints/epoch-100/model.safetensors',
        'out',
        'train',
        1_250_000,
      ),
      file('metrics.json', 'metric', 'evaluate', 214),
      file('plots/confusion.csv', 'plot', 'evaluate', 812),
    ],
    environment: fakeEnvironment,
    tags: {},
    datasets: [
      { name: 'digits', digest: 'a1b2c3d4', sourceType: 'local', context: 'training' },
      { name: 'digits-held-out', digest: '99ffee01', sourceType: 'http', context: null },
    ],
    loggedModels: [
      { id: `m-${id}`, name: 'classifier', type: 'sklearn', status: last ? 'PENDING' : 'READY' },
    ],
    modelVersions: last
      ? []
      : [
          {
            name: 'digits-classifier',
            version: index + 1,
            stage: index === 0 ? 'Production' : 'None',
            aliases: index === 1 ? ['champion'] : [],
            modelId: `m-${id}`,
          },
        ],
    previousId: number > 1 ? fakeId(index) : null,
    notebook: null,
    curves,
  };
}

function file(
  path: string,
  role: 'dep' | 'out' | 'metric' | 'plot',
  stage: string,
  size: number,
  files: number | null = null,
) {
  const hash =
    `${[...path].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) >>> 0, 7).toString(16)}`.padEnd(
      32,
      '9',
    );
  return { path, role, stage, size, files, hash, available: role !== 'dep' };
}

function curve(
  steps: number,
  shape: (step: number) => number,
  seed: number,
): Float64Array<ArrayBuffer> {
  return Float64Array.from(
    { length: steps },
    (_, s) => shape(s) + 0.012 * Math.sin(s * 1.7 + seed * 2.3) * Math.exp(-s / 60),
  );
}

const fakeEnvironment: Environment = {
  os: { name: 'Ubuntu', version: '24.04', kernel: '6.8.0', arch: 'x64' },
  cpu: { model: 'AMD Ryzen 9 7950X', cores: 16 },
  memoryBytes: 68_719_476_736,
  gpus: [{ name: 'NVIDIA RTX 4090', driver: '550.90', memoryBytes: 25_769_803_776 }],
  python: {
    executable: '/home/ada/penguins/.venv/bin/python',
    version: '3.12.4',
    implementation: 'CPython',
    prefix: '/home/ada/penguins/.venv',
    packages: ['numpy', 'pandas', 'scikit-learn', 'torch', 'safetensors', 'tqdm'].map(
      (name, index) => ({ name, version: `${index + 1}.${index * 3}.0`, origin: null }),
    ),
  },
  lockfiles: [
    { path: 'requirements.txt', sha256: 'e'.repeat(64), text: 'numpy==1.0.0\npandas==2.3.0\n' },
  ],
  variables: { CUDA_VISIBLE_DEVICES: '0' },
  locale: 'en_GB.UTF-8',
  timezone: 'Europe/Rome',
};

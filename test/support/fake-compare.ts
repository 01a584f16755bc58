/**
 * Made-up answers for the compare, pipeline and bundle views: two runs that differ in a param, a
 * package, some code, a directory of images and a model. Deterministic, so that screenshots are.
 */
import { beside } from '../../src-main/api/diff/many-files.ts';
import type { Input, Item, Output } from '../../src-main/contract/index.ts';

type DiffSummary = Output<'diff.summary'>;
type Side = DiffSummary['left'];
type Tensor = Extract<Item<'diff.model'>, { kind: 'tensors' }>['tensors'][number];
type PipelineGraph = Output<'pipeline.graph'>;
type StageNode = PipelineGraph['stages'][number];

/** A small generator of numbers in [0, 1): mulberry32. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const hash = (n: number): string => n.toString(16).padStart(2, '0').repeat(16);
const at = Date.UTC(2026, 10, 17, 14, 2);

function side(reference: string, o: Partial<Side>): Side {
  return {
    reference,
    kind: 'run',
    title: reference,
    runId: null,
    commit: null,
    at,
    ...o,
  };
}

/** The resolved side of a reference as the views pass it. `runIds` maps run numbers to ids. */
export function fakeSide(reference: string, runIds: Readonly<Record<string, string>>): Side {
  if (reference === 'workspace') {
    return side(reference, { kind: 'workspace', title: 'workspace', at: null });
  }
  const runId = runIds[reference] ?? null;
  return runId === null
    ? side(reference, {
        kind: 'commit',
        title: `${reference.slice(0, 7)} Tune the features`,
        commit: 'c'.repeat(40),
      })
    : side(reference, { title: `${reference} wider-net`, runId, commit: 'd'.repeat(40) });
}

/** Several sides: the first as it was, the others as the right side of two. */
export function fakeMany(sides: readonly Side[]): Output<'diff.many'> {
  const { params, metrics, environment } = fakeDiffSummary(sides[0] as Side, sides.at(-1) as Side);
  const columns = <T>(left: T, right: T): T[] => sides.map((_, at) => (at === 0 ? left : right));
  const same = (values: readonly unknown[]) => new Set(values).size === 1;
  return {
    sides: [...sides],
    params: params.map(({ file, key, left, right }) => {
      const values = columns(left, right);
      return { file, key, values, same: same(values) };
    }),
    metrics: metrics.map(({ key, left, right }) => {
      const values = columns(left, right);
      const spread = values.map(() => null);
      return { key, values, spread, direction: null, same: same(values) };
    }),
    environment: environment.map(({ section, key, left, right }) => {
      const values = columns(left, right);
      return { section, key, values, same: same(values) };
    }),
  };
}

/** Code and data of several sides, each with the first. */
export function fakeManyFiles(
  pairs: readonly (readonly [left: Side, right: Side])[],
): Output<'diff.manyFiles'> {
  return beside(pairs.map(([left, right]) => fakeDiffSummary(left, right)));
}

export function fakeDiffSummary(left: Side, right: Side): DiffSummary {
  const tracked = (path: string, n: number, size: number, files: number | null = null) => ({
    path,
    hash: files === null ? hash(n) : `${hash(n)}.dir`,
    size,
    files,
  });
  return {
    left,
    right,
    params: [
      { file: 'params.yaml', key: 'train.lr', left: '0.01', right: '0.003', change: 'modified' },
      { file: 'params.yaml', key: 'train.depth', left: '3', right: '4', change: 'modified' },
      { file: 'params.yaml', key: 'train.epochs', left: '40', right: '40', change: 'same' },
      { file: 'params.yaml', key: 'train.dropout', left: null, right: '0.1', change: 'added' },
      { file: 'params.yaml', key: 'split.seed', left: '17', right: '17', change: 'same' },
      {
        file: 'params.yaml',
        key: 'features.columns',
        left: '[bill_length_mm, bill_depth_mm, flipper_length_mm]',
        right: '[bill_length_mm, bill_depth_mm, flipper_length_mm, body_mass_g]',
        change: 'modified',
      },
    ],
    metrics: [
      { key: 'accuracy', left: 0.9351, right: 0.9473, delta: 0.0122, better: true },
      { key: 'loss', left: 0.2113, right: 0.1812, delta: -0.0301, better: true },
      { key: 'f1_macro', left: 0.9287, right: 0.9231, delta: -0.0056, better: false },
      { key: 'train/loss', left: 0.1521, right: 0.1204, delta: -0.0317, better: true },
      { key: 'epoch_seconds', left: 1.92, right: 2.31, delta: 0.39, better: null },
      { key: 'confusion/adelie_gentoo', left: null, right: 2, delta: null, better: null },
    ],
    code: [
      { path: 'src/train.py', from: null, change: 'modified', binary: false, added: 5, removed: 2 },
      {
        path: 'src/net.py',
        from: 'src/model.py',
        change: 'renamed',
        binary: false,
        added: 1,
        removed: 1,
      },
      { path: 'params.yaml', from: null, change: 'modified', binary: false, added: 4, removed: 3 },
      { path: 'notes.md', from: null, change: 'added', binary: false, added: 3, removed: 0 },
      {
        path: 'figures/old.png',
        from: null,
        change: 'removed',
        binary: true,
        added: 0,
        removed: 0,
      },
    ],
    data: [
      {
        path: 'data/images',
        change: 'modified',
        left: tracked('data/images', 0xa1, 9_812_331, 360),
        right: tracked('data/images', 0xa2, 10_014_870, 366),
        kind: 'directory',
      },
      {
        path: 'data/penguins.csv',
        change: 'same',
        left: tracked('data/penguins.csv', 0xb1, 13_478),
        right: tracked('data/penguins.csv', 0xb1, 13_478),
        kind: 'file',
      },
      {
        path: 'models/model.safetensors',
        change: 'modified',
        left: tracked('models/model.safetensors', 0xc1, 1_258_340),
        right: tracked('models/model.safetensors', 0xc2, 1_258_340),
        kind: 'model',
      },
      {
        path: 'reports/roc.json',
        change: 'added',
        left: null,
        right: tracked('reports/roc.json', 0xd1, 4_096),
        kind: 'file',
      },
    ],
    environment: [
      {
        ...{ section: 'package', key: 'numpy', left: '2.3.1', right: '2.4.0' },
        ...{ change: 'modified', direction: 'up' },
      },
      {
        section: 'package',
        key: 'scikit-learn',
        left: '1.8.0',
        right: '1.7.2',
        change: 'modified',
        direction: 'down',
      },
      { section: 'package', key: 'safetensors', left: null, right: '0.7.0', change: 'added' },
      { section: 'package', key: 'pandas', left: '2.3.0', right: null, change: 'removed' },
      { section: 'package', key: 'scipy', left: '1.16.1', right: '1.16.1', change: 'same' },
      { section: 'system', key: 'python', left: '3.13.1', right: '3.13.1', change: 'same' },
      {
        section: 'system',
        key: 'gpu',
        left: 'NVIDIA RTX 4090',
        right: 'NVIDIA A100 80GB',
        change: 'modified',
      },
      { section: 'variable', key: 'OMP_NUM_THREADS', left: '8', right: '16', change: 'modified' },
    ],
  };
}

const files: Readonly<Record<string, { left: string | null; right: string | null }>> = {
  'src/train.py': {
    left: trainPy('0.01', 3, []),
    right: trainPy('0.003', 4, [
      '    if epoch % 10 == 0:',
      '        log(step=epoch, loss=loss)',
      '',
    ]),
  },
  'src/net.py': {
    left: 'class Net:\n    """A small perceptron."""\n\n    width = 64\n',
    right: 'class Net:\n    """A small perceptron."""\n\n    width = 128\n',
  },
  'params.yaml': {
    left: 'train:\n  lr: 0.01\n  depth: 3\n  epochs: 40\nsplit:\n  seed: 17\n',
    right: 'train:\n  lr: 0.003\n  depth: 4\n  epochs: 40\n  dropout: 0.1\nsplit:\n  seed: 17\n',
  },
  'notes.md': { left: null, right: '# Notes\n\nDepth 4 **finally** helps; next: regularise.\n' },
};

function trainPy(lr: string, depth: number, extra: readonly string[]): string {
  const helpers = Array.from(
    { length: 30 },
    (_, i) => `def feature_${i}(row):\n    return row[${i}] / ${i + 1}\n`,
  );
  return [
    '"""Train a small network on the penguins."""',
    'import json',
    'import math',
    '',
    `LEARNING_RATE = ${lr}`,
    `DEPTH = ${depth}`,
    '',
    ...helpers,
    '',
    'def train(rows, epochs):',
    '    for epoch in range(epochs):',
    '        loss = step(rows, LEARNING_RATE)  # one pass',
    ...extra,
    '    return loss',
    '',
  ].join('\n');
}

export function fakeDiffFile(input: Input<'diff.file'>): Output<'diff.file'> {
  const file = files[input.path];
  return file === undefined
    ? { left: null, right: null, note: 'This file is binary, so its lines cannot be compared.' }
    : { ...file, note: null };
}

/** Content that nothing more is known of than that it differs. */
export function fakeContent({ left, right }: Input<'diff.content'>): Output<'diff.content'> {
  return {
    left: { title: left.path, path: left.path, sizeBytes: 4100 },
    right: { title: right.path, path: right.path, sizeBytes: 5200 },
    ...{ identical: false, kinds: ['other'], notes: [], body: { kind: 'other' } },
  };
}

export function fakeDiffDirectory(): Output<'diff.directory'> {
  const names = ['adelie', 'chinstrap', 'gentoo'];
  const entries: Output<'diff.directory'>['entries'] = [];
  for (let i = 0; i < 24; i += 1) {
    const path = `${names[i % 3]}/IMG_${String(4100 + i)}.png`;
    const change = i < 9 ? 'added' : i < 12 ? 'removed' : 'modified';
    entries.push({
      path,
      change,
      left: change === 'added' ? null : hash(i + 1),
      right: change === 'removed' ? null : hash(i + 100),
    });
  }
  return { added: 9, removed: 3, modified: 12, same: 342, entries, note: null };
}

/** The tensors of a small transformer: `blocks` blocks of eight, embeddings and a head. */
function fakeTensors(blocks: number): Tensor[] {
  const next = random(7);
  const tensors: Tensor[] = [];
  const add = (name: string, shape: number[], scale: number, over: Partial<Tensor> = {}): void => {
    const elements = shape.reduce((product, n) => product * n, 1);
    const relativeL2 = scale === 0 ? 0 : scale * (0.4 + next());
    const std = 0.02 + next() * 0.1;
    tensors.push({
      name,
      from: null,
      change: scale === 0 ? 'same' : 'modified',
      left: { dtype: 'f32', shape },
      right: { dtype: 'f32', shape },
      elements,
      relativeL2,
      cosine: scale === 0 ? 1 : 1 - relativeL2 ** 2 / 2,
      maxAbs: relativeL2 * std * 4,
      meanAbs: relativeL2 * std * 0.8,
      changedShare: scale === 0 ? 0 : 0.97 + next() * 0.03,
      note: null,
      signFlips: scale === 0 ? 0 : Math.round(elements * relativeL2 * 0.02),
      nonFinite: { left: 0, right: 0 },
      stats: {
        left: { mean: 0.001, std, min: -std * 4, max: std * 4 },
        right: { mean: 0.0012, std: std * 1.02, min: -std * 4.1, max: std * 4.2 },
      },
      ...over,
    });
  };
  add('embed.weight', [4096, 128], 0);
  for (let i = 0; i < blocks; i += 1) {
    const depth = 0.004 * (i + 1);
    for (const part of ['q', 'k', 'v', 'o'])
      add(`blocks.${i}.attn.${part}.weight`, [128, 128], depth);
    add(`blocks.${i}.mlp.up.weight`, [512, 128], depth * 1.8);
    add(`blocks.${i}.mlp.down.weight`, [128, 512], depth * 1.5);
    add(`blocks.${i}.norm.weight`, [128], depth * 0.2);
    add(`blocks.${i}.norm.bias`, [128], i % 3 === 0 ? 0 : depth * 0.3);
  }
  add('head.weight', [3, 128], 0.31);
  add('head.bias', [3], 0.55);
  const none = {
    relativeL2: null,
    cosine: null,
    maxAbs: null,
    meanAbs: null,
    changedShare: null,
    signFlips: null,
    nonFinite: null,
    stats: null,
  };
  add('gate.weight', [1, 128], 0.1, { change: 'added', left: null, ...none });
  add('old_head.weight', [3, 64], 0.1, { change: 'removed', right: null, ...none });
  add('pos.weight', [256, 128], 0.1, {
    right: { dtype: 'f32', shape: [512, 128] },
    ...none,
    note: 'shapes differ',
  });
  return tensors;
}

/** The items of `diff.model` in order, then its result. `blocks` sets the size of the model. */
export function fakeModelDiff(blocks = 12): {
  items: Item<'diff.model'>[];
  result: Output<'diff.model'>;
} {
  const tensors = fakeTensors(blocks);
  const parameters = tensors.reduce((sum, tensor) => sum + tensor.elements, 0);
  const model = (title: string) => ({
    title,
    format: 'safetensors',
    sizeBytes: parameters * 4,
    tensors: tensors.length - 1,
    parameters,
    metadata: { format: 'pt' },
    notes: [],
    badge: 'data' as const,
    findings: [],
  });
  const announced = tensors.map((tensor) => ({
    ...tensor,
    relativeL2: null,
    cosine: null,
    maxAbs: null,
    meanAbs: null,
    changedShare: null,
    signFlips: null,
    nonFinite: null,
    stats: null,
  }));
  const items: Item<'diff.model'>[] = [
    {
      kind: 'opened',
      left: model('02.6 models/model.safetensors'),
      right: model('02.7 models/model.safetensors'),
      tensors: announced,
    },
  ];
  const step = 8;
  for (let i = 0; i < tensors.length; i += step) {
    const batch = tensors.slice(i, i + step);
    const done = Math.min(i + step, tensors.length);
    items.push({
      kind: 'tensors',
      tensors: batch,
      progress: {
        phase: 'compare',
        done: done * 65_536,
        total: tensors.length * 65_536,
        unit: 'bytes',
      },
    });
  }
  return {
    items,
    result: {
      identical: false,
      relativeL2: 0.0431,
      changedTensors: tensors.filter((tensor) => (tensor.changedShare ?? 0) > 0).length,
      addedTensors: 1,
      removedTensors: 1,
      bytesRead: parameters * 8,
      durationMs: 412,
    },
  };
}

function stage(address: string, over: Partial<StageNode>): StageNode {
  return {
    address,
    name: address,
    file: 'dvc.yaml',
    kind: 'stage',
    command: `python src/${address}.py`,
    wdir: '.',
    desc: '',
    frozen: false,
    deps: [{ path: `src/${address}.py`, hash: hash(0x11), size: 2_310, files: null }],
    params: [],
    outs: [],
    state: 'fresh',
    reasons: [],
    ...over,
  };
}

export function fakePipeline(): PipelineGraph {
  const file = (path: string, n: number, size: number, count: number | null = null) => ({
    path,
    hash: count === null ? hash(n) : `${hash(n)}.dir`,
    size,
    files: count,
  });
  const out = (path: string, n: number, size: number, role: 'out' | 'metric' | 'plot' = 'out') => ({
    ...file(path, n, size),
    role,
    cached: role === 'out',
  });
  return {
    stages: [
      stage('data/penguins.csv.dvc', {
        name: 'penguins.csv',
        kind: 'data',
        file: 'data/penguins.csv.dvc',
        command: '',
        deps: [],
        outs: [out('data/penguins.csv', 0xb1, 13_478)],
      }),
      stage('prepare', {
        desc: 'Split the table into training and test rows.',
        params: [{ file: 'params.yaml', key: 'split.seed', value: '17' }],
        outs: [out('data/prepared', 0x21, 24_000)],
      }),
      stage('featurize', { outs: [out('data/features', 0x22, 88_120)] }),
      stage('augment', {
        frozen: true,
        state: 'frozen',
        outs: [out('data/augmented', 0x29, 91_000)],
      }),
      stage('train', {
        command: 'python src/train.py --data data/features --out models/model.safetensors',
        state: 'stale',
        params: [
          { file: 'params.yaml', key: 'train.lr', value: '0.003' },
          { file: 'params.yaml', key: 'train.depth', value: '4' },
        ],
        outs: [
          out('models/model.safetensors', 0xc2, 1_258_340),
          out('metrics/train.json', 0x24, 312, 'metric'),
        ],
        reasons: [
          {
            kind: 'param modified',
            subject: 'train.lr',
            detail: 'train.lr changed from 0.01 to 0.003',
          },
          { kind: 'dep modified', subject: 'src/train.py', detail: 'src/train.py was modified' },
        ],
      }),
      stage('evaluate', {
        state: 'upstream stale',
        outs: [
          out('metrics/eval.json', 0x25, 188, 'metric'),
          out('plots/roc.json', 0x26, 4_096, 'plot'),
        ],
        reasons: [{ kind: 'upstream', subject: 'train', detail: 'train will run again' }],
      }),
      stage('report', {
        state: 'failed',
        command: 'python src/report.py && test -s report.html',
        outs: [out('report.html', 0x27, 0)],
        reasons: [
          { kind: 'out missing', subject: 'report.html', detail: 'report.html is missing' },
        ],
      }),
    ],
    edges: [
      { from: 'data/penguins.csv.dvc', to: 'prepare', path: 'data/penguins.csv' },
      { from: 'prepare', to: 'featurize', path: 'data/prepared' },
      { from: 'prepare', to: 'augment', path: 'data/prepared' },
      { from: 'featurize', to: 'train', path: 'data/features' },
      { from: 'augment', to: 'train', path: 'data/augmented' },
      { from: 'train', to: 'evaluate', path: 'models/model.safetensors' },
      { from: 'featurize', to: 'evaluate', path: 'data/features' },
      { from: 'evaluate', to: 'report', path: 'metrics/eval.json' },
    ],
    problem: null,
  };
}

export const fakePipelineParams: Output<'pipeline.params'> = {
  params: [
    { file: 'params.yaml', key: 'split.seed', value: '17' },
    { file: 'params.yaml', key: 'train.lr', value: '0.003' },
    { file: 'params.yaml', key: 'train.depth', value: '4' },
    { file: 'params.yaml', key: 'train.epochs', value: '40' },
  ],
};

export const fakeBundlePreview: Output<'bundles.preview'> = {
  suggestedName: 'penguins-02.7.cairn.zip',
  files: [
    { path: 'src/train.py', size: 2_310, role: 'code', available: true, tracked: null },
    { path: 'src/net.py', size: 1_040, role: 'code', available: true, tracked: null },
    { path: 'dvc.yaml', size: 802, role: 'code', available: true, tracked: null },
    { path: 'params.yaml', size: 96, role: 'code', available: true, tracked: null },
    {
      path: 'data/penguins.csv',
      size: 13_478,
      role: 'input',
      available: true,
      tracked: 'data/penguins.csv',
    },
    {
      path: 'data/images',
      size: 10_014_870,
      role: 'input',
      available: true,
      tracked: 'data/images',
    },
    { path: 'data/teacher.bin', size: 812_000_000, role: 'input', available: false, tracked: null },
    {
      path: 'models/model.safetensors',
      size: 1_258_340,
      role: 'output',
      available: true,
      tracked: 'models/model.safetensors',
    },
    {
      path: 'metrics/eval.json',
      size: 188,
      role: 'output',
      available: true,
      tracked: 'metrics/eval.json',
    },
    { path: 'environment.json', size: 18_220, role: 'environment', available: true, tracked: null },
    { path: 'logs/train.log', size: 48_004, role: 'log', available: true, tracked: null },
    { path: 'ro-crate-metadata.json', size: null, role: 'record', available: true, tracked: null },
  ],
};

export function fakeVerify(path: string, broken: boolean): Output<'bundles.verify'> {
  return {
    path,
    ok: !broken,
    files: 21,
    bytes: 11_402_331,
    problems: broken
      ? [
          {
            path: 'models/model.safetensors',
            state: 'altered',
            detail: 'SHA-256 is 3f2a… and should be 9c41….',
          },
          {
            path: 'logs/train.log',
            state: 'missing',
            detail: 'Listed in the manifest, not in the file.',
          },
        ]
      : [],
    omitted: [{ path: 'data/teacher.bin', size: 812_000_000, reason: 'left out by the author' }],
    run: {
      id: 'a'.repeat(32),
      label: '02.7',
      name: 'wider-net',
      command: 'cairn repro',
      createdAt: at,
    },
  };
}

export function fakeReproduce(): Output<'bundles.reproduce'> {
  return {
    ok: false,
    folder: '/home/ada/reproduced/penguins-02.7',
    exitCode: 0,
    durationMs: 192_400,
    outputs: [
      {
        path: 'data/features',
        verdict: 'identical',
        expected: hash(0x22),
        actual: hash(0x22),
        detail: '',
      },
      {
        path: 'models/model.safetensors',
        verdict: 'within tolerance',
        expected: hash(0xc2),
        actual: hash(0xc3),
        detail: 'largest relative difference 3.1e-8',
      },
      {
        path: 'metrics/eval.json',
        verdict: 'different',
        expected: hash(0x25),
        actual: hash(0x28),
        detail: 'accuracy 0.9473, was 0.9412',
      },
      {
        path: 'report.html',
        verdict: 'missing',
        expected: hash(0x27),
        actual: null,
        detail: 'was not written',
      },
      {
        path: 'plots/roc.json',
        verdict: 'skipped',
        expected: null,
        actual: null,
        detail: 'not in the bundle',
      },
    ],
    environment: [
      'numpy 2.3.1 here, 2.4.0 in the bundle',
      'no GPU here, NVIDIA A100 80GB in the bundle',
    ],
    log: 'prepare: done\ntrain: done\n',
  };
}

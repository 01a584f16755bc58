import { describe, expect, it } from 'vitest';
import { buildGraph, loadPipeline, pointsFiles } from '../../../src-main/pipelines/index.ts';
import { errorOf, workspaceOf } from './fixture.ts';

const load = (files: Record<string, string>) => loadPipeline(workspaceOf(files));

describe('reading a pipeline', () => {
  it('reads stages with every kind of entry', async () => {
    const { stages, declared } = await load({
      'dvc.yaml': `
stages:
  train:
    desc: fits
    wdir: src
    cmd:
      - python a.py
      - python b.py
    deps: [a.py, ../data/]
    params:
      - lr
      - other.json: [x, y.z]
      - whole.toml:
    outs:
      - model.bin: {persist: true}
    metrics:
      - m.json: {cache: false}
    plots:
      - p.csv: {x: step}
metrics: [dvclive/metrics.json]
`,
    });
    const [train] = stages;
    expect(train).toMatchObject({
      address: 'train',
      wdir: 'src',
      desc: 'fits',
      commands: ['python a.py', 'python b.py'],
      deps: [
        { path: 'src/a.py', declared: 'a.py', reach: 'workspace' },
        { path: 'data', declared: '../data/', reach: 'workspace' },
      ],
      params: [
        { file: 'src/params.yaml', declared: 'params.yaml', keys: ['lr'] },
        { file: 'src/other.json', keys: ['x', 'y.z'] },
        { file: 'src/whole.toml', keys: null },
      ],
      outs: [
        { path: 'src/model.bin', role: 'out', cache: true, persist: true },
        { path: 'src/m.json', role: 'metric', cache: false, persist: false },
        { path: 'src/p.csv', role: 'plot', cache: true },
      ],
    });
    expect(declared.metrics).toEqual(['dvclive/metrics.json']);
  });

  it('splits a command of several lines, each with a shell of its own', async () => {
    const { stages } = await load({
      'dvc.yaml': 'stages:\n  a:\n    cmd: |\n      one\n\n      two\n',
    });
    expect(stages[0]?.commands).toEqual(['one', 'two']);
    expect(stages[0]?.cmd).toBe('one\n\ntwo\n');
  });

  it('finds every file except what .dvcignore, .gitignore and outputs leave out', async () => {
    const stage = (out: string) => `stages:\n  s:\n    cmd: x\n    outs: [${out}]\n`;
    const { stages } = await load({
      'dvc.yaml': stage('data'),
      'sub/dvc.yaml': stage('o'),
      'sub/raw.csv.dvc': 'outs:\n- md5: a\n  path: raw.csv\n',
      'data/dvc.yaml': stage('inside-an-output'),
      'ignored/dvc.yaml': stage('p'),
      'venv/dvc.yaml': stage('q'),
      'venv/keep/dvc.yaml': stage('r'),
      '.dvcignore': 'ignored\n',
      '.gitignore': '/venv/\n',
    });
    expect(stages.map((one) => one.address)).toEqual(['s', 'sub/dvc.yaml:s', 'sub/raw.csv.dvc']);
  });

  it('is empty without a pipeline', async () => {
    expect((await load({ 'a.txt': '' })).stages).toEqual([]);
  });
});

it('reads hostile texts in time that follows their size', async () => {
  const started = performance.now();
  const nested = '${'.repeat(100_000);
  const spaces = `a${' '.repeat(300_000)}b`;
  await load({ 'dvc.yaml': `stages:\n  a:\n    cmd: '${nested}'\n    desc: ${spaces}\n` });
  await load({ 'dvc.yaml': `stages:\n  a:\n    cmd: "${nested}\\n}"\n` });
  expect(performance.now() - started).toBeLessThan(5000);
});

describe('what is wrong in dvc.yaml is told with its place', () => {
  const wrong = async (text: string, more: Record<string, string> = {}) => {
    const error = await errorOf(
      load({ 'dvc.yaml': text, ...more }).then((pipeline) => buildGraph(pipeline.stages)),
    );
    const { line, column } = error.place ?? {};
    expect(error.message.startsWith(`dvc.yaml:${line}:${column}: `)).toBe(true);
    expect(error.code).toBe('invalid');
    return { at: [line, column], message: error.message };
  };

  it.each([
    ['a syntax error', 'stages:\n  a:\n    cmd: [x\n', /./, null],
    ['an unknown key', 'stages:\n  a:\n    cmd: x\n    out: [y]\n', /“out”.*“outs”/, [4, 5]],
    ['an unknown top key', 'stage:\n  a: 1\n', /Did you mean “stages”/, [1, 1]],
    ['a missing command', 'stages:\n  a:\n    deps: [x]\n', /needs “cmd”/, [2, 3]],
    ['a wrong type', 'stages:\n  a:\n    cmd: x\n    deps: y\n', /“deps” must be a list/, [4, 5]],
    [
      'a number as a path',
      'stages:\n  a:\n    cmd: x\n    deps: [1]\n',
      /item 1 of “deps”/,
      [4, 12],
    ],
    ['a flag as text', 'stages:\n  a:\n    cmd: x\n    frozen: "no"\n', /true or false/, [4, 5]],
    ['an empty command', 'stages:\n  a:\n    cmd: " "\n', /empty/, [3, 5]],
    ['a key twice', 'stages:\n  a:\n    cmd: x\n  a:\n    cmd: y\n', /“a” is here twice/, [4, 3]],
    ['no mapping', '- a\n', /must be a mapping/, [1, 1]],
    [
      'a dep on itself',
      'stages:\n  a:\n    cmd: x\n    deps: [d/x]\n    outs: [d]\n',
      /its own outputs/,
      [4, 12],
    ],
    [
      'a cycle',
      'stages:\n  a:\n    cmd: x\n    deps: [y]\n    outs: [z]\n  b:\n    cmd: x\n    deps: [z]\n    outs: [y]\n',
      /circle: (a → b → a|b → a → b)/,
      null,
    ],
    [
      'outputs in each other',
      'stages:\n  a:\n    cmd: x\n    outs: [d]\n  b:\n    cmd: x\n    outs: [d/e]\n',
      /“d\/e” of b lies in output “d” of a \(dvc.yaml:4\)/,
      [7, 12],
    ],
    [
      'an output twice',
      'stages:\n  a:\n    cmd: x\n    outs: [d]\n  b:\n    cmd: x\n    outs: [./d]\n',
      /also an output of a/,
      [7, 12],
    ],
    [
      'a cached output outside',
      'stages:\n  a:\n    cmd: x\n    outs: [../d]\n',
      /outside/,
      [4, 12],
    ],
    ['an unknown value', `stages:\n  a:\n    cmd: x \${nope}\n`, /no value “nope”/, [3, 5]],
    ['a broken expression', `stages:\n  a:\n    cmd: x \${a b[}\n`, /cannot be read/, [3, 5]],
    ['an expression that is empty', `stages:\n  a:\n    cmd: x \${}\n`, /cannot be read/, [3, 5]],
    [
      'a vars file that is not there',
      'vars: [gone.yaml]\nstages: {}\n',
      /gone\.yaml does not exist/,
      [1, 8],
    ],
    [
      'foreach over a text',
      'stages:\n  a:\n    foreach: x\n    do: {cmd: y}\n',
      /list or a mapping/,
      [3, 5],
    ],
  ])('%s', async (_name, text, sentence, place) => {
    const found = await wrong(text);
    expect(found.message).toMatch(sentence);
    if (place !== null) expect(found.at).toEqual(place);
  });

  it('a value that is defined twice', async () => {
    const { message } = await wrong('vars:\n- lr: 2\nstages: {}\n', { 'params.yaml': 'lr: 1\n' });
    expect(message).toMatch(/“lr” of dvc\.yaml vars\[0\] is already defined in params\.yaml/);
  });

  it('takes for points over steps only what is drawn as such', async () => {
    const { stages } = await load({
      'dvc.yaml': `
stages:
  evaluate:
    cmd: x
    metrics: [m.csv]
    plots:
      - plain.csv
      - epochs.csv: {x: val/epoch}
      - roc.csv: {x: fpr, y: tpr}
      - classes.csv: {template: confusion, x: step}
      - bars.tsv: {template: bar_horizontal}
`,
    });
    const [evaluate] = stages;
    if (evaluate === undefined) throw new Error('there is no stage');
    expect(pointsFiles(evaluate)).toEqual(['m.csv', 'plain.csv', 'epochs.csv']);
  });
});

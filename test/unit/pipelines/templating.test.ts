import { describe, expect, it } from 'vitest';
import { loadPipeline } from '../../../src-main/pipelines/index.ts';
import { quote } from '../../../src-main/pipelines/interpolate.ts';
import { errorOf, workspaceOf } from './fixture.ts';

const load = async (dvcYaml: string, files: Record<string, string> = {}) => {
  const root = workspaceOf({ 'dvc.yaml': dvcYaml, ...files });
  return (await loadPipeline(root, { platform: 'linux' })).stages;
};
const commands = async (dvcYaml: string, files: Record<string, string> = {}) =>
  Object.fromEntries((await load(dvcYaml, files)).map((stage) => [stage.name, stage.cmd]));

// test/interop/dvc-agreement.test.ts holds the same against the real DVC.
describe('templating', () => {
  it('prints values as Python does', async () => {
    const params = 'a: 0.10\nb: 1e-5\nc: true\nd: 1\ne: 1.0\nf:\ng: x\nl: [p, {q: r}]\n';
    const text = `\${a} \${b} \${c} \${d} \${e} \${f} \${g} \${l[0]} \${l.1.q} \${l[-1].q}`;
    expect(await commands(`stages:\n  s:\n    cmd: ${text}\n`, { 'params.yaml': params })).toEqual({
      s: '0.1 1e-05 true 1 1.0 None x p r r',
    });
  });

  it('leaves what is escaped, and what is no expression', async () => {
    expect(await commands(`stages:\n  s:\n    cmd: 'echo \\\${HOME} $X \${'\n`)).toEqual({
      s: `echo \${HOME} $X \${`,
    });
  });

  it('prints a dict as arguments, by the configuration', async () => {
    const files = {
      'params.yaml': "o: {lr: 0.1, on: true, off: false, n: 'a b', l: [1, x], d: {e: 2}}\n",
    };
    const yaml = `stages:\n  s:\n    cmd: run \${o}\n`;
    expect(await commands(yaml, files)).toEqual({
      s: "run --lr 0.1 --on --n 'a b' --l 1 x --d.e 2",
    });
    const config = '[parsing]\n  bool = boolean_optional\n  list = append\n';
    expect(await commands(yaml, { ...files, '.dvc/config': config })).toEqual({
      s: "run --lr 0.1 --on --no-off --n 'a b' --l 1 --l x --d.e 2",
    });
  });

  it('takes vars from files, parts of files, and inline; a stage has its own', async () => {
    const yaml = `
vars: ["v.yaml:x,y", {z: {w: 3}}]
stages:
  s:
    wdir: sub
    vars: [more.json]
    cmd: \${x} \${y.k} \${z.w} \${m}
  t:
    cmd: e \${x}
`;
    const files = { 'v.yaml': 'x: 1\ny: {k: 2}\nhidden: 9\n', 'sub/more.json': '{"m": 4.0}' };
    expect(await commands(yaml, files)).toEqual({ s: '1 2 3 4.0', t: 'e 1' });
  });

  it('multiplies foreach over values, dicts and composites', async () => {
    const yaml = `
stages:
  a: {foreach: [x, 1, 2.50, true], do: {cmd: "e \${item}"}}
  b: {foreach: {k: {v: 1}, l: {v: 2}}, do: {cmd: "e \${key} \${item.v}"}}
  c: {foreach: [{v: 1}, {v: 2}], do: {cmd: "e \${item.v}"}}
`;
    expect(await commands(yaml)).toEqual({
      'a@x': 'e x',
      'a@1': 'e 1',
      'a@2.5': 'e 2.5',
      'a@true': 'e true',
      'b@k': 'e k 1',
      'b@l': 'e l 2',
      'c@0': 'e 1',
      'c@1': 'e 2',
    });
  });

  it('multiplies a matrix out, naming composites by axis and index', async () => {
    const yaml = `
stages:
  m:
    matrix:
      model: [cnn, {deep: 3}]
      f: \${features}
    cmd: e \${item.f} \${key}
    outs: ["o-\${key}"]
`;
    const stages = await load(yaml, { 'params.yaml': 'features: [1, 2]\n' });
    expect(stages.map((stage) => [stage.name, stage.cmd, stage.outs[0]?.path])).toEqual([
      ['m@cnn-1', 'e 1 cnn-1', 'o-cnn-1'],
      ['m@cnn-2', 'e 2 cnn-2', 'o-cnn-2'],
      ['m@model1-1', 'e 1 model1-1', 'o-model1-1'],
      ['m@model1-2', 'e 2 model1-2', 'o-model1-2'],
    ]);
  });

  it.each([
    ['a list in a text', `cmd: \${l}`, /is a list/],
    ['a dict outside of cmd', `cmd: x\n    wdir: \${d}`, /is a mapping/],
    ['expressions in vars', `cmd: x\n    vars: ["\${l[0]}.yaml"]`, /cannot use expressions/],
  ])('refuses %s', async (_name, body, sentence) => {
    const work = load(`stages:\n  s:\n    ${body}\n`, { 'params.yaml': 'l: [1]\nd: {a: 1}\n' });
    expect((await errorOf(work)).message).toMatch(sentence);
  });

  it('does not explode', async () => {
    const axis = Array.from({ length: 100 }, (_, index) => index).join(', ');
    const yaml = `stages:\n  m:\n    matrix:\n      a: [${axis}]\n      b: [${axis}]\n      c: [${axis}]\n    cmd: x\n`;
    expect((await errorOf(load(yaml))).message).toMatch(/more than 100000 combinations/);
  });
});

describe('quoting shell words', () => {
  it.each([
    ['a b', 'linux', "'a b'"],
    ["it's", 'linux', `'it'"'"'s'`],
    ['', 'linux', "''"],
    ['a-b_c./:=@%+,1', 'linux', 'a-b_c./:=@%+,1'],
    ['a b', 'win32', '"a b"'],
    ['say "x"', 'win32', '"say \\"x\\""'],
    ['C:\\dir\\', 'win32', 'C:\\dir\\'],
    ['C:\\my dir\\', 'win32', '"C:\\my dir\\\\"'],
  ] as const)('%s on %s', (word, platform, quoted) => {
    expect(quote(word, platform)).toBe(quoted);
  });
});

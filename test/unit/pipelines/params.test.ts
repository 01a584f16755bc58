import { describe, expect, it } from 'vitest';
import {
  applySetParams,
  flattenParams,
  parseParams,
  parseSetParam,
} from '../../../src-main/pipelines/index.ts';

describe('params files', () => {
  it.each([
    ['params.yaml', 'lr: 1.0\nn: 1\nm:\n  d: 1e-3\n  l: [1, 2.5]\n'],
    ['params.json', '{"lr": 1.0, "n": 1, "m": {"d": 1e-3, "l": [1, 2.5]}}'],
    ['params.toml', 'lr = 1.0\nn = 1\n[m]\nd = 1e-3\nl = [1, 2.5]\n'],
    [
      'params.py',
      'lr = 1.0\nn: int = 1  # x\nclass m:\n    d = 1e-3\n    l = [\n        1, 2.5]\n',
    ],
  ])('%s tells floats from ints and finds dotted keys', (name, text) => {
    const params = parseParams(text, name);
    expect(String(params.find('lr')?.value)).toMatch(/^1\.0$/);
    expect(params.find('n')?.value).toBe(1);
    expect(String(params.find('m.d')?.value)).toMatch(/^(1e-3|0\.001)$/);
    expect(String(params.find('m.l.1')?.value)).toBe('2.5');
    expect(params.find('m.x')).toBeUndefined();
    expect(params.find('n.x')).toBeUndefined();
    expect(flattenParams(params.values).map((one) => one.key)).toEqual(['lr', 'n', 'm.d', 'm.l']);
  });

  it('reads Python without running it, and passes over what is no literal', () => {
    const text = `
"""a doc string: x = 1"""
import os
A = 'it''s' "b"
B = os.environ['X']
C = {'k': (1, -2.5, None), 2: True}
D = f(1)
E = """many
lines"""  # comment = 3
F = x = 2
if A:
    G = 1
class Net(Base):
    H = {1, 2}
    def __init__(self, I=3):
        self.J = 4
        K = 5
    def forward(self):
        self.L = 6
    M = 0x1f
N = 1 if A else 2
`;
    const { values } = parseParams(text, 'p.py');
    expect(JSON.parse(JSON.stringify(values))).toEqual({
      A: 'itsb',
      C: { k: [1, -2.5, null], '2': true },
      E: 'many\nlines',
      Net: { H: [1, 2], J: 4, M: 31 },
    });
  });

  it.each([
    ['params.yaml', 'a: [1\n', /^params\.yaml:\d+:\d+: /],
    ['params.json', '{\n "a": 1,\n "b" 2}', /^params\.json:3:\d+: not valid JSON/],
    ['params.toml', 'a = 1\nb = \n', /^params\.toml:2:\d+: not valid TOML/],
    ['params.yaml', '- a\n', /keys and values/],
  ])('says where %s is broken', (name, text, sentence) => {
    expect(() => parseParams(text, name)).toThrow(sentence);
  });
});

describe('setting params', () => {
  const set = (assignments: string[], files: Record<string, string>, candidates: string[] = []) =>
    Object.fromEntries(
      applySetParams(assignments.map(parseSetParam), candidates, (path) => files[path] ?? null),
    );

  it('changes the bytes of the value and no other', () => {
    const text = `# head
lr:   0.01      # the rate
model:  {depth: 3,   width: 8}   # flow
layers:
    - 1
    -   2 # two
name: 'old "x"'
empty:
`;
    const changed = set(['lr=3e-3', 'model.width=16', 'layers.1=5', 'name=new: #1', 'empty=x'], {
      'params.yaml': text,
    });
    expect(changed['params.yaml']).toBe(`# head
lr:   3e-3      # the rate
model:  {depth: 3,   width: 16}   # flow
layers:
    - 1
    -   5 # two
name: "new: #1"
empty: x
`);
  });

  it.each([
    [
      'p.json',
      '{\n  "a": 1,\n  "b": {"c": "x"}\n}\n',
      'b.c=y',
      '{\n  "a": 1,\n  "b": {"c": "y"}\n}\n',
    ],
    ['p.toml', 'a = 1 # x\n[t.u]\nb = "q" # y\n', 't.u.b=2.5', 'a = 1 # x\n[t.u]\nb = 2.5 # y\n'],
    [
      'p.py',
      'A = 1  # x\nclass N:\n    B = "a#b"  # y\n',
      'N.B=true',
      'A = 1  # x\nclass N:\n    B = True  # y\n',
    ],
    ['p.yaml', 'a: 1\r\nb: 2\r\n', 'a=7', 'a: 7\r\nb: 2\r\n'],
  ])('%s', (name, text, assignment, after) => {
    expect(set([`${name}:${assignment}`], { [name]: text })).toEqual({ [name]: after });
  });

  it('leaves a file alone that says so already', () => {
    expect(set(['a=1.0'], { 'params.yaml': 'a: 1\n' })).toEqual({});
  });

  it('finds the one other file that has the key', () => {
    const files = { 'params.yaml': 'a: 1\n', 'x.yaml': 'b: 1\n', 'y.yaml': 'c: 1\n' };
    expect(set(['c=2'], files, ['x.yaml', 'y.yaml'])).toEqual({ 'y.yaml': 'c: 2\n' });
    const both = { ...files, 'y.yaml': 'b: 1\n' };
    expect(() => set(['b=2'], both, ['x.yaml', 'y.yaml'])).toThrow(/x\.yaml and y\.yaml/);
  });

  it('refuses a key that is not there, unless it is to be added', () => {
    expect(() => set(['lrr=1'], { 'params.yaml': 'lr: 1\n' })).toThrow(/Did you mean “lr”/);
    expect(set(['+m.x=1'], { 'params.yaml': 'lr: 1 # c\n' })).toEqual({
      'params.yaml': 'lr: 1 # c\nm:\n  x: 1\n',
    });
    expect(() => set(['a=1'], {})).toThrow(/no params file params\.yaml/);
  });

  it.each(['novalue', '=1', ' =2'])('refuses “%s”', (text) => {
    expect(() => parseSetParam(text)).toThrow(/is not a param/);
  });

  it('keeps the file whole when the value would break out of its place', () => {
    const changed = set(['m.a=x, b: 2}'], { 'params.yaml': 'm: {a: 1}\n' });
    expect(changed['params.yaml']).toBe('m: {a: "x, b: 2}"}\n');
  });
});

/** DVC's own reading and judging of projects against ours, side by side. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HashCache, ObjectStore } from '../../src-main/cas/index.ts';
import { loadPipeline, pipelineStatus } from '../../src-main/pipelines/index.ts';
import { dvcProject, dvcStatus, type Project } from './project.ts';

const params = `lr: 0.10
tiny: 1e-5
big: 1e20
whole: 1.0
int: 1_000
octal: 017
binary: 0b11
on: true
none:
text: a b
list: [1, 2.50, x]
nested: {a: {b: [p, {q: r}]}}
options: {lr: 0.1, on: true, off: false, name: 'it''s', list: [1, x], deep: {e: 2.0}}
sizes: [64, 128]
models: {cnn: {layers: 3}, mlp: {layers: 2}}
`;

/** A dvc.yaml each, in a folder of its own beside the params above. */
const pipelines: Readonly<Record<string, string>> = {
  printing: `
stages:
  s:
    cmd: e \${lr} \${tiny} \${big} \${whole} \${int} \${octal} \${binary} \${on} \${none} \${text} \${list[1]} \${nested.a.b[1].q} \${nested.a.b.0}
`,
  escapes: `
stages:
  s:
    cmd: 'e \\\${HOME} $X \\\\\${lr} \${ lr }'
`,
  dict: `
stages:
  s:
    cmd: e \${options} end
`,
  keys: `
stages:
  s:
    cmd: e
    deps: ["in-\${int}", "./d/", "../x.txt"]
    params: [lr, nested.a, other.json: [k], whole.toml: null]
    outs: ["o-\${whole}", {"p-\${on}.txt": {persist: true, cache: false}}]
    metrics: [m.json: {cache: false}]
    plots: [p.csv: {x: step}, p.csv: {y: loss}]
    frozen: true
`,
  commands: `
stages:
  list:
    cmd: ["one \${lr}", two]
  block:
    cmd: |
      one
      two \${text}
`,
  foreach: `
stages:
  a: {foreach: "\${sizes}", do: {cmd: "e \${item}"}}
  b: {foreach: "\${models}", do: {cmd: "e \${key} \${item.layers}"}}
  c: {foreach: [x, 1.50, true, null], do: {cmd: "e \${item}"}}
  d: {foreach: [{v: 1}, {v: "\${lr}"}], do: {cmd: "e \${item.v}"}}
`,
  matrix: `
stages:
  m:
    matrix:
      size: \${sizes}
      model: [a, {deep: 3}]
      rate: [1e-3, 0.5]
    cmd: e \${item.size} \${item.rate} \${key}
    outs: ["o-\${key}"]
`,
  vars: `
vars: [more.yaml, "part.json:x,y", {local: {z: 1}}]
stages:
  s:
    wdir: sub
    vars: [inner.yaml]
    cmd: e \${extra} \${x} \${y.k} \${local.z} \${inner}
`,
};

describe('reading dvc.yaml', () => {
  it('makes the same stages as DVC', async () => {
    const project = dvcProject(onTestFinished);
    for (const [name, text] of Object.entries(pipelines)) {
      project.write(`${name}/dvc.yaml`, text);
      project.write(`${name}/params.yaml`, params);
    }
    project.write('vars/more.yaml', 'extra: 1e-3\n');
    project.write('vars/part.json', '{"x": 1.0, "y": {"k": null}, "lr": 5}');
    project.write('vars/sub/inner.yaml', 'inner: 007\n');
    const theirs = JSON.parse(
      project.run('python', join(import.meta.dirname, 'dvc_stages.py')),
    ) as Record<string, unknown>;
    const { stages } = await loadPipeline(project.root);
    const ours = Object.fromEntries(
      stages.map((stage) => [
        stage.address,
        {
          cmd: stage.cmd,
          deps: stage.deps.map((dep) => dep.declared),
          params: Object.fromEntries(stage.params.map((dep) => [dep.declared, dep.keys ?? []])),
          outs: stage.outs.map((out) => [out.declared, out.cache, out.persist]),
          frozen: stage.frozen,
        },
      ]),
    );
    expect(Object.keys(ours).length).toBeGreaterThan(20);
    expect(ours).toEqual(theirs);
  });
});

const workflow = `
stages:
  a:
    cmd: mkdir -p a && cp in.txt a/x.txt && echo 1 > a/y.txt
    deps: [in.txt]
    outs: [a/]
  b:
    cmd: cat a/x.txt > b.txt && echo '{"m":1}' > m.json
    deps: [a, src]
    params: [p, whole.yaml: null]
    outs: [b.txt]
    metrics: [m.json: {cache: false}]
  c:
    wdir: sub
    cmd: cp ../b.txt c.txt
    deps: [../b.txt]
    outs: [c.txt: {persist: true}]
  frozen:
    cmd: cp in.txt f.txt
    deps: [in.txt]
    outs: [f.txt]
    frozen: true
  always:
    cmd: echo always > w.txt
    outs: [w.txt]
    always_changed: true
`;

/** What a person may do to a project; each on top of the ones before. */
const changes: readonly [string, (project: Project) => void][] = [
  ['nothing', () => undefined],
  ['a dep', (p) => p.write('in.txt', 'changed')],
  ['the same dep back', (p) => p.write('in.txt', 'in')],
  ['a file in an output', (p) => p.write('a/y.txt', 'edited')],
  ['a file more in an output', (p) => p.write('a/z.txt', 'more')],
  ['an output gone', (p) => rmSync(join(p.root, 'b.txt'))],
  ['a param as an equal number', (p) => p.write('params.yaml', 'p: 1.0\nq: 2\n')],
  ['a param', (p) => p.write('params.yaml', 'p: 2\n')],
  ['a param gone', (p) => p.write('params.yaml', 'q: 2\n')],
  ['a params file gone', (p) => rmSync(join(p.root, 'params.yaml'))],
  ['a key more in a file tracked whole', (p) => p.write('whole.yaml', 'x: 1\ny: 2\n')],
  ['a metric', (p) => p.write('m.json', '{"m":2}')],
  [
    'a command',
    (p) => p.write('dvc.yaml', p.read('dvc.yaml').replace('cp ../b.txt', 'cp  ../b.txt')),
  ],
  ['a dep directory', (p) => p.write('src/new.py', '')],
  [
    'the object of an output',
    (p) => rmSync(join(p.root, '.dvc/cache/files/md5'), { recursive: true }),
  ],
  ['the output of a frozen stage', (p) => p.write('f.txt', 'mine')],
  ['the lock', (p) => rmSync(join(p.root, 'dvc.lock'))],
];

describe('judging what is stale', () => {
  it('agrees with dvc status after every kind of change', async () => {
    const project = dvcProject(onTestFinished);
    project.write('dvc.yaml', workflow);
    project.write('params.yaml', 'p: 1\nq: 2\n');
    project.write('whole.yaml', 'x: 1\n');
    project.write('in.txt', 'in');
    project.write('src/a.py', '');
    project.write('sub/keep', '');
    project.run('dvc', 'unfreeze', 'frozen');
    project.run('dvc', 'repro');
    project.run('dvc', 'freeze', 'frozen');
    const cache = HashCache.open(join(project.root, '.dvc/tmp/cairn-hashes.db'));
    onTestFinished(() => cache.close());
    const objects = new ObjectStore(join(project.root, '.dvc/cache/files/md5'));
    for (const [name, change] of changes) {
      change(project);
      const status = await pipelineStatus({ root: project.root, cache, objects });
      const ours = status.stages
        .filter((stage) => stage.reasons.some((reason) => reason.kind !== 'upstream'))
        .map((stage) => stage.address);
      expect([name, ...ours.sort()]).toEqual([name, ...Object.keys(dvcStatus(project)).sort()]);
    }
  });
});

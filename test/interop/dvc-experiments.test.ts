/** What the real `dvc exp` and its queue leave in Git and in `.dvc/tmp`, read as runs. */
import { setTimeout } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { Repository } from '../../src-main/git/index.ts';
import { createDvcExperiments } from '../../src-main/importers/index.ts';
import { Gathering } from '../support/importer.ts';
import { dvcProject } from './project.ts';

const training = `
import json, os, yaml
params = yaml.safe_load(open("params.yaml"))
if params["lr"] > 0.8: raise SystemExit("too high")
os.makedirs("dvclive/plots/metrics/train", exist_ok=True)
with open("dvclive/plots/metrics/train/loss.tsv", "w") as table:
    table.write("step\\tloss\\n")
    for step in range(4): table.write(f"{step}\\t{params['lr'] / (step + 1)}\\n")
json.dump({"acc": 1 - params["lr"], "val": {"f1": 0.5}}, open("metrics.json", "w"))
`;
const pipeline = `
stages:
  train:
    cmd: python train.py
    deps: [train.py]
    params: [lr, net]
    metrics: [metrics.json: {cache: false}]
    plots: [dvclive/plots: {cache: false}]
`;

it('reads experiments and tasks with what they changed', { timeout: 240_000 }, async () => {
  const project = dvcProject(afterAll);
  project.write('train.py', training);
  project.write('dvc.yaml', pipeline);
  project.write('params.yaml', 'lr: 0.1\nnet:\n  depth: 3\n');
  project.commit('Begin');
  project.run('dvc', 'repro', '-q');
  project.commit('Reproduced');
  const baseline = project.run('git', 'rev-parse', 'HEAD').trim();
  project.run('dvc', 'exp', 'run', '-q', '-n', 'tuned', '-S', 'lr=0.2');
  project.run('git', 'reset', '-q', '--hard');
  for (const [name, ...set] of [
    ['deeper', '-S', 'net.depth=5'],
    ['broken', '-S', 'lr=0.9'],
  ]) {
    project.run('dvc', 'exp', 'run', '-q', '--queue', '-n', name as string, ...set);
  }
  const repository = await Repository.open(project.root);
  if (repository === null) throw new Error('no repository');
  afterAll(() => repository.close());
  const importer = createDvcExperiments({ repository });
  const gathering = new Gathering();
  await gathering.read(importer, project.root);
  const run = (name: string) => gathering.runs.get(`${baseline}/${name}`);
  expect(run('tuned')).toMatchObject({
    name: 'tuned',
    status: 'FINISHED',
    command: 'dvc exp run -S lr=0.2',
    commit: baseline,
    snapshot: project
      .run('git', 'rev-parse', `refs/exps/${baseline.slice(0, 2)}/${baseline.slice(2)}/tuned`)
      .trim(),
    params: { 'params.yaml:lr': '0.2', 'params.yaml:net.depth': '3' },
    tags: { 'dvc.baseline': baseline, 'dvc.changed': 'lr=0.2' },
    series: {
      'train/loss': [0, 1, 2, 3].map((step) => [step, expect.any(Number), 0.2 / (step + 1)]),
      acc: [[0, expect.any(Number), 0.8]],
      'val.f1': [[0, expect.any(Number), 0.5]],
    },
  });
  expect(run('deeper')).toMatchObject({ status: 'SCHEDULED', commit: baseline });
  expect(run('broken')).toMatchObject({ status: 'SCHEDULED', tags: { 'dvc.changed': 'lr=0.9' } });
  await gathering.read(importer, project.root);
  expect(gathering.handedOver).toBe(0);

  project.run('dvc', 'queue', 'start', '-j', '1');
  try {
    for (let waited = 0; waited < 100; waited += 1) {
      await gathering.read(importer, project.root);
      if (run('deeper')?.status === 'FINISHED' && run('broken')?.status === 'FAILED') break;
      await setTimeout(1000);
    }
  } finally {
    project.run('dvc', 'queue', 'stop', '--kill');
  }
  expect(run('deeper')).toMatchObject({
    status: 'FINISHED',
    tags: { 'dvc.changed': 'net.depth=5' },
    series: { acc: [[0, expect.any(Number), 0.9]] },
  });
  expect(run('broken')).toMatchObject({
    status: 'FAILED',
    tags: { error: expect.stringMatching(/failed to reproduce 'train'/) },
    series: {},
  });
  project.run('dvc', 'exp', 'remove', 'tuned');
  await gathering.read(importer, project.root);
  expect(run('tuned')).toBeUndefined();
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Repository } from '../../../src-main/git/index.ts';
import { createDvcExperiments } from '../../../src-main/importers/index.ts';
import { cleanMachine, commit, git, initRepository } from '../../support/git.ts';
import { Gathering } from '../../support/importer.ts';
import { tempFolder } from '../../support/temp.ts';

const lock = (lr: string) => `schema: '2.0'
stages:
  train:
    cmd: python train.py
    params:
      params.yaml:
        lr: ${lr}
    outs:
    - path: metrics.json
`;

async function project() {
  const root = initRepository(tempFolder());
  const baseline = commit(root, {
    'params.yaml': 'lr: 0.1\ndepth: 3\n',
    'dvc.lock': lock('0.1'),
    'metrics.json': '{"acc": 0.9}',
  });
  const experiment = (name: string, files: Readonly<Record<string, string | Buffer>>) => {
    git(root, 'checkout', '-q', '--detach', baseline);
    const oid = commit(root, files, 'dvc: commit experiment');
    git(root, 'update-ref', `refs/exps/${baseline.slice(0, 2)}/${baseline.slice(2)}/${name}`, oid);
    git(root, 'checkout', '-q', 'main');
    return oid;
  };
  const repository = await Repository.open(root, cleanMachine);
  if (repository === null) throw new Error('no repository');
  onTestFinished(() => repository.close());
  const importer = createDvcExperiments({ repository });
  return { root, baseline, experiment, importer };
}

describe('experiments', () => {
  it('are found only where there are any', async () => {
    const { root, importer, experiment } = await project();
    expect(await new Gathering().read(importer, root)).toEqual([]);
    experiment('one', { 'params.yaml': 'lr: 0.2\n' });
    expect(await new Gathering().read(importer, root)).toEqual(['.dvc']);
  });

  it('are read again only when their ref moved', async () => {
    const { root, importer, experiment, baseline } = await project();
    const gathering = new Gathering();
    for (const name of ['one', 'two'])
      experiment(name, { 'params.yaml': `lr: 0.2\nname: ${name}\n` });
    await gathering.read(importer, root);
    expect(gathering.handedOver).toBe(2);
    git(root, 'pack-refs', '--all');
    await gathering.read(importer, root);
    expect(gathering.handedOver).toBe(0);
    const oid = experiment('one', {
      'params.yaml': 'lr: 0.5\n',
      'dvc.lock': lock('0.5'),
      'metrics.json': '{"acc": NaN}',
    });
    await gathering.read(importer, root);
    expect(gathering.handedOver).toBe(1);
    expect(gathering.runs.get(`${baseline}/one`)).toMatchObject({
      commit: baseline,
      snapshot: oid,
      dirtyFiles: ['dvc.lock', 'metrics.json', 'params.yaml'],
      tags: { 'dvc.changed': 'lr=0.5' },
      series: { acc: [[0, expect.any(Number), Number.NaN]] },
    });
  });

  it('survive anything in their files', async () => {
    const { root, importer, experiment } = await project();
    let number = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          'params.yaml',
          'dvc.yaml',
          'dvc.lock',
          'metrics.json',
          'dvclive/plots/metrics/a.tsv',
        ),
        fc.oneof(
          fc.uint8Array().map(Buffer.from),
          fc.json().map(Buffer.from),
          fc.constant(
            Buffer.from(
              'stages: {train: {wdir: ../../.., metrics: [/etc/passwd, ../x.json], outs: 7}}',
            ),
          ),
        ),
        async (path, content) => {
          experiment(`damaged-${number++}`, { [path]: content });
          const gathering = new Gathering();
          await gathering.read(importer, root);
          expect(gathering.runs.size).toBe(number);
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe('tasks of the queue', () => {
  const message = (baseline: string, name: string) =>
    `commit: dvc-exp:${baseline}:${baseline}:${name}`;

  async function withTasks() {
    const made = await project();
    const { root, baseline } = made;
    const file = commit(root, { 'params.yaml': 'lr: 0.9\ndepth: 3\n' }, 'as a stash');
    git(root, 'reset', '-q', '--hard', baseline);
    const logs = join(root, '.git/logs/refs/exps/celery');
    mkdirSync(logs, { recursive: true });
    git(root, 'update-ref', 'refs/exps/celery/failed', file);
    const line = `${'0'.repeat(40)} ${file} Ada <ada@example.org> 1700000000 +0100\t`;
    writeFileSync(
      join(logs, 'failed'),
      `${line}${message(baseline, 'broken')}\nrubbish\n${line}rubbish\n`,
    );
    const folder = join(root, '.dvc/tmp/exps/run', file);
    mkdirSync(folder, { recursive: true });
    return { ...made, folder, file };
  }

  it('show what failed, with the end of its log', async () => {
    const { root, importer, baseline, folder, file } = await withTasks();
    writeFileSync(join(folder, `${file}.json`), '{"pid": 1, "returncode": 255}');
    writeFileSync(join(folder, `${file}.out`), `${'x'.repeat(9000)}\nERROR: it broke\n\n`);
    const gathering = new Gathering();
    await gathering.read(importer, root);
    expect(gathering.runs.get(`${baseline}/broken`)).toMatchObject({
      status: 'FAILED',
      createdAt: 1_700_000_000_000,
      artifactRoot: `.dvc/tmp/exps/run/${file}`,
      params: { 'params.yaml:lr': '0.9' },
      tags: { error: 'ERROR: it broke', 'dvc.changed': 'lr=0.9' },
    });
  });

  it('tell one that runs from one whose process is gone', async () => {
    const { root, importer, baseline, folder, file } = await withTasks();
    writeFileSync(join(root, '.git/logs/refs/exps/celery/failed'), '');
    const info = { name: 'going', baseline_rev: baseline, status: 2, location: 'dvc-task' };
    writeFileSync(join(folder, `${file}.run`), JSON.stringify(info));
    writeFileSync(join(folder, `${file}.json`), JSON.stringify({ pid: process.pid }));
    const gathering = new Gathering();
    await gathering.read(importer, root);
    expect(gathering.runs.get(`${baseline}/going`)).toMatchObject({
      status: 'RUNNING',
      endedAt: null,
    });
    writeFileSync(join(folder, `${file}.json`), JSON.stringify({ pid: 2147483646 }));
    await gathering.read(importer, root);
    expect(gathering.runs.get(`${baseline}/going`)?.status).toBe('KILLED');
  });

  it('survive anything in their files', async () => {
    const { root, importer, folder, file } = await withTasks();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('run', 'json', 'out', 'pid'),
        fc.oneof(fc.uint8Array().map(Buffer.from), fc.json().map(Buffer.from)),
        async (suffix, content) => {
          writeFileSync(join(folder, `${file}.${suffix}`), content);
          await new Gathering().read(importer, root);
        },
      ),
      { numRuns: 30 },
    );
  });
});

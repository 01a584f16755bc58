/** A notebook run by Cairn's command with the real papermill: MLflow inside, handed over, run again. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { ReproduceReport, VerifyReport } from '../../src-main/contract/bundles.ts';
import type { RunDetail } from '../../src-main/contract/runs.ts';
import { parseNotebook } from '../../src-main/formats/ipynb.ts';
import { gitProject } from '../support/cairn.ts';
import { tempFolder } from '../support/temp.ts';
import { userFolders } from '../support/workspace.ts';

const checkout = join(import.meta.dirname, '../..');
const environment = join(checkout, '.venv/notebooks');
const programs = join(environment, process.platform === 'win32' ? 'Scripts' : 'bin');
beforeAll(() => {
  if (existsSync(environment)) return;
  throw new Error('The Python tools are missing: run “node scripts/venv.mjs” first.');
});

const cell = (source: string, tags: string[] = []) => ({
  cell_type: 'code',
  execution_count: null,
  metadata: { tags },
  outputs: [],
  source,
});
const notebook = JSON.stringify({
  cells: [
    cell('lr = 0.5\nfolder = ""', ['parameters']),
    cell(
      'import mlflow\nmlflow.log_param("lr", lr)\nfor i in range(3): mlflow.log_metric("loss", lr / (i + 1), step=i)',
    ),
    cell('with open("result.txt", "w") as file: file.write(f"{lr} done")\nprint("end")'),
  ],
  metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
  nbformat: 4,
  nbformat_minor: 4,
});

it('logs to its own run, and comes out of its bundle as it went in', async () => {
  const folder = gitProject({ 'nb/train.ipynb': notebook });
  const folders = userFolders();
  const home = tempFolder();
  const env = {
    ...process.env,
    PATH: [programs, process.env.PATH ?? ''].join(delimiter),
    VIRTUAL_ENV: environment,
    HOME: home,
    USERPROFILE: home,
    CAIRN_DATA_DIR: folders.data,
    CAIRN_CACHE_DIR: folders.cache,
    CAIRN_CONFIG_DIR: folders.config,
    MLFLOW_TRACKING_URI: '',
  };
  const cairn = <T>(...args: string[]): T => {
    const [command = '', ...rest] = args;
    const all = [join(checkout, 'bin/cairn.js'), command, '--json', ...rest];
    const ended = spawnSync(process.execPath, all, { cwd: folder, env, encoding: 'utf8' });
    expect(ended.status, `${ended.stdout}\n${ended.stderr}`).toBe(0);
    return JSON.parse(ended.stdout) as T;
  };
  const params = ['-p', 'lr=1e-3', '-p', `folder=${join(home, 'data')}`];
  const run = cairn<RunDetail>('run', 'nb/train.ipynb', ...params);
  expect(run).toMatchObject({ kind: 'notebook', status: 'FINISHED', name: 'train' });
  // What the notebook logged says how Python writes it.
  expect(run.params.lr).toBe('0.001');
  expect(run.metrics).toMatchObject([{ key: 'loss', count: 3, lastStep: 2 }]);

  const bundle = join(tempFolder(), 'train.zip');
  cairn('export', run.label, '-o', bundle);
  expect(cairn<VerifyReport>('verify', bundle)).toMatchObject({ ok: true, omitted: [] });
  const into = join(tempFolder(), 'again');
  const report = cairn<ReproduceReport>('reproduce', bundle, '--into', into);
  expect(report).toMatchObject({ ok: true, exitCode: 0 });
  expect(report.outputs).toMatchObject([{ path: 'nb/result.txt', verdict: 'identical' }]);
  expect(report.log).toContain('[4/4]');
  expect(readFileSync(join(into, 'nb/result.txt'), 'utf8')).toBe('0.001 done');

  const unpacked = tempFolder();
  const unzip = ['-m', 'zipfile', '-e', bundle, unpacked];
  expect(spawnSync(join(programs, 'python'), unzip).status).toBe(0);
  const text = readFileSync(join(unpacked, 'executed/train.ipynb'), 'utf8');
  expect(text).not.toContain(JSON.stringify(home).slice(1, -1));
  const executed = parseNotebook(text, 'train.ipynb');
  expect(executed.cells[1]).toMatchObject({ tags: ['injected-parameters'] });
  expect(executed.cells[1]?.source).toContain('~');
  expect(executed.cells.at(-1)?.outputs).toEqual([
    { kind: 'text', text: 'end\n', stream: 'stdout' },
  ]);
}, 120_000);

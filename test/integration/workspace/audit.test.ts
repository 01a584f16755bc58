import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { auditFolder, openWorkspace } from '../../../src-main/workspace/index.ts';
import { commit, initRepository, writeFiles } from '../../support/git.ts';
import { tempFolder } from '../../support/temp.ts';
import { userFolders } from '../../support/workspace.ts';

async function audit(folder: string): Promise<string[]> {
  const items = await auditFolder(openWorkspace(folder, userFolders()));
  return items.map(({ kind, path, detail, problem }) =>
    [`${kind} ${path}`, detail, problem].filter((part) => part !== null && part !== '').join(' | '),
  );
}

it('recognises what a project is made of', async () => {
  const folder = initRepository(tempFolder());
  const head = commit(folder, {
    '.dvc/config': '[core]\n    remote = far\n[\'remote "far"\']\n    url = s3://bucket\n',
    'dvc.yaml': 'stages:\n  a: {cmd: x}\n  b: {cmd: y}\n',
    'dvc.lock': "schema: '2.0'\nstages:\n  a: {cmd: x}\n",
    'data/raw.dvc': `outs:\n- md5: ${'1'.repeat(32)}.dir\n  size: 2000000\n  nfiles: 12\n  path: raw\n`,
    'data/table.csv': 'a,b\n',
    'data/more.csv': 'a,b\n',
    'params.yaml': 'a: {b: 1, c: 2}\n',
    'metrics.json': '{"acc": 0.5}',
    'notebooks/10-last.ipynb':
      '{"cells": [{}, {}], "metadata": {"kernelspec": {"name": "python3"}}}',
    'notebooks/2-first.ipynb': '{"cells": []}',
    'notebooks/broken.ipynb': '{',
    'logs/a/events.out.tfevents.1.host': 'xx',
    'logs/b/events.out.tfevents.2.host': 'xx',
    'models/net.safetensors': 'x'.repeat(1500),
    'models/old.pkl': 'x',
    'pyproject.toml': '',
    'uv.lock': '',
    'node_modules/x/model.onnx': 'x',
    'mlruns/0/meta.yaml': '',
    'mlruns/1/meta.yaml': '',
    'venv/pyvenv.cfg': 'home = /usr\nversion = 3.12.1\n',
    'venv/lib/model.pt': 'x',
  });
  expect(await audit(folder)).toEqual([
    `git .git | on main, at ${head.slice(0, 7)}`,
    'dvc .dvc | remotes: far',
    'pipeline dvc.yaml | 2 stages',
    'lockfile dvc.lock | 1 stage',
    'lockfile uv.lock | 0 B',
    'data data/raw.dvc | tracked by DVC: data/raw, 2.0 MB, 12 files',
    'data data | 2 files of data, 8 B',
    'params params.yaml | 2 values',
    'metrics metrics.json | 1 value',
    'metrics logs | TensorBoard: 2 files, 4 B',
    'notebook notebooks/2-first.ipynb | 0 cells',
    'notebook notebooks/10-last.ipynb | 2 cells, python3',
    'notebook notebooks/broken.ipynb | This is not a notebook that can be read.',
    'model models/net.safetensors | 1.5 kB',
    'model models/old.pkl | 1 B, may hold code: read without executing it',
    'environment pyproject.toml | 0 B',
    'environment venv | Python 3.12.1',
    'store mlruns | MLflow',
  ]);
});

it('finds nothing in an empty folder', async () => {
  expect(await audit(tempFolder())).toEqual([]);
});

it('says what is wrong, and goes on', async () => {
  const folder = tempFolder();
  mkdirSync(join(folder, '.git', 'objects'), { recursive: true });
  writeFiles(folder, {
    'dvc.yaml': 'stages:\n  a: [\n',
    'params.yaml': 'a: 1\n',
    'x.dvc': 'outs: 3\n',
  });
  const items = await audit(folder);
  expect(items[0]).toMatch(/^git \.git \| The Git repository is damaged: HEAD is missing/);
  expect(items[1]).toMatch(/^pipeline dvc\.yaml \| dvc\.yaml:\d+:\d+: /);
  expect(items.slice(2)).toEqual([
    'data x.dvc | x.dvc does not record any data.',
    'params params.yaml | 1 value',
  ]);
});

it('is cancelled by the signal', async () => {
  const folder = tempFolder();
  writeFileSync(join(folder, 'a.csv'), '');
  const workspace = openWorkspace(folder, userFolders());
  await expect(auditFolder(workspace, { signal: AbortSignal.abort() })).rejects.toThrow(
    expect.objectContaining({ name: 'AbortError' }),
  );
});

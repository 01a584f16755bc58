/** Real notebooks executed by papermill and by nbconvert. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { notebookDriver } from '../../src-main/runners/notebook-driver.ts';
import { assignments, readGiven } from '../../src-main/runners/notebook-params.ts';
import { tempFolder } from '../support/temp.ts';

const python = join(
  import.meta.dirname,
  '../../.venv/notebooks',
  process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python',
);
beforeAll(() => {
  if (existsSync(python)) return;
  throw new Error('The Python tools are missing: run “node scripts/venv.mjs” first.');
});

const cell = (source: string, tags: string[] = []) => ({
  cell_type: 'code',
  execution_count: null,
  metadata: { tags },
  outputs: [],
  source,
});
const notebook = (...cells: unknown[]) =>
  JSON.stringify({
    cells,
    metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
    nbformat: 4,
    nbformat_minor: 4,
  });
const training = notebook(
  cell('lr = 0.5\nname = "a"', ['parameters']),
  { cell_type: 'markdown', metadata: {}, source: '# not a step' },
  cell('import os\nprint(lr, name, os.path.basename(os.getcwd()))'),
  cell('if lr > 1: raise ValueError("too large")'),
  cell('print("end")'),
);

describe.each(['papermill', 'nbconvert'])('the driver with %s', (engine) => {
  const execute = (params: string[]) => {
    const folder = tempFolder('driver-');
    const place = (name: string) => join(folder, name);
    mkdirSync(place('nb'));
    writeFileSync(place('nb/a.ipynb'), training);
    writeFileSync(place('driver.py'), notebookDriver);
    const task = {
      engine,
      input: place('nb/a.ipynb'),
      prepared: place('prepared.ipynb'),
      output: place('out.ipynb'),
      progress: place('cells.json'),
      cwd: place('nb'),
      kernel: 'python3',
      parameters: params.length === 0 ? null : assignments('python', readGiven(params)),
    };
    writeFileSync(place('task.json'), JSON.stringify(task));
    const { status, stdout } = spawnSync(python, [place('driver.py'), place('task.json')], {
      encoding: 'utf8',
    });
    const read = (name: string) => JSON.parse(readFileSync(place(name), 'utf8'));
    return { status, stdout, executed: read('out.ipynb'), progress: read('cells.json') };
  };

  it('puts parameters in and says which cell is on', () => {
    const { status, stdout, executed, progress } = execute(['lr=1e-05', 'name=wide "net"']);
    expect(status).toBe(0);
    expect(stdout).toContain('1e-05 wide "net" nb');
    expect(stdout).toContain('[4/5]');
    expect(progress).toEqual({ cell: 5, total: 5, error: null });
    expect(executed.cells[1].metadata.tags).toEqual(['injected-parameters']);
    expect(executed.cells.at(-1).outputs[0].text.join('')).toBe('end\n');
  }, 120_000);

  it('leaves the copy of a notebook that fails, and names the cell', () => {
    const { status, executed, progress } = execute(['lr=2.0']);
    expect(status).toBe(1);
    expect(progress.error).toMatchObject({ cell: 4, name: 'ValueError', value: 'too large' });
    expect(progress.error.trace).toContain('raise ValueError');
    const failed = executed.cells.find((one: { source: string[] }) =>
      [one.source].flat().join('').startsWith('if lr'),
    );
    expect(failed.outputs[0].output_type).toBe('error');
  }, 120_000);
});

/** `repro` with nothing to do answers at once and records nothing, unless there is news. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Cairn, gitProject } from '../../support/cairn.ts';

interface Runs {
  rows: { label: string }[];
}

const pipeline = (cmd: string) =>
  `stages:\n  copy:\n    cmd: ${cmd}\n    deps: [in.txt]\n    params: [lr]\n    outs: [out.txt]\n`;

test('the run that has it all is named; no other is made until something is new', async () => {
  const cairn = new Cairn();
  const folder = gitProject({
    'dvc.yaml': pipeline('cp in.txt out.txt'),
    '.dvc/config': '',
    'in.txt': 'in\n',
    'params.yaml': 'lr: 1\n',
  });
  const runs = async () => (await cairn.json<Runs>(folder, 'ls')).rows.map((row) => row.label);
  const repro = async (...args: string[]) => {
    const { code, stdout } = await cairn.run(folder, 'repro', ...args);
    expect(code).toBe(0);
    return stdout;
  };
  expect(await repro()).toContain('▶ copy');

  expect(await repro()).toBe('Nothing to do: 1 stage is as 01.1 left it.\n');
  expect(await repro('copy')).toContain('Nothing to do');
  expect(await cairn.json(folder, 'repro')).toMatchObject({ label: '01.1', status: 'FINISHED' });
  expect(await runs()).toEqual(['01.1']);

  // Asked for by name, a run is made though nothing runs.
  expect(await repro('-n', 'again')).toContain('✓ copy: nothing changed');
  expect(await runs()).toEqual(['01.2', '01.1']);
  expect(await repro()).toContain('as 01.2 left it');

  // An output that is gone comes back, a param that changed runs the stage.
  rmSync(join(folder, 'out.txt'));
  expect(await repro()).toContain('put back from the cache');
  writeFileSync(join(folder, 'params.yaml'), 'lr: 2\n');
  expect(await repro()).toContain('▶ copy');
  expect(await repro()).toContain('as 01.4 left it');
  expect(await repro('--force')).toContain('▶ copy');

  // Recorded elsewhere, by DVC say: nothing runs, but this record does not have it.
  rmSync(join(folder, '.cairn'), { recursive: true });
  expect(await repro()).toContain('✓ copy: nothing changed');
  expect(await repro()).toBe('Nothing to do: 1 stage is as 01.1 left it.\n');
});

test('a latest run that failed, or had less, is no record of what is there', async () => {
  const cairn = new Cairn();
  const two = 'stages:\n  a:\n    cmd: cp in.txt a\n    deps: [in.txt]\n    outs: [a]\n';
  const folder = gitProject({
    'dvc.yaml': `${two}  b:\n    cmd: cp a b && test -e allowed\n    deps: [a]\n    outs: [b]\n`,
    'in.txt': 'in\n',
  });
  expect((await cairn.run(folder, 'repro')).code).toBe(1);
  expect((await cairn.run(folder, 'repro', 'a')).stdout).toContain('✓ a: nothing changed');
  expect((await cairn.run(folder, 'repro', 'a')).stdout).toContain('Nothing to do');
  writeFileSync(join(folder, 'allowed'), '');
  expect((await cairn.run(folder, 'repro')).stdout).toContain('▶ b');
  expect((await cairn.run(folder, 'repro')).stdout).toContain('2 stages are as 01.3 left them');
});

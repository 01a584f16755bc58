/** Model files of other frameworks on the command line. */
import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { Cairn } from '../../support/cairn.ts';
import { p, pickleBytes } from '../../support/pickle-bytes.ts';
import { tempFolder } from '../../support/temp.ts';

const fixtures = resolve(import.meta.dirname, '../../fixtures/models');

it('compares a checkpoint of PyTorch with the same weights in another format', async () => {
  const folder = tempFolder();
  const cairn = new Cairn();
  for (const name of ['checkpoint.pt', 'checkpoint-legacy.pt', 'module.pt']) {
    cpSync(join(fixtures, 'pytorch/2.15', name), join(folder, name));
  }
  const same = await cairn.run(folder, 'diff', 'checkpoint.pt', 'checkpoint-legacy.pt');
  expect(same.stdout).toContain('The two models are identical.');
  expect(same.stdout).toContain('the format can carry code; only harmless names are in it');
  const renamed = await cairn.run(folder, 'diff', 'module.pt', 'checkpoint.pt');
  expect(renamed.stdout).toContain('head.weight → model.head.weight');
  expect(renamed.stdout).toContain('It names __main__.Net, which is not known to be harmless.');
});

it('reads a file that would run a command elsewhere, and runs nothing', async () => {
  const folder = tempFolder();
  const owned = join(folder, 'owned');
  const call = p.call(p.global('os', 'system'), p.text(`touch ${owned}`));
  writeFileSync(join(folder, 'a.pkl'), pickleBytes(p.dict([p.text('w'), call])));
  writeFileSync(join(folder, 'b.pkl'), pickleBytes(p.dict([p.text('w'), p.none])));
  const { stdout, code } = await new Cairn().run(folder, 'diff', 'a.pkl', 'b.pkl');
  expect(code).toBe(0);
  expect(stdout).toContain('It names os.system, which can run code when the file is loaded.');
  expect(existsSync(owned)).toBe(false);
});

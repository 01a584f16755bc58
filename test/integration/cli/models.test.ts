/** Model files of other frameworks on the command line. */
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
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
  expect(same.stdout).toContain('the format can carry code; what it carries is listed');
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

it('writes a report to a file, and none over another or of what is no model', async () => {
  const folder = tempFolder();
  const cairn = new Cairn();
  for (const name of ['checkpoint.pt', 'module.pt']) {
    cpSync(join(fixtures, 'pytorch/2.15', name), join(folder, name));
  }
  writeFileSync(join(folder, 'a.txt'), 'a');
  writeFileSync(join(folder, 'b.txt'), 'b');
  const pair = ['diff', 'checkpoint.pt', 'module.pt'];
  const written = await cairn.run(folder, ...pair, '--to', 'report.json');
  expect(written.stdout).toContain('nothing in the models was run');
  const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
  expect(report).toMatchObject({ left: { badge: 'code-capable' }, right: { title: 'module.pt' } });
  expect(report.tensors.length).toBeGreaterThan(0);
  const again = await cairn.run(folder, ...pair, '--to', 'report.json');
  expect(again.code).not.toBe(0);
  expect(again.stderr).toContain('exists already');
  const page = await cairn.run(folder, ...pair, '--to', 'report.html', '--overwrite');
  expect(page.code).toBe(0);
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('<!doctype html>');
  const other = await cairn.run(folder, ...pair, '--to', 'report.pdf');
  expect(other.stderr).toContain('.json, .csv or .html');
  const texts = await cairn.run(folder, 'diff', 'a.txt', 'b.txt', '--to', 'report.csv');
  expect(texts.stderr).toContain('Name two model files');
});

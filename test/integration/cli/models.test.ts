/** Model files of other frameworks on the command line. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { Cairn } from '../../support/cairn.ts';
import { p, pickleBytes } from '../../support/pickle-bytes.ts';
import { safetensorsBytes } from '../../support/safetensors-bytes.ts';
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

const wave = (scale: number) => ({
  w: { shape: [40], values: Array.from({ length: 40 }, (_, at) => Math.sin(at) * scale) },
});

it('tells what models made of their base, and writes it to a file', async () => {
  const folder = tempFolder();
  const cairn = new Cairn();
  for (const [name, scale] of Object.entries({ base: 1, up: 1.5, down: 0.5 })) {
    writeFileSync(join(folder, `${name}.safetensors`), safetensorsBytes(wave(scale)));
  }
  const models = ['diff', 'up.safetensors', 'down.safetensors', '--base', 'base.safetensors'];
  const said = await cairn.run(folder, ...models);
  expect(said.stdout).toContain('1 · 2: cosine -1;');
  expect(said.stdout).toContain('100 % of these in opposite ways');
  const { stdout } = await cairn.run(folder, ...models, '--json');
  const found = JSON.parse(stdout);
  expect(found.total.models[0].relative).toBeCloseTo(0.5, 6);
  expect(found).toMatchObject({ base: { title: 'base.safetensors' }, measured: 1, bytesRead: 0 });
  await cairn.run(folder, ...models, '--to', 'report.csv');
  const [head, line] = readFileSync(join(folder, 'report.csv'), 'utf8').split('\n');
  const cell = (name: string) => line?.split(',')[head?.split(',').indexOf(name) ?? -1];
  expect([cell('name'), Number(cell('relative_2')).toFixed(4)]).toEqual(['w', '0.5000']);
  const page = await cairn.run(folder, ...models, '--to', 'report.html');
  expect(page.code).toBe(0);
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('up.safetensors');
  const one = await cairn.run(folder, 'diff', 'up.safetensors', '--base', 'base.safetensors');
  expect([one.code, one.stderr]).toEqual([1, expect.stringContaining('two models or more')]);
  const three = await cairn.run(folder, 'diff', 'a', 'b', 'c');
  expect([three.code, three.stderr]).toEqual([1, expect.stringContaining('Two sides')]);
});

it('follows the checkpoints of a folder, and those that a run wrote', async () => {
  const folder = tempFolder();
  const cairn = new Cairn();
  for (const step of [2, 10, 1]) {
    mkdirSync(join(folder, `made/step-${step}`), { recursive: true });
    const path = join(folder, `made/step-${step}/model.safetensors`);
    writeFileSync(path, step === 10 ? 'broken' : safetensorsBytes(wave(step)));
  }
  const said = await cairn.run(folder, 'diff', '--series', 'made');
  expect(said.stdout).toMatch(/step-1\n?.*\n.*step-2 +1 +1 +w 1/);
  expect(said.stdout).toContain('step-10: ');
  writeFileSync(join(folder, 'made/step-10/model.safetensors'), safetensorsBytes(wave(10)));
  const copy = "require('fs').cpSync('made', 'out', { recursive: true })";
  const stage = { cmd: `node -e "${copy}"`, deps: ['made'], outs: ['out'] };
  writeFileSync(join(folder, 'dvc.yaml'), JSON.stringify({ stages: { train: stage } }));
  expect((await cairn.run(folder, 'repro')).code).toBe(0);
  rmSync(join(folder, 'out'), { recursive: true });
  const { stdout } = await cairn.run(folder, 'diff', '--series', '01.1', '--json');
  const { checkpoints, compared, place } = JSON.parse(stdout);
  expect(place).toMatch(/^01\.1.*: out$/);
  expect(checkpoints.map(({ label }: { label: string }) => label)).toEqual([
    ...['step-1', 'step-2', 'step-10'],
  ]);
  expect(compared).toHaveLength(3);
  expect(compared[2]).toMatchObject({ checkpoint: 'step-10', against: ['first'], problem: null });
  expect(compared[2].relativeL2).toBeCloseTo(9, 5);
  const none = await cairn.run(folder, 'diff', '--series', 'HEAD');
  expect(none.code).not.toBe(0);
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

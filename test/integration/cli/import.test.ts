/** `cairn import`: runs of other tools into the store for good, whatever happens meanwhile. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Cairn, expectRefusal, listing, until } from '../../support/cairn.ts';
import { layOutMlruns } from '../../support/mlflow-files.ts';
import { tempFolder } from '../../support/temp.ts';

interface Kept {
  readonly runs: number;
  readonly files: number;
  readonly running: number;
  readonly problems: string[];
}

/** A folder elsewhere with MLflow's runs, one of which has these artifacts. */
function elsewhere(artifacts: Readonly<Record<string, string | Buffer>>) {
  const folder = tempFolder();
  layOutMlruns(folder, '3.12.0');
  const runs = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /artifacts$/.test(path) && !path.includes('models'))
    .filter((path) => !path.includes('.trash'));
  const own = runs.find((path) => {
    const meta = readFileSync(join(folder, path, '..', 'meta.yaml'), 'utf8');
    return /^status: 3$/m.test(meta) && /^lifecycle_stage: active$/m.test(meta);
  });
  if (own === undefined) throw new Error('no finished run');
  for (const [name, content] of Object.entries(artifacts)) {
    writeFileSync(join(folder, own, name), content);
  }
  return { folder, artifacts: join(folder, own), id: basename(join(own, '..')) };
}

/** The files that were taken for a run. */
function takenOf(cairn: Cairn, id: string): string[] {
  const { data } = cairn.folders;
  if (!existsSync(data)) return [];
  return readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && join(entry.parentPath, entry.name).includes(id))
    .map((entry) => join(entry.parentPath, entry.name));
}

const isUnfinished = (path: string) => /\.cairn-.*\.part$/.test(path);

test('takes a folder elsewhere into the store; the folder is not touched, and needed no more', async () => {
  const { folder, id } = elsewhere({ 'weights.bin': 'w'.repeat(100_000) });
  const here = tempFolder();
  const cairn = new Cairn();
  const before = listing(folder);
  const done = await cairn.json<Kept>(here, 'import', folder);
  expect(done).toMatchObject({ running: expect.any(Number), problems: [] });
  expect(done.runs).toBeGreaterThan(1);
  expect(listing(folder)).toEqual(before);
  const rows = async () => (await cairn.json<{ rows: unknown[] }>(here, 'ls')).rows;
  const kept = await rows();
  expect(takenOf(cairn, id)).toHaveLength(1);

  // What goes on there is left; everything else is not doubled.
  expect(await cairn.json<Kept>(here, 'import', folder)).toMatchObject({ runs: 0, files: 0 });
  expect(await rows()).toEqual(kept);
  expect((await cairn.run(here, 'sources')).stdout).toMatch(/kept/);
  rmSync(folder, { recursive: true });
  expect((await cairn.json<{ sources: unknown[] }>(here, 'sources')).sources).toHaveLength(1);
  expect(await rows()).toEqual(kept);
  const [weights = ''] = takenOf(cairn, id);
  expect(readFileSync(weights, 'utf8')).toBe('w'.repeat(100_000));
});

test('killed in the middle it leaves nothing half, and the next time goes on', async () => {
  const names = Array.from({ length: 600 }, (_, index) => `part-${index}.bin`);
  const { folder, id } = elsewhere(
    Object.fromEntries(names.map((name) => [name, Buffer.alloc(20_000, name)])),
  );
  const here = tempFolder();
  const cairn = new Cairn();
  const killed = cairn.start(here, 'import', folder);
  await until(() => takenOf(cairn, id).length > 20);
  killed.kill('SIGKILL');
  await until(() => killed.exitCode !== null || killed.signalCode !== null);
  const copied = takenOf(cairn, id).filter((path) => !isUnfinished(path));
  expect(copied.length).toBeLessThan(names.length);
  for (const path of copied) {
    expect(readFileSync(path).equals(Buffer.alloc(20_000, basename(path)))).toBe(true);
  }
  const again = await cairn.json<Kept>(here, 'import', folder);
  expect(again).toMatchObject({ problems: [] });
  rmSync(folder, { recursive: true });
  const taken = takenOf(cairn, id);
  expect(taken.map((path) => basename(path)).sort()).toEqual([...names].sort());
  const run = await cairn.json<{ status: string }>(here, 'show', id.slice(0, 12));
  expect(run.status).toBe('FINISHED');
});

test('what changes while it is copied is refused, and its run stays where it is', async () => {
  const { folder, artifacts, id } = elsewhere({ 'log.bin': Buffer.alloc(40_000_000, 'x') });
  const here = tempFolder();
  const cairn = new Cairn();
  const growing = join(artifacts, 'log.bin');
  const script = `const fs = require('node:fs'); console.log('up');
    for (;;) fs.appendFileSync(${JSON.stringify(growing)}, 'y');`;
  const writer = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void writer.kill('SIGKILL'));
  await new Promise((up) => writer.stdout.once('data', up));
  expectRefusal(await cairn.run(here, 'import', folder), /changed while it was copied/);
  expect(takenOf(cairn, id)).toEqual([]);
  const before = await cairn.json<{ status: string }>(here, 'show', id.slice(0, 12));
  expect(before.status).toBe('FINISHED');
  writer.kill('SIGKILL');
  await until(() => writer.signalCode !== null);
  expect(await cairn.json<Kept>(here, 'import', folder)).toMatchObject({ problems: [] });
  expect(takenOf(cairn, id)).toHaveLength(1);
});

const canMount = process.platform === 'linux' && process.getuid?.() === 0;
test.skipIf(!canMount)(
  'a full disk is said before anything is copied (needs root for a tmpfs)',
  async () => {
    const { folder, id } = elsewhere({ 'weights.bin': Buffer.alloc(24_000_000, 'w') });
    const disk = tempFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', disk]);
    onTestFinished(() => void execFileSync('umount', [disk]));
    const data = join(disk, 'data');
    mkdirSync(data);
    const here = tempFolder();
    const cairn = new Cairn({ CAIRN_DATA_DIR: data });
    expectRefusal(await cairn.run(here, 'import', folder), /take 25 MB, and only \d+ MB are free/);
    const left = readdirSync(data, { recursive: true, encoding: 'utf8' });
    expect(left.filter((path) => path.includes(id))).toEqual([]);
    // The runs can be seen all the same, and be kept when there is room.
    expect((await cairn.json<{ rows: unknown[] }>(here, 'ls')).rows.length).toBeGreaterThan(1);
  },
);

test('what cannot be imported is refused in one sentence', async () => {
  const here = tempFolder();
  const empty = tempFolder();
  const cairn = new Cairn();
  expectRefusal(
    await cairn.run(here, 'import', join(empty, 'nothing')),
    /neither a file or folder/,
  );
  expectRefusal(await cairn.run(here, 'import', empty), /nothing in .* that Cairn knows as runs/);
  expectRefusal(await cairn.run(here, 'import', empty, '--dry-run'), /--dry-run/);
  const text = join(empty, 'notes.txt');
  writeFileSync(text, 'hello');
  expectRefusal(await cairn.run(here, 'import', text), /nothing in .* that Cairn knows as runs/);
  mkdirSync(join(here, 'plain'));
  expectRefusal(await cairn.run(here, 'import', 'plain'), /holds no runs of another tool/);
});

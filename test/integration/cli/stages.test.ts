/** Stages that fail, destroy, flood, hang; and several commands at once. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Cairn, expectRefusal, gitProject, until } from '../../support/cairn.ts';

interface Shown {
  id: string;
  label: string;
  status: string;
  exitCode: number | null;
  executions: { stage: string; state: string }[];
}

/** A stage of shell commands; the tests' own POSIX commands, as DVC pipelines have them. */
function stage(name: string, cmd: string, more = ''): string {
  return `  ${name}:\n    cmd: ${JSON.stringify(cmd)}\n${more}`;
}

function project(...stages: string[]): string {
  return gitProject({ 'dvc.yaml': `stages:\n${stages.join('')}`, 'in.txt': 'in\n' });
}

test('failing stages: each says why, what was recorded before stays', async () => {
  const cairn = new Cairn();
  const folder = project(
    stage('good', 'cp in.txt good.txt', '    deps: [in.txt]\n    outs: [good.txt]\n'),
    stage('exits', 'echo going; exit 7', '    outs: [a.txt]\n'),
    stage('killed', 'kill -9 $$', '    outs: [b.txt]\n'),
    stage('forgets', 'true', '    outs: [never.txt]\n'),
    stage('after', 'cp a.txt c.txt', '    deps: [a.txt]\n    outs: [c.txt]\n'),
    stage('destroys', 'rm in.txt; touch d.txt', '    deps: [in.txt]\n    outs: [d.txt]\n'),
  );
  expect((await cairn.run(folder, 'repro', 'good')).code).toBe(0);
  const lock = readFileSync(join(folder, 'dvc.lock'), 'utf8');
  const exits = await cairn.run(folder, 'repro', 'after');
  expectRefusal(exits, /exits failed with exit code 7/);
  expect(exits.code).toBe(7);
  expect(exits.stdout).toMatch(/going\n.*after: skipped \(exits failed\)/);
  expectRefusal(await cairn.run(folder, 'repro', 'killed'), /killed was ended by SIGKILL/);
  expectRefusal(await cairn.run(folder, 'repro', 'forgets'), /forgets did not make never\.txt/);
  expectRefusal(await cairn.run(folder, 'repro', 'destroys'), /removed its own dep in\.txt/);
  expect(readFileSync(join(folder, 'dvc.lock'), 'utf8')).toBe(lock);
  const { rows } = await cairn.json<{ rows: Shown[] }>(folder, 'ls');
  expect(rows.map((row) => row.status)).toEqual([...Array(4).fill('FAILED'), 'FINISHED']);
  expect((await cairn.run(folder, 'log', '01.2', '-s', 'exits')).stdout).toBe('going\n');
});

test('200 MB and bytes that are no text arrive whole', async () => {
  const cairn = new Cairn();
  const flood = `process.stdout.write(Buffer.alloc(1e6, 'x'))`;
  const folder = project(
    stage('flood', `for i in $(seq 200); do "${process.execPath}" -e "${flood}" || exit; done`),
    stage('binary', `printf '\\377\\376\\000\\001'`),
  );
  const run = await cairn.json<Shown>(folder, 'repro', 'flood');
  expect(run.status).toBe('FINISHED');
  expect(statSync(join(folder, '.cairn/runs', run.id, 'stage-flood.log')).size).toBe(200e6);
  const binary = await cairn.json<Shown>(folder, 'repro', 'binary');
  const log = readFileSync(join(folder, '.cairn/runs', binary.id, 'stage-binary.log'));
  expect([...log]).toEqual([0xff, 0xfe, 0, 1]);
});

test('a stage that hangs, with children of its own, is stopped with all of them', async () => {
  const cairn = new Cairn();
  const folder = project(stage('hangs', 'sleep 600 & echo $! > child.pid; sleep 601; wait'));
  await cairn.run(folder, 'repro', '--detach');
  const pid = await until(() => {
    const file = join(folder, 'child.pid');
    return existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  }, 30_000);
  const stopped = await cairn.json<Shown>(folder, 'stop', '01.1');
  expect(stopped.status).toBe('KILLED');
  await until(() => !isAlive(pid));
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('two repros at once: both are recorded, and so are both stages', async () => {
  const cairn = new Cairn();
  const folder = project(
    stage('one', 'sleep 1; touch 1.txt', '    outs: [1.txt]\n'),
    stage('two', 'sleep 1; touch 2.txt', '    outs: [2.txt]\n'),
  );
  const ended = await Promise.all(
    ['one', 'two'].map((name) => cairn.json<Shown>(folder, 'repro', name)),
  );
  expect(ended.map((run) => run.status)).toEqual(['FINISHED', 'FINISHED']);
  expect(new Set(ended.map((run) => run.label))).toEqual(new Set(['01.1', '01.2']));
  const lock = readFileSync(join(folder, 'dvc.lock'), 'utf8');
  for (const name of ['one', 'two']) expect(lock).toContain(`  ${name}:\n`);
  const status = await cairn.json<{ stages: { state: string }[] }>(folder, 'status');
  expect(status.stages.map((one) => one.state)).toEqual(['fresh', 'fresh']);
});

test('four runs at once get four numbers', async () => {
  const cairn = new Cairn();
  const folder = project();
  const runs = await Promise.all(
    ['a', 'b', 'c', 'd'].map((word) => cairn.json<Shown>(folder, 'run', '--', 'echo', word)),
  );
  expect(runs.map((run) => run.label).sort()).toEqual(['01.1', '01.2', '01.3', '01.4']);
  expect(runs.every((run) => run.status === 'FINISHED')).toBe(true);
});

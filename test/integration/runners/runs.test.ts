/** Commands recorded by the real program: how they end, and what ends them. */
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { isRunning } from '../../../src-main/processes/index.ts';
import { Store } from '../../../src-main/store/index.ts';
import { readCurves } from '../../../src-main/tracking/index.ts';
import { Cairn, expectRefusal, gitProject, until } from '../../support/cairn.ts';
import { commit, initRepository } from '../../support/git.ts';
import { tempFolder } from '../../support/temp.ts';

interface Shown {
  readonly id: string;
  readonly label: string;
  readonly status: string;
  readonly exitCode: number | null;
  readonly error: string | null;
  readonly executions: { readonly state: string }[];
}

const posix = process.platform !== 'win32';
/** A command that says every 50 ms that it is alive. */
const ticking = ['sh', '-c', 'echo $$ > pid; while true; do echo tick; sleep 0.05; done'];

function project(): string {
  return gitProject({ 'a.txt': 'a\n' });
}

/** What the run is recorded as. */
function show(cairn: Cairn, folder: string, label: string): Promise<Shown> {
  return cairn.json<Shown>(folder, 'show', label);
}

function logSize(folder: string, id: string): number {
  const path = join(folder, '.cairn', 'runs', id, 'command.log');
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** The pid of the process that records a run, as the database has it. */
function runnerOf(folder: string, id: string): Promise<number> {
  return until(() => {
    const db = new Database(join(folder, '.cairn', 'cairn.db'), { readonly: true });
    const row = db.prepare('SELECT runner_pid AS pid FROM runs WHERE id = ?').get(id);
    db.close();
    return (row as { pid: number | null }).pid;
  });
}

/** Starts a ticking run that goes on in the background, and waits for its first line. */
async function startTicking(cairn: Cairn, folder: string): Promise<{ id: string; pid: number }> {
  const { id } = await cairn.json<Shown>(folder, 'run', '--detach', '--', ...ticking);
  await until(() => logSize(folder, id) > 0, 30_000);
  const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
  onTestFinished(() => {
    if (isRunning(pid)) process.kill(-pid, 'SIGKILL');
  });
  return { id, pid };
}

test('a command that fails passes its exit code on; one that is not there says so', async () => {
  const cairn = new Cairn();
  const folder = project();
  const failed = await cairn.run(folder, 'run', '--', 'sh', '-c', 'echo out; echo err >&2; exit 3');
  expectRefusal(failed, /exit code 3/);
  expect(failed).toMatchObject({ code: 3, stdout: 'out\nerr\n' });
  expectRefusal(
    await cairn.run(folder, 'run', '--', 'no-such-program'),
    /no program “no-such-prog/,
  );
  expect(await show(cairn, folder, '01.2')).toMatchObject({
    status: 'FAILED',
    exitCode: null,
    executions: [{ state: 'failed' }],
  });
});

test.skipIf(!posix)('a command whose folder is deleted under it ends as it would', async () => {
  const cairn = new Cairn();
  const folder = project();
  const sub = join(folder, 'sub');
  mkdirSync(sub);
  const ended = await cairn.run(sub, 'run', '--', 'sh', '-c', 'rm -r ../sub; echo still here');
  expect(ended).toMatchObject({ code: 0, stdout: 'still here\n' });
});

test.skipIf(!posix)('kill -9 of the launcher: the run goes on, and its log grows', async () => {
  const cairn = new Cairn();
  const folder = project();
  await cairn.run(folder, 'run', '--', 'true');
  const launcher = cairn.start(folder, 'run', '--', ...ticking);
  await until(() => existsSync(join(folder, 'pid')), 30_000);
  launcher.kill('SIGKILL');
  await new Promise((done) => launcher.once('exit', done));
  const { id } = await show(cairn, folder, '01.2');
  const size = logSize(folder, id);
  await until(() => logSize(folder, id) > size + 10);
  expect(await show(cairn, folder, '01.2')).toMatchObject({ status: 'RUNNING' });
  expect(await cairn.json<Shown>(folder, 'stop', '01.2')).toMatchObject({ status: 'KILLED' });
  expect(isRunning(Number(readFileSync(join(folder, 'pid'), 'utf8')))).toBe(false);
});

test.skipIf(!posix)('kill -9 of the runner: whoever waits hears of it at once', async () => {
  const cairn = new Cairn();
  const folder = project();
  await cairn.run(folder, 'run', '--', 'true');
  const waiting = cairn.run(folder, 'run', '--', ...ticking);
  await until(() => existsSync(join(folder, 'pid')), 30_000);
  const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
  onTestFinished(() => void process.kill(-pid, 'SIGKILL'));
  const { id } = await show(cairn, folder, '01.2');
  process.kill(await runnerOf(folder, id), 'SIGKILL');
  expectRefusal(await waiting, /The runner ended without a word/);
  expect(await show(cairn, folder, '01.2')).toMatchObject({
    status: 'FAILED',
    executions: [{ state: 'killed' }],
  });
});

test.skipIf(!posix)('kill -9 of the runner: the next command marks the run', async () => {
  const cairn = new Cairn();
  const folder = project();
  await cairn.run(folder, 'run', '--', 'true');
  const { id } = await startTicking(cairn, folder);
  const runner = await runnerOf(folder, id);
  process.kill(runner, 'SIGKILL');
  await until(() => !isRunning(runner));
  expect((await cairn.run(folder, 'ls')).stdout).toMatch(/01\.2 .*failed.*01\.1 .*finished/s);
  expect((await show(cairn, folder, '01.2')).error).toContain('it was killed');
});

test('a store that is locked for a while delays the end, and nothing is lost', async () => {
  const cairn = new Cairn();
  const folder = project();
  await cairn.run(folder, 'run', '--', 'true');
  const script = `
    const fs = require('fs'); let step = 0;
    const timer = setInterval(() => {
      fs.appendFileSync('m.jsonl', JSON.stringify({ step, loss: 1 / ++step }) + '\\n');
      if (step === 20) clearInterval(timer);
    }, 50);`;
  writeFileSync(join(folder, 'train.cjs'), script);
  const command = ['--metrics', 'm.jsonl', '--', process.execPath, 'train.cjs'];
  const running = cairn.json<Shown>(folder, 'run', ...command);
  await until(() => existsSync(join(folder, 'm.jsonl')), 30_000);
  const db = new Database(join(folder, '.cairn', 'cairn.db'));
  db.exec('BEGIN IMMEDIATE');
  await new Promise((done) => setTimeout(done, 2500));
  db.exec('COMMIT');
  db.close();
  const run = await running;
  expect(run).toMatchObject({ status: 'FINISHED', exitCode: 0 });
  const store = Store.open(join(folder, '.cairn', 'cairn.db'));
  const { series } = readCurves(store, [run.id], null, 1000);
  store.close();
  expect([...(series[0]?.steps ?? [])]).toEqual(Array.from({ length: 20 }, (_, step) => step));
});

test('a point is there within a second of its line', async () => {
  const cairn = new Cairn();
  const folder = project();
  const flag = join(folder, 'go');
  const script = `const fs = require('fs');
    fs.writeFileSync('m.csv', 'step,loss\\n');
    const timer = setInterval(() => { if (fs.existsSync(${JSON.stringify(flag)})) clearInterval(timer); }, 50);`;
  const words = ['--metrics', 'm.csv', '--', process.execPath, '-e', script];
  const { id } = await cairn.json<Shown>(folder, 'run', '--detach', ...words);
  await until(() => existsSync(join(folder, 'm.csv')), 30_000);
  const store = Store.open(join(folder, '.cairn', 'cairn.db'));
  onTestFinished(() => store.close());
  for (const step of [1, 2, 3]) {
    appendFileSync(join(folder, 'm.csv'), `${step},0.5\n`);
    const written = Date.now();
    await until(() => readCurves(store, [id], null, 1000).series[0]?.total === step);
    expect(Date.now() - written).toBeLessThan(1000);
  }
  writeFileSync(flag, '');
  await until(async () => (await show(cairn, folder, '01.1')).status === 'FINISHED');
});

test.skipIf(process.platform !== 'linux')(
  '200 MB for a reader that is slow do not pile up in memory',
  async () => {
    const cairn = new Cairn();
    const folder = project();
    const flood = ['sh', '-c', 'head -c 200000000 /dev/zero | tr "\\0" x'];
    const child = cairn.start(folder, 'run', '--', ...flood);
    const db = join(folder, '.cairn', 'cairn.db');
    await until(() => {
      if (!existsSync(db)) return false;
      const store = new Database(db, { readonly: true });
      onTestFinished(() => void store.close());
      const row = store.prepare(`SELECT 1 FROM runs WHERE status = 'FINISHED'`).get();
      store.close();
      return row !== undefined;
    }, 30_000);
    // Nobody has read a byte so far; now somebody does.
    const peak = Number(
      /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1],
    );
    expect(peak * 1024).toBeLessThan(250e6);
    let bytes = 0;
    child.stdout?.on('data', (piece: Buffer) => {
      bytes += piece.length;
    });
    await new Promise((done) => child.once('close', done));
    expect(bytes).toBe(200_000_000);
  },
);

test('nothing of the environment but what is on the list gets into the store', async () => {
  const secret = 'hunter2-and-more';
  const cairn = new Cairn({ WANDB_API_KEY: secret, MY_TOKEN: secret, OMP_NUM_THREADS: '3' });
  const folder = project();
  const run = await cairn.json<{ environment: { variables: Record<string, string> } }>(
    folder,
    'run',
    '--',
    process.execPath,
    '-e',
    '0',
  );
  expect(run.environment.variables).toMatchObject({ OMP_NUM_THREADS: '3' });
  const found = execFileSync('sh', ['-c', `grep -rl ${secret} .cairn .git || true`], {
    cwd: folder,
  });
  expect(found.toString()).toBe('');
});

const canMount = process.platform === 'linux' && process.getuid?.() === 0;
test.skipIf(!canMount)(
  'a disk that fills up while a run is recorded: it is marked, earlier ones stay (root only)',
  async () => {
    const cairn = new Cairn();
    const folder = tempFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', folder]);
    onTestFinished(() => void execFileSync('umount', ['-l', folder]));
    initRepository(folder);
    commit(folder, { 'a.txt': 'a\n' });
    expect((await cairn.run(folder, 'run', '--', 'echo', 'kept')).code).toBe(0);
    // What the run prints is what fills the disk.
    const running = cairn.run(folder, 'run', '--', 'sh', '-c', 'cat /dev/zero');
    await until(() => statfsSync(folder).bavail === 0, 30_000);
    await new Promise((done) => setTimeout(done, 1500));
    const { id } = await show(cairn, folder, '01.2').catch(() => ({ id: '' }));
    rmSync(join(folder, '.cairn', 'runs', id, 'command.log'), { force: true });
    expect((await running).code).not.toBe(0);
    const marked = await show(cairn, folder, '01.2');
    expect(marked.status).toBe('FAILED');
    expect(marked.error).toMatch(/exit code|disk is full/);
    expect(await show(cairn, folder, '01.1')).toMatchObject({ status: 'FINISHED', exitCode: 0 });
    expect((await cairn.run(folder, 'log', '01.1')).stdout).toBe('kept\n');
    expect((await cairn.run(folder, 'run', '--', 'echo', 'again')).code).toBe(0);
  },
);

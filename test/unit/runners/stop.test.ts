/** Runs whose runner is gone, or never came. */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { identifyProcess } from '../../../src-main/processes/index.ts';
import { reapDeadRuns, stopRun } from '../../../src-main/runners/index.ts';
import { commandRun, openServices } from '../tracking/support.ts';

function openRun() {
  const services = openServices();
  const { id } = services.tracking.createRun(commandRun());
  const say = (text: string) => {
    const log = join(dirname(services.tracking.logPath(id, '')), 'runner.log');
    mkdirSync(dirname(log), { recursive: true });
    writeFileSync(log, text);
  };
  return { ...services, id, say };
}

/** Looks at the runs as if so many seconds had passed. */
async function reapLater(services: ReturnType<typeof openRun>, seconds: number): Promise<string[]> {
  vi.useFakeTimers({ now: Date.now() + seconds * 1000, toFake: ['Date'] });
  try {
    return await reapDeadRuns(services);
  } finally {
    vi.useRealTimers();
  }
}

it('gives a runner time to come up, and then says why it did not', async () => {
  const run = openRun();
  run.say('\nwarning\nError: Cannot find module better-sqlite3\n');
  expect(await reapLater(run, 10)).toEqual([]);
  expect(await reapLater(run, 40)).toEqual([run.id]);
  expect(run.tracking.get(run.id)).toMatchObject({
    status: 'FAILED',
    error: 'The runner never came up. Its last words: Error: Cannot find module better-sqlite3',
  });
  expect(await reapLater(run, 50)).toEqual([]);
});

it('tells a runner from a later process that has its pid', async () => {
  const run = openRun();
  const me = await identifyProcess(process.pid);
  run.tracking.runnerStarted(run.id, { pid: process.pid, started: me?.started ?? '' });
  const stage = { runId: run.id, stage: '', position: 0, command: 'x', reason: '' };
  run.lineage.startExecution({ ...stage, state: 'running' });
  expect(await reapDeadRuns(run)).toEqual([]);
  run.tracking.runnerStarted(run.id, { pid: process.pid, started: 'before the last boot' });
  expect(await reapDeadRuns(run)).toEqual([run.id]);
  const { status, executions, error } = run.tracking.get(run.id);
  expect([status, executions[0]?.state]).toEqual(['FAILED', 'killed']);
  expect(error).toBe('The runner ended without a word: it was killed, or the machine went down.');
});

it('leaves what has ended as it is', async () => {
  const run = openRun();
  run.tracking.runnerStarted(run.id, { pid: 2 ** 22 + 1, started: 'gone' });
  run.tracking.finishRun(run.id, { status: 'FINISHED', exitCode: 0, error: null });
  expect(await reapDeadRuns(run)).toEqual([]);
  await stopRun(run, run.id);
  expect(run.tracking.get(run.id)).toMatchObject({ status: 'FINISHED', error: null });
});

it('asks a runner that is not up yet to stop, for when it is', async () => {
  const run = openRun();
  await stopRun(run, run.id);
  expect(run.tracking.stopRequested(run.id)).toBe(true);
  expect(run.tracking.get(run.id).status).toBe('SCHEDULED');
});

it('marks the run when a runner goes without writing its end', async () => {
  const run = openRun();
  const runner = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true });
  onTestFinished(() => void runner.kill('SIGKILL'));
  const identity = await identifyProcess(runner.pid ?? 0);
  run.tracking.runnerStarted(run.id, { pid: runner.pid ?? 0, started: identity?.started ?? '' });
  await stopRun(run, run.id);
  expect(run.tracking.get(run.id)).toMatchObject({
    status: 'KILLED',
    error: 'The run was stopped, and its runner ended without writing down how.',
  });
  expect(await identifyProcess(runner.pid ?? 0)).toBeNull();
});

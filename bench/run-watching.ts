/**
 * What it costs to watch a run: processor time of the runner's looks at its processes, with and
 * without writing down the load and the times of its log, while a child keeps one core busy and
 * prints. By processor time, so that a busy machine changes little. Aim: under 1 % of one core more.
 * Run: `node bench/run-watching.ts [SECONDS]`.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LoadRecorder, startProcess } from '../src-main/processes/index.ts';

const seconds = Number(process.argv[2] ?? 10);
const scratch = mkdtempSync(join(tmpdir(), 'cairn-bench-'));
/** Prints a line every ten milliseconds, and computes in between. */
const child = `
const end = Date.now() + ${seconds * 1000};
let lines = 0;
while (Date.now() < end) {
  const until = Date.now() + 10;
  while (Date.now() < until) Math.sqrt(Math.random());
  require('node:fs').writeSync(1, 'line ' + (lines += 1) + '\\n');
}`;

async function watched(name: string, recorded: boolean): Promise<number> {
  const path = join(scratch, `${name}.jsonl`);
  const load = recorded ? new LoadRecorder({ path, root: scratch, env: process.env }) : undefined;
  const before = process.cpuUsage();
  const running = await startProcess({
    argv: [process.execPath, '-e', child],
    cwd: scratch,
    env: process.env,
    logPath: join(scratch, `${name}.log`),
    ...(load === undefined ? {} : { load }),
  });
  await running.done;
  load?.close();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6 / seconds;
}

try {
  // The first one loads what both need.
  await watched('first', true);
  const plain = await watched('plain', false);
  const recorded = await watched('recorded', true);
  const percent = (share: number) => `${(share * 100).toFixed(2).padStart(6)} %`;
  console.log(`Of one core, over ${seconds} s`);
  console.log(`looks for peak memory and processor time ${percent(plain)}`);
  console.log(`with the load written down               ${percent(recorded)}`);
  const [rows, times] = ['recorded.jsonl', 'recorded.log.times'].map(
    (name) => statSync(join(scratch, name)).size,
  );
  console.log(`written: ${rows} bytes of load, ${times} bytes of times`);
  const added = recorded - plain;
  console.log(`added ${percent(added)}, ${added < 0.01 ? 'within' : 'NOT within'} 1 %`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

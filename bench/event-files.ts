/**
 * Event files of 1 GB (eight runs of five scalars, as `SummaryWriter` writes them): Cairn reads every
 * point into its store; TensorBoard's own loaders stand beside it. Its Python loader
 * (`EventAccumulator`, every point kept) is timed on one run and scaled; its data server in Rust keeps
 * a sample of a thousand points a series in memory and stores nothing. Aim: five times TensorBoard's.
 *
 *   node bench/event-files.ts PYTHON [MEGABYTES]
 *
 * PYTHON has `tensorboard` and, where there is one for the platform, `tensorboard-data-server`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createListing, importers, indexSources } from '../src-main/importers/index.ts';
import { Store } from '../src-main/store/index.ts';
import { walkFolder } from '../src-main/workspace/index.ts';
import { eventRecord } from './support/events.ts';

const python = process.argv[2];
if (python === undefined) throw new Error('Say which Python has tensorboard.');
const megabytes = Number(process.argv[3] ?? 1000);
const runs = 8;
const tags = ['loss/train', 'loss/val', 'acc', 'lr', 'grad_norm'];

/** Writes one run of about that size. */
function writeRun(folder: string, bytes: number): number {
  mkdirSync(folder, { recursive: true });
  const descriptor = openSync(join(folder, 'events.out.tfevents.1700000000.bench.1.0'), 'w');
  let events = 0;
  let written = 0;
  for (let step = 0; written < bytes; ) {
    const block: Buffer[] = [];
    for (let end = step + 2000; step < end; step += 1) {
      for (const tag of tags) {
        block.push(eventRecord(1_700_000_000 + step * 0.1, step, tag, Math.exp(-step / 1e5)));
        events += 1;
      }
    }
    written += writeSync(descriptor, Buffer.concat(block));
  }
  closeSync(descriptor);
  return events;
}

async function cairn(root: string, storeFolder: string): Promise<number> {
  const start = performance.now();
  const store = Store.open(join(storeFolder, 'cairn.db'));
  try {
    const { files } = await walkFolder(root);
    const result = await indexSources(
      { store, root, importers, listing: createListing(files) },
      {},
    );
    if (result.runs.size > 0 && result.runs.size !== runs)
      throw new Error(`${result.runs.size} runs`);
    return performance.now() - start;
  } finally {
    store.close();
  }
}

/** Seconds of the Python loader for one run. */
function accumulator(folder: string): number {
  const program = `
import sys, time
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
start = time.perf_counter()
EventAccumulator(sys.argv[1], size_guidance={"scalars": 0, "tensors": 0}).Reload()
print(time.perf_counter() - start)
`;
  const { stdout, stderr } = spawnSync(python as string, ['-c', program, folder]);
  const seconds = Number(String(stdout).trim());
  if (!(seconds > 0)) throw new Error(String(stderr));
  return seconds;
}

/** Seconds until the data server says that its first load is done; null where there is no server. */
async function dataServer(root: string): Promise<number | null> {
  const found = spawnSync(python as string, [
    '-c',
    'import tensorboard_data_server as s; print(s.server_binary())',
  ]);
  if (found.status !== 0) return null;
  const start = performance.now();
  const child = spawn(
    String(found.stdout).trim(),
    ['--logdir', root, '--port', '0', '--reload', 'once', '-vv'],
    { stdio: ['pipe', 'ignore', 'pipe'] },
  );
  try {
    for await (const line of createInterface({ input: child.stderr })) {
      if (/load cycle/i.test(line) && !/start/i.test(line)) {
        return (performance.now() - start) / 1000;
      }
    }
    throw new Error('the data server ended without a word of its load');
  } finally {
    child.kill();
  }
}

const scratch = mkdtempSync(join(tmpdir(), 'cairn-bench-'));
try {
  const root = join(scratch, 'logs');
  let events = 0;
  for (let run = 0; run < runs; run += 1) {
    events += writeRun(join(root, `run-${run}`), (megabytes * 1e6) / runs);
  }
  console.log(`${runs} runs, ${(events / 1e6).toFixed(1)} million scalars, ${megabytes} MB`);
  const ours = (await cairn(root, join(scratch, 'store'))) / 1000;
  console.log(
    `Cairn, every point stored: ${ours.toFixed(1)} s (${(megabytes / ours).toFixed(0)} MB/s)`,
  );
  const again = await cairn(root, join(scratch, 'store'));
  console.log(`  again: ${again.toFixed(0)} ms`);
  const server = await dataServer(root);
  if (server !== null) {
    console.log(
      `TensorBoard's data server, a sample: ${server.toFixed(1)} s: ${(server / ours).toFixed(1)}×`,
    );
  }
  const theirs = accumulator(join(root, 'run-0')) * runs;
  console.log(
    `TensorBoard's EventAccumulator: ${theirs.toFixed(0)} s (scaled from one run): ${(theirs / ours).toFixed(1)}×`,
  );
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
}

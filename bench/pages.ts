/**
 * The pages of MLflow, Aim, TensorBoard and trackio beside Cairn's, in one browser, in turns: how long
 * from opening a page until it shows the newest of many runs, or the curves of fifty; and the heap of
 * the page then. Cairn, MLflow and TensorBoard read the same files; Aim and trackio are filled through
 * their own interfaces (Aim with fewer runs, as it takes long). Cairn has read the files before.
 *
 *     node bench/pages.ts PYTHON [RUNS] [CURVES] [POINTS]
 *
 * 10 000 runs with 100 params, and 50 curves of 10 000 points by default. PYTHON has `aim`, `trackio`
 * and `tensorboard`; a tool that is missing is left out. MLflow is that of `.venv/mlflow3`
 * (`node scripts/venv.mjs`). The program must have been built (`npm run build`).
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { launchChromium } from '../test/support/browser.ts';
import { fillEvents, fillMlflow, runId } from './support/page-data.ts';
import { addressOf, type Served, say, serveFolder } from './support/served.ts';

const python = process.argv[2];
if (python === undefined) throw new Error('Say which Python has aim, trackio and tensorboard.');
const runs = Number(process.argv[3] ?? 10_000);
const curves = Number(process.argv[4] ?? 50);
const points = Number(process.argv[5] ?? 10_000);
const aimRuns = Math.min(runs, 300);
const rounds = 5;
const mlflowPython = join(import.meta.dirname, '../.venv/mlflow3/bin/python');

/** A page, and what stands in it once it can be read. */
interface Contender {
  readonly name: string;
  readonly url: string;
  readonly ready: (page: Page) => Promise<unknown>;
}

const scratch = mkdtempSync(join(tmpdir(), 'cairn-bench-'));
const servers: ChildProcess[] = [];
const env = {
  ...process.env,
  HOME: scratch,
  TRACKIO_DIR: join(scratch, 'trackio'),
  HF_HUB_OFFLINE: '1',
  GRADIO_ANALYTICS_ENABLED: 'False',
  MLFLOW_DISABLE_TELEMETRY: 'true',
};

try {
  let project = '';
  using served = await serveFolder((folder) => {
    project = folder;
    fillMlflow(mlflowPython, join(folder, 'mlflow.db'), { runs, curves, points });
    fillEvents(join(folder, 'events'), curves, points);
  });
  await allRead(served);
  const [mlflow, tensorboard, aim, trackio] = [
    await serveMlflow(join(project, 'mlflow.db')),
    await serveTensorBoard(join(project, 'events')),
    await serveAim(),
    await serveTrackio(),
  ];
  const ids = Array.from({ length: curves }, (_, index) => runId(runs + index + 1));
  process.stdout.write(`A table of ${runs} runs with 100 params (Aim: ${aimRuns} runs)\n`);
  await compare([
    {
      name: 'Cairn',
      url: `${served.url}#/runs`,
      ready: (page) =>
        page
          .locator('tbody tr')
          .getByText(`run-${runs + curves}`)
          .first()
          .waitFor(),
    },
    {
      name: 'MLflow',
      url: `${mlflow}/#/experiments/1/runs?workflowType=machine_learning`,
      ready: (page) => page.getByText(`run-${runs}`, { exact: true }).first().waitFor(),
    },
    aim !== null && {
      name: 'Aim',
      url: `${aim}/runs`,
      ready: (page) => page.getByText(`run-${aimRuns}`, { exact: true }).first().waitFor(),
    },
  ]);
  process.stdout.write(`${curves} curves of ${points} points\n`);
  await compare([
    {
      name: 'Cairn',
      url: `${served.url}#/charts/${ids.join('/')}`,
      ready: (page) => page.locator('main figure [data-drawn]').first().waitFor(),
    },
    {
      name: 'MLflow (the first ten runs)',
      url: `${mlflow}/#/experiments/2/runs?workflowType=machine_learning&compareRunsMode=CHART`,
      ready: (page) => page.locator('path.js-line').first().waitFor(),
    },
    tensorboard !== null && {
      name: 'TensorBoard (a sample of 1 000 points a curve)',
      url: `${tensorboard}/#timeseries`,
      ready: (page) =>
        page
          .locator('scalar-card')
          .getByText(String(points - 1), { exact: true })
          .first()
          .waitFor(),
    },
    trackio !== null && {
      name: 'trackio',
      url: `${trackio}/?project=bench&footer=false`,
      ready: (page) => page.locator('.marks').first().waitFor(),
    },
  ]);
} finally {
  for (const { pid, exitCode } of servers) {
    if (pid !== undefined && exitCode === null) process.kill(-pid);
  }
  await sleep(500);
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
}

/** Opens each page in turn, some rounds; prints the times, and the heap of each in the last round. */
async function compare(wanted: readonly (Contender | false)[]): Promise<void> {
  const contenders = wanted.filter((one) => one !== false);
  await using browser = await launchChromium();
  const took = contenders.map((): number[] => []);
  const heaps = contenders.map(() => 0);
  // One more than is counted: what the browser and the servers keep is then there.
  for (let round = 0; round <= rounds; round++) {
    for (const [index, { url, ready }] of contenders.entries()) {
      const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
      page.setDefaultTimeout(120_000);
      const start = performance.now();
      await page.goto(url, { waitUntil: 'commit' });
      await ready(page);
      if (round > 0) took[index]?.push(performance.now() - start);
      const session = await page.context().newCDPSession(page);
      heaps[index] = (await session.send('Runtime.getHeapUsage')).usedSize / 1e6;
      await page.close();
    }
  }
  const medians = contenders.map(({ name }, index) => say(`  ${name}`, took[index] ?? []));
  const ratio = (index: number): string => ((medians[index] ?? 0) / (medians[0] ?? 1)).toFixed(1);
  for (const [index, { name }] of contenders.entries()) {
    const times = index === 0 ? '' : `, ${ratio(index)}× Cairn's time`;
    process.stdout.write(`  ${name}: heap ${heaps[index]?.toFixed(0)} MB${times}\n`);
  }
}

/** Until Cairn has read every run of the folder. */
async function allRead(served: Served): Promise<void> {
  const store = served.openStore();
  const count = store.prepare<[], { count: number }>('SELECT count(*) AS count FROM runs');
  while ((count.get()?.count ?? 0) < runs + 2 * curves) await sleep(500);
  store.close();
}

/** Starts a server in a group of its own and waits for its address. */
async function start(command: string, argv: readonly string[], pattern: RegExp): Promise<string> {
  const child = spawn(command, argv, { env, cwd: scratch, detached: true });
  servers.push(child);
  return addressOf(child, pattern);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function serveMlflow(database: string): Promise<string> {
  const port = String(await freePort());
  const store = [
    '--backend-store-uri',
    `sqlite:///${database}`,
    '--default-artifact-root',
    scratch,
  ];
  const argv = ['-m', 'mlflow', 'server', ...store, '--port', port];
  return start(mlflowPython, argv, /http:\/\/127[\d.:]+/);
}

async function serveTensorBoard(folder: string): Promise<string | null> {
  if (!has('tensorboard')) return null;
  const argv = ['-m', 'tensorboard.main', '--logdir', folder, '--port', String(await freePort())];
  const url = await start(String(python), argv, /http:\/\/localhost:\d+/);
  // It answers before it has read everything.
  await sleep(20_000);
  return url;
}

async function serveAim(): Promise<string | null> {
  if (!has('aim')) return null;
  const repository = join(scratch, 'aim');
  runPython([
    '-c',
    'import sys; from aim import Repo; Repo.from_path(sys.argv[1], init=True)',
    repository,
  ]);
  fill('aim', repository, aimRuns);
  const port = String(await freePort());
  const program = 'from aim.cli.cli import cli_entry_point; cli_entry_point()';
  const argv = ['-c', program, 'up', '--repo', repository, '--port', port];
  return start(String(python), argv, /http:\/\/127[\d.:]+/);
}

async function serveTrackio(): Promise<string | null> {
  if (!has('trackio')) return null;
  fill('trackio', scratch, curves);
  const argv = ['-c', 'import trackio; trackio.show(project="bench")'];
  return start(String(python), argv, /http:\/\/127[\d.:]+/);
}

function has(module: string): boolean {
  return spawnSync(String(python), ['-c', `import ${module}`], { env }).status === 0;
}

function fill(tool: string, folder: string, count: number): void {
  const program = join(import.meta.dirname, 'peers_pages.py');
  runPython([program, tool, folder, String(count), String(points)]);
}

function runPython(argv: readonly string[]): void {
  const { status, stderr } = spawnSync(String(python), argv, { env, maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(String(stderr));
}

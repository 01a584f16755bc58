/**
 * Logging and reading back beside Aim and trackio, each through its own Python interface; Cairn through
 * MLflow's client in batches, as autologging sends them. Two series a run. Seconds until all is on the
 * disk, bytes a point, and reading one series of every run (not Aim's, whose interface shows a run
 * only once its server has indexed it).
 *
 *   node bench/peers.ts PYTHON [RUNS] [STEPS]
 *
 * PYTHON has `aim` and `trackio`; MLflow's client is that of `.venv/mlflow3` (`node scripts/venv.mjs`).
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Store } from '../src-main/store/index.ts';
import { readCurves } from '../src-main/tracking/curves.ts';
import { python as venvPython } from '../test/interop/mlflow-project.ts';

const python = process.argv[2];
if (python === undefined) throw new Error('Say which Python has aim and trackio.');
const runs = process.argv[3] ?? '20';
const steps = process.argv[4] ?? '5000';
const points = Number(runs) * Number(steps) * 2;
const token = 'bench-token-bench-token-bench-token';
const scratch = mkdtempSync(join(tmpdir(), 'cairn-bench-'));

interface Figures {
  readonly logged: number;
  readonly read: number;
  readonly points: number;
}

function client(interpreter: string, tool: string, env: NodeJS.ProcessEnv = {}): Figures {
  const program = join(import.meta.dirname, 'peers_logging.py');
  const { stdout, stderr, status } = spawnSync(
    interpreter,
    [program, tool, join(scratch, tool), runs, steps],
    { env: { ...process.env, HOME: scratch, ...env }, maxBuffer: 1 << 28 },
  );
  if (status !== 0) throw new Error(`${tool}: ${String(stderr).slice(-2000)}`);
  return JSON.parse(String(stdout).trim().split('\n').at(-1) ?? '') as Figures;
}

async function cairn(): Promise<Figures & { folder: string }> {
  const folder = join(scratch, 'cairn');
  mkdirSync(folder);
  const port = await freePort();
  const endpoint = spawn(
    process.execPath,
    [
      join(import.meta.dirname, '..', 'test', 'support', 'mlflow-endpoint.ts'),
      ...['--store-dir', folder, '--root', scratch, '--token', token, '--port', String(port)],
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const url = `http://127.0.0.1:${port}`;
  const headers = { Authorization: `Bearer ${token}` };
  while (!(await fetch(`${url}/health`, { headers }).catch(() => null))?.ok) await sleep(50);
  const figures = client(venvPython('mlflow3'), 'mlflow', {
    MLFLOW_TRACKING_URI: url,
    MLFLOW_TRACKING_TOKEN: token,
  });
  endpoint.kill('SIGTERM');
  await new Promise((resolve) => endpoint.once('exit', resolve));
  const store = Store.open(join(folder, 'cairn.db'));
  const ids = store.db.prepare('SELECT id FROM runs').pluck().all() as string[];
  const start = performance.now();
  const { series } = readCurves(store, ids, ['loss'], 1_000_000);
  const read = (performance.now() - start) / 1000;
  store.db.pragma('wal_checkpoint(TRUNCATE)');
  store.close();
  return { ...figures, read, points: series.reduce((sum, one) => sum + one.total, 0), folder };
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function say(name: string, figures: Figures, folder: string): void {
  console.log(
    `${name.padEnd(8)} logged ${(points / figures.logged).toFixed(0).padStart(7)} points/s, ` +
      `${(sizeOf(folder) / points).toFixed(1).padStart(6)} bytes a point, ` +
      (figures.points > 0
        ? `read ${figures.points} points in ${(figures.read * 1000).toFixed(0)} ms`
        : 'reading not measured'),
  );
}

try {
  console.log(`${runs} runs × 2 series × ${steps} points`);
  const ours = await cairn();
  say('Cairn', ours, ours.folder);
  say('Aim', client(python, 'aim'), join(scratch, 'aim'));
  const trackio = join(scratch, 'trackio');
  say('trackio', client(python, 'trackio', { TRACKIO_DIR: trackio }), trackio);
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
}

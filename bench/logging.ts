/**
 * Points per second through MLflow's own client: against Cairn's endpoint, and against `mlflow
 * server` with SQLite, in turns. Batches of 1000 and one by one, from one process and from eight.
 * Part of each is the client's own time: what the server adds is what differs. Also the bytes that a
 * point takes on the disk. A third server answers at once and stores nothing: no server can be faster
 * through this client. Aim: ten times MLflow's server, and a fifth of its bytes.
 * Run: `node bench/logging.ts [--rounds 3] [--scale 1]`, after `node scripts/venv.mjs`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { python } from '../test/interop/mlflow-project.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    scale: { type: 'string', default: '1' },
  },
});
const rounds = Number(values.rounds);
const scale = Number(values.scale);
const checkout = join(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'cairn-bench-'));
const token = 'bench-token-bench-token-bench-token';

interface Server {
  readonly name: string;
  readonly url: string;
  /** Null when nothing is stored. */
  readonly database: string | null;
  stop(): void;
}

/** Points of one process: enough for a second or so of the slower server. */
const loads = [
  { mode: 'batch', processes: 1, points: 20_000 * scale },
  { mode: 'batch', processes: 8, points: 5000 * scale },
  { mode: 'single', processes: 1, points: 300 * scale },
  { mode: 'single', processes: 8, points: 100 * scale },
] as const;

const servers: Server[] = [];
try {
  servers.push(await startCairn(), await startMlflow(), await startNothing());
  for (const { mode, processes, points } of loads) {
    const rates = new Map<string, number[]>(servers.map((server) => [server.name, []]));
    for (let round = 0; round < rounds; round++) {
      for (const server of servers) {
        const seconds = await load(server, mode, processes, points);
        rates.get(server.name)?.push((processes * points) / seconds);
      }
    }
    const [ours = 0, theirs = 1, most = 1] = servers.map((server) =>
      median(rates.get(server.name) ?? []),
    );
    const what = `${mode.padEnd(6)} ${processes} process${processes === 1 ? '  ' : 'es'}`;
    const rate = (points: number) => `${points.toFixed(0).padStart(7)} points/s`;
    console.log(
      `${what}  cairn ${rate(ours)}  mlflow ${rate(theirs)}  ×${(ours / theirs).toFixed(1)}  nothing ${rate(most)}`,
    );
    if (processes === 1) {
      const perRequest = mode === 'batch' ? 1000 : 1;
      const own = (rate: number) => Math.max(0.01, (perRequest / rate - perRequest / most) * 1000);
      console.log(
        `  of it the server's own: cairn ${own(ours).toFixed(1)} ms a request, mlflow ${own(theirs).toFixed(1)} ms  ×${(own(theirs) / own(ours)).toFixed(1)}`,
      );
    }
  }
  const perRound = loads.reduce((sum, one) => sum + one.processes * one.points, 0);
  for (const server of servers) {
    if (server.database === null) continue;
    server.stop();
    await sleep(1500);
    const bytes = sizeOf(server.database);
    console.log(
      `${server.name}: ${(bytes / (perRound * rounds)).toFixed(1)} bytes per point on disk`,
    );
  }
} finally {
  for (const server of servers) server.stop();
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
}

async function load(
  server: Server,
  mode: string,
  processes: number,
  points: number,
): Promise<number> {
  const clients = Array.from({ length: processes }, () => {
    const child = spawn(
      python('mlflow3'),
      [join(checkout, 'bench', 'logging_client.py'), mode, String(points)],
      {
        env: { ...process.env, MLFLOW_TRACKING_URI: server.url, MLFLOW_TRACKING_TOKEN: token },
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    );
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return { child, next: async () => (await lines.next()).value as string };
  });
  for (const client of clients) await client.next();
  for (const { child } of clients) child.stdin.write('go\n');
  const seconds = await Promise.all(clients.map(async (client) => Number(await client.next())));
  return Math.max(...seconds);
}

async function startCairn(): Promise<Server> {
  const port = await freePort();
  const storeDir = join(scratch, 'cairn');
  mkdirSync(storeDir);
  const child = spawn(
    process.execPath,
    [
      join(checkout, 'test', 'support', 'mlflow-endpoint.ts'),
      ...['--store-dir', storeDir, '--root', scratch, '--token', token, '--port', String(port)],
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  return answering({ name: 'cairn', port, database: join(storeDir, 'cairn.db'), child });
}

async function startMlflow(): Promise<Server> {
  const port = await freePort();
  const folder = join(scratch, 'mlflow');
  mkdirSync(folder);
  const program = join(dirname(python('mlflow3')), 'mlflow');
  const child = spawn(
    program,
    [
      'server',
      ...['--backend-store-uri', `sqlite:///${join(folder, 'mlflow.db')}`],
      ...['--artifacts-destination', join(folder, 'artifacts')],
      ...['--host', '127.0.0.1', '--port', String(port)],
    ],
    {
      cwd: folder,
      stdio: 'ignore',
      env: { ...process.env, PATH: `${dirname(program)}:${process.env.PATH}` },
    },
  );
  return answering({ name: 'mlflow', port, database: join(folder, 'mlflow.db'), child });
}

async function answering(server: {
  name: string;
  port: number;
  database: string;
  child: ChildProcess;
}): Promise<Server> {
  const url = `http://127.0.0.1:${server.port}`;
  for (const deadline = Date.now() + 300_000; Date.now() < deadline; await sleep(200)) {
    const response = await fetch(`${url}/health`, {
      headers: { Authorization: `Bearer ${token}` },
    }).catch(() => null);
    if (response?.ok) {
      const stop = () => void server.child.kill('SIGTERM');
      return { name: server.name, url, database: server.database, stop };
    }
  }
  throw new Error(`${server.name} did not start.`);
}

/** Says yes to everything, at once: what is left is the client's own time. */
async function startNothing(): Promise<Server> {
  const run = { info: { run_id: '0'.repeat(32), run_uuid: '0'.repeat(32), experiment_id: '0' } };
  const server = createHttpServer((request, response) => {
    request.resume();
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(request.url?.endsWith('runs/create') ? { run } : {}));
    });
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { name: 'nothing', url: `http://127.0.0.1:${port}`, database: null, stop };
}

/** With all that is in the log, and without free pages. */
function sizeOf(database: string): number {
  const connection = new Database(database);
  connection.pragma('wal_checkpoint(TRUNCATE)');
  connection.exec('VACUUM');
  connection.close();
  return statSync(database).size;
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** A folder with an endpoint in a process of its own, and the real MLflow clients. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';

const checkout = join(import.meta.dirname, '..', '..');

/** The series of MLflow that are tested, newest first. */
export const series = ['mlflow3', 'mlflow2'] as const;
/** A Python with MLflow; that of PyTorch is there only where somebody asked for it. */
export type Series = (typeof series)[number] | 'torch';

export interface ScriptEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type OnEnd = (cleanUp: () => void) => void;

export class MlflowProject {
  readonly root: string;
  readonly storeDir: string;
  readonly token = 'interop-token-interop-token-interop';
  readonly #onEnd: OnEnd;
  #server: ChildProcess | null = null;
  #port = 0;

  constructor(onEnd: OnEnd) {
    this.#onEnd = onEnd;
    this.root = realpathSync(mkdtempSync(join(tmpdir(), 'cairn-mlflow-')));
    this.storeDir = join(this.root, '.cairn');
    mkdirSync(this.storeDir);
    onEnd(() => {
      this.#server?.kill('SIGKILL');
      rmSync(this.root, { recursive: true, force: true, maxRetries: 5 });
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Starts the endpoint, on the port that it had before if it had one. */
  async start(): Promise<void> {
    if (this.#port === 0) this.#port = await freePort();
    const server = spawn(
      process.execPath,
      [
        join(checkout, 'test', 'support', 'mlflow-endpoint.ts'),
        ...['--store-dir', this.storeDir, '--root', this.root],
        ...['--token', this.token, '--port', String(this.#port)],
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      createInterface({ input: server.stdout as NodeJS.ReadableStream }).once('line', () =>
        resolve(),
      );
      server.once('exit', (code) => reject(new Error(`The endpoint ended with ${code}.`)));
    });
  }

  /** Ends the endpoint as a crash would. */
  async kill(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null || server.exitCode !== null) return;
    const gone = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGKILL');
    await gone;
  }

  /** Runs a script of `test/interop/mlflow/` with one of the real clients. */
  async script(which: Series, name: string, ...args: string[]): Promise<ScriptEnd> {
    return endOf(this.startScript(which, name, ...args));
  }

  startScript(which: Series, name: string, ...args: string[]): ChildProcess {
    const child = spawn(
      python(which),
      [join(checkout, 'test', 'interop', 'mlflow', name), ...args],
      { cwd: this.root, env: this.environment(), stdio: ['pipe', 'pipe', 'pipe'] },
    );
    this.#onEnd(() => void child.kill('SIGKILL'));
    return child;
  }

  environment(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      MLFLOW_TRACKING_URI: this.url,
      MLFLOW_TRACKING_TOKEN: this.token,
      MLFLOW_HTTP_REQUEST_MAX_RETRIES: '7',
      MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR: '1',
      MLFLOW_HTTP_REQUEST_TIMEOUT: '60',
      // Its thread changes the environment while requests go through it, and one of them fails then.
      MLFLOW_DISABLE_TELEMETRY: 'true',
      MPLCONFIGDIR: join(this.root, '.matplotlib'),
      GIT_PYTHON_REFRESH: 'quiet',
    };
  }

  /** Reads the store as another program would. */
  query<T>(sql: string, ...values: unknown[]): T[] {
    const database = new Database(join(this.storeDir, 'cairn.db'), { readonly: true });
    try {
      return database.prepare<unknown[], T>(sql).all(...values);
    } finally {
      database.close();
    }
  }
}

/** Whether a Python was installed. */
export function hasPython(which: Series): boolean {
  return existsSync(programsOf(which));
}

function programsOf(which: Series): string {
  return join(checkout, '.venv', which, process.platform === 'win32' ? 'Scripts' : 'bin');
}

/** The Python that has one series of MLflow. */
export function python(which: Series): string {
  const windows = process.platform === 'win32';
  const folder = programsOf(which);
  if (!existsSync(folder)) {
    throw new Error('The Python tools are missing: run “node scripts/venv.mjs” first.');
  }
  return join(folder, windows ? 'python.exe' : 'python');
}

export function endOf(child: ChildProcess): Promise<ScriptEnd> {
  const printed = { stdout: '', stderr: '' };
  child.stdout?.on('data', (data: Buffer) => {
    printed.stdout += data;
  });
  child.stderr?.on('data', (data: Buffer) => {
    printed.stderr += data;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...printed }));
  });
}

/** A port that is free now; the endpoint comes back to it after it was killed. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

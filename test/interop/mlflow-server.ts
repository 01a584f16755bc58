/** MLflow's own tracking server, with SQLite, as a team runs one. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endOf, freePort, python, type ScriptEnd, type Series } from './mlflow-project.ts';

const checkout = join(import.meta.dirname, '..', '..');
const patienceMs = 120_000;

export class MlflowServer {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'cairn-mlflow-server-')));
  readonly #which: Series;
  #process: ChildProcess | null = null;
  #port = 0;

  constructor(which: Series, onEnd: (cleanUp: () => unknown) => void) {
    this.#which = which;
    mkdirSync(join(this.folder, 'artifacts'));
    onEnd(async () => {
      await this.kill();
      rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Starts it, on the port that it had before if it had one, and waits until it answers. */
  async start(): Promise<void> {
    if (this.#port === 0) this.#port = await freePort();
    const child = spawn(
      python(this.#which),
      [
        ...['-m', 'mlflow', 'server', '--workers', '1'],
        ...['--backend-store-uri', `sqlite:///${join(this.folder, 'mlflow.db')}`],
        ...['--artifacts-destination', join(this.folder, 'artifacts')],
        ...['--host', '127.0.0.1', '--port', String(this.#port)],
      ],
      {
        cwd: this.folder,
        stdio: 'ignore',
        // Its workers are processes of their own: they end with the group.
        detached: process.platform !== 'win32',
        env: {
          ...process.env,
          PATH: `${dirname(python(this.#which))}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`,
        },
      },
    );
    this.#process = child;
    for (const begun = Date.now(); Date.now() - begun < patienceMs; await sleep(250)) {
      const answer = await fetch(`${this.url}/health`).catch(() => null);
      if (answer?.ok) return;
      if (child.exitCode !== null) throw new Error(`mlflow server ended with ${child.exitCode}.`);
    }
    throw new Error('mlflow server does not answer.');
  }

  /** Ends it and its workers as a crash would. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child?.pid === undefined || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
    await gone;
  }

  /** Runs a script of `test/interop/mlflow/` against it. */
  script(name: string, ...args: string[]): Promise<ScriptEnd> {
    const child = spawn(
      python(this.#which),
      [join(checkout, 'test', 'interop', 'mlflow', name), ...args],
      {
        cwd: this.folder,
        env: { ...process.env, MLFLOW_TRACKING_URI: this.url, GIT_PYTHON_REFRESH: 'quiet' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    return endOf(child);
  }
}

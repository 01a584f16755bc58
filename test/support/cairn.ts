/** The built command in processes of its own, for a user whose folders nobody else has. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { Folders } from '../../src-main/workspace/index.ts';
import { commit, initRepository } from './git.ts';
import { tempFolder } from './temp.ts';
import { userFolders } from './workspace.ts';

/** `CAIRN_TEST_OUT` names another build than `out/`. */
const out = process.env.CAIRN_TEST_OUT ?? resolve(import.meta.dirname, '../../out');
const entry = resolve(out, 'main/cli.js');
const compiled = resolve(import.meta.dirname, '../../node_modules/.cache/cairn-tests');

/** How a command ended, and what it printed. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class Cairn {
  readonly folders: Folders = userFolders();
  readonly env: NodeJS.ProcessEnv;

  constructor(env: NodeJS.ProcessEnv = {}) {
    if (!existsSync(entry)) throw new Error('Nothing is built. Run “npm run build” first.');
    this.env = {
      ...process.env,
      GIT_CONFIG_GLOBAL: '/dev/null',
      // What V8 made of the program, which each new cache folder would have it make again.
      NODE_COMPILE_CACHE: compiled,
      CAIRN_DATA_DIR: this.folders.data,
      CAIRN_CACHE_DIR: this.folders.cache,
      CAIRN_CONFIG_DIR: this.folders.config,
      ...env,
    };
  }

  /** Runs `cairn ARGS` in a folder to its end. */
  run(folder: string, ...args: string[]): Promise<Ended> {
    return endOf(this.start(folder, ...args));
  }

  /** Runs `cairn ARGS --json`, which must succeed, and gives what it printed. */
  async json<T = Record<string, unknown>>(folder: string, ...args: string[]): Promise<T> {
    const [command = '', ...rest] = args;
    const ended = await this.run(folder, command, '--json', ...rest);
    // What went wrong stands on either: with --json an error is an object as well.
    expect(ended.code, `${ended.stderr}\n${ended.stdout}`).toBe(0);
    return JSON.parse(ended.stdout) as T;
  }

  /** Starts it; it is killed when the test ends. */
  start(folder: string, ...args: string[]): ChildProcess {
    const child = spawn(process.execPath, [entry, ...args], {
      cwd: folder,
      env: this.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  }
}

function endOf(child: ChildProcess): Promise<Ended> {
  const printed = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  child.stdout?.on('data', (bytes: Buffer) => printed.stdout.push(bytes));
  child.stderr?.on('data', (bytes: Buffer) => printed.stderr.push(bytes));
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) =>
      done({
        code,
        stdout: Buffer.concat(printed.stdout).toString('utf8'),
        stderr: Buffer.concat(printed.stderr).toString('utf8'),
      }),
    );
  });
}

/** It failed, and its last line is one sentence about `what`, without a stack trace. */
export function expectRefusal(ended: Ended, what: RegExp): void {
  const { code, stdout, stderr } = ended;
  expect(code, `${stdout}${stderr}`).not.toBe(0);
  const lines = stderr.trimEnd().split('\n');
  expect(lines.at(-1)).toMatch(/^cairn: \S.*[.?]$/);
  expect(lines.at(-1)).toMatch(what);
  expect(stderr).not.toMatch(/^\s+at |node:internal|undefined|\[object/m);
}

/** A folder with Git, and one commit of these files. */
export function gitProject(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = initRepository(tempFolder());
  commit(folder, files, 'Begin');
  return folder;
}

/** Every path below a folder with its kind, size, time and, for files, content. */
export function listing(folder: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const path of ['', ...(readdirSync(folder, { recursive: true }) as string[])].sort()) {
    const absolute = join(folder, path);
    const stat = lstatSync(absolute, { bigint: true });
    const content = stat.isFile() ? readFileSync(absolute, 'base64') : '';
    found.set(path, `${stat.mode} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs} ${content}`);
  }
  return found;
}

/** Waits until `look` gives something. @throws after `ms` */
export async function until<T>(
  look: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  ms = 10_000,
): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`nothing after ${ms} ms`);
    await new Promise((next) => setTimeout(next, 30));
  }
}

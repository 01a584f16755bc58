/** One way to drive the built program, in Electron where its binary is, and in the stand-in always. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type Browser, chromium, type Page } from '@playwright/test';
import { isAppAddress } from './standin/addresses.ts';
import type { Evaluation, FromApp } from './standin/remote.ts';

type Electron = typeof import('electron');
type Evaluated<R, A> = (electron: Electron, argument: A) => R | Promise<R>;

export interface LaunchOptions {
  /** What a user would type behind the program's name. */
  readonly args?: readonly string[];
  /** Electron's user data folder: instances with the same one are the same app. */
  readonly userData: string;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

export interface Desktop {
  /** Runs a function in the main process. It is sent as text: nothing around it is known there. */
  evaluate<R, A = undefined>(run: Evaluated<R, A>, argument?: A): Promise<R>;
  /** The pages of the windows that are open. */
  pages(): Page[];
  /** Resolves when the main process has ended. */
  readonly ended: Promise<void>;
  /** Quits as the menu does. */
  quit(): Promise<void>;
  /** `kill -9`. */
  kill(): Promise<void>;
}

export interface Driver {
  readonly name: string;
  /** Why it cannot be used here, or null. */
  readonly missing: string | null;
  launch(options: LaunchOptions): Promise<Desktop>;
  /** Starts a second instance and resolves with its exit code. */
  launchSecond(options: LaunchOptions): Promise<number | null>;
}

const root = join(import.meta.dirname, '..', '..');
const outDir = process.env.CAIRN_OUT ?? join(root, 'out');
const register = join(import.meta.dirname, 'standin', 'register.ts');

function standinProcess({ args = [], userData, env, cwd }: LaunchOptions): ChildProcess {
  const entry = join(outDir, 'main', 'electron.js');
  return spawn(
    process.execPath,
    ['--import', register, entry, `--user-data-dir=${userData}`, ...args],
    { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
}

const standin: Driver = {
  name: 'the stand-in',
  missing: null,
  async launch(options) {
    const child = standinProcess(options);
    const ended = once(child, 'exit').then(() => {});
    const pending = new Map<number, PromiseWithResolvers<unknown>>();
    const announced = Promise.withResolvers<string>();
    void ended.then(() => {
      const gone = new Error('The main process has ended.');
      announced.reject(gone);
      for (const { reject } of pending.values()) reject(gone);
    });
    child.on('message', (message: FromApp) => {
      if (message.type === 'browser') announced.resolve(message.endpoint);
      else if (message.type === 'value') pending.get(message.id)?.resolve(message.value);
      else pending.get(message.id)?.reject(new Error(message.message));
    });
    const browser: Browser = await chromium.connectOverCDP(await announced.promise);
    let nextId = 1;
    const desktop: Desktop = {
      evaluate: <R, A>(run: Evaluated<R, A>, argument?: A) => {
        const id = nextId++;
        const answer = Promise.withResolvers<unknown>();
        pending.set(id, answer);
        child.send({ id, source: String(run), argument } satisfies Evaluation);
        return answer.promise as Promise<R>;
      },
      pages: () =>
        browser
          .contexts()
          .flatMap((context) => context.pages())
          .filter((page) => isAppAddress(page.url())),
      ended,
      quit: async () => {
        await desktop.evaluate(({ app }) => app.quit()).catch(() => {});
        await ended;
      },
      kill: async () => {
        child.kill('SIGKILL');
        await ended;
        await browser.close().catch(() => {});
      },
    };
    return desktop;
  },
  async launchSecond(options) {
    const [code] = await once(standinProcess(options), 'exit');
    return code;
  },
};

/** Electron's binary: `CAIRN_ELECTRON`, or what the package has fetched. */
function electronBinary(): string | null {
  if (process.env.CAIRN_ELECTRON) return process.env.CAIRN_ELECTRON;
  const folder = join(root, 'node_modules', 'electron');
  const marker = join(folder, 'path.txt');
  if (!existsSync(marker)) return null;
  const binary = join(folder, 'dist', readFileSync(marker, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}

function electronMissing(): string | null {
  if (electronBinary() === null) return 'the electron package has no binary here';
  const screen = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  return screen ? null : 'there is no display';
}

/** As root, Chromium has no sandbox; no user runs the program so. */
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

function electronLaunch({ args = [], userData, env, cwd }: LaunchOptions) {
  const all = [...asRoot, root, `--user-data-dir=${userData}`, ...args];
  return { args: all, cwd, env: { ...process.env, ...env } as Record<string, string> };
}

const electron: Driver = {
  name: 'Electron',
  missing: electronMissing(),
  async launch(options) {
    const executablePath = electronBinary() as string;
    const application = await _electron.launch({ ...electronLaunch(options), executablePath });
    const child = application.process();
    const ended = once(child, 'exit').then(() => {});
    return {
      evaluate: (run, argument) => application.evaluate(run as never, argument) as never,
      pages: () => application.windows().filter((page) => page.url().startsWith('app://')),
      ended,
      quit: async () => {
        await application.evaluate(({ app }) => app.quit()).catch(() => {});
        await ended;
      },
      kill: async () => {
        child.kill('SIGKILL');
        await ended;
      },
    };
  },
  async launchSecond(options) {
    const { args, cwd, env } = electronLaunch(options);
    const [code] = await once(spawn(electronBinary() as string, args, { cwd, env }), 'exit');
    return code;
  },
};

/** The drivers that can be used here; says why Electron is not among them. */
export function drivers(): Driver[] {
  if (electron.missing !== null) {
    console.log(`Not in Electron itself: ${electron.missing}. The stand-in is used alone.`);
  }
  return [electron, standin].filter(({ missing }) => missing === null);
}

/** Pages of the window for tests in a browser: over a core made of memory, or over the real one. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import type * as Axe from 'axe-core';
import { createLogger } from '../../src-main/base/logger.ts';
import { startServer } from '../../src-main/shells/server/index.ts';
import { type FakeOptions, fakeCore } from '../support/fake-core.ts';
import { commit, initRepository } from '../support/git.ts';

const root = join(import.meta.dirname, '..', '..');

/** A part of the built program. `CAIRN_TEST_OUT` names another build than `out/`. */
function built(...path: string[]): string {
  const found = join(process.env.CAIRN_TEST_OUT ?? join(root, 'out'), ...path);
  if (!existsSync(found)) throw new Error(`There is no ${found}. Run “npm run build” first.`);
  return found;
}

interface Served {
  readonly url: string;
  close(): Promise<void>;
}

interface Project {
  readonly folder: string;
  readonly home: string;
  /** Types a command of `cairn` in another terminal, so to say. */
  cairn(...args: string[]): Promise<string>;
}

interface WindowOptions {
  readonly theme?: 'light' | 'dark' | 'system';
  readonly locale?: 'en' | 'zh';
}

interface Fixtures {
  /** Serves the window over a core made of memory. */
  serveFake(options?: FakeOptions, port?: number): Promise<Served>;
  /** The example project in a folder of its own, under Git, and a home that nobody else has. */
  project: Project;
  /** Runs the built `cairn serve` for the project, or for no folder. */
  serveReal(folder: string | null): Promise<Served>;
  /** Opens the window at an address. The test fails when the page throws or is refused something. */
  openWindow(url: string, options?: WindowOptions): Promise<Page>;
}

export const test = base.extend<Fixtures>({
  serveFake: async ({ browserName: _ }, use) => {
    const servers: Served[] = [];
    await use(async (options = {}, port = 0) => {
      const server = await startServer({
        handlers: fakeCore(options),
        rendererDir: dirname(built('renderer', 'index.html')),
        port,
        logger: createLogger('error', () => {}),
      });
      servers.push(server);
      return server;
    });
    await Promise.all(servers.map((server) => server.close()));
  },

  project: async ({ browserName: _ }, use) => {
    const base = mkdtempSync(join(tmpdir(), 'cairn-e2e-'));
    const folder = join(base, 'penguins');
    const home = join(base, 'home');
    cpSync(join(root, 'resources', 'example'), folder, { recursive: true });
    initRepository(folder);
    commit(folder, {}, 'Begin with the penguins');
    await use({ folder, home, cairn: (...args) => runCairn(folder, home, args) });
    rmSync(base, { recursive: true, force: true, maxRetries: 5 });
  },

  serveReal: async ({ project }, use) => {
    const servers: Served[] = [];
    await use(async (folder) => {
      const server = await startReal(folder, project.home);
      servers.push(server);
      return server;
    });
    await Promise.all(servers.map((server) => server.close()));
  },

  openWindow: async ({ browser, contextOptions, viewport }, use) => {
    const contexts: BrowserContext[] = [];
    const problems: string[] = [];
    await use(async (url, { theme = 'light', locale = 'en' } = {}) => {
      const context = await browser.newContext({ ...contextOptions, viewport });
      contexts.push(context);
      await context.addInitScript(
        ([theme, locale]) => {
          localStorage['cairn.preferences'] ??= JSON.stringify({
            state: { theme, locale },
            version: 1,
          });
        },
        [theme, locale],
      );
      const page = await context.newPage();
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => {
        const expected = /WebSocket|ERR_CONNECTION_REFUSED/.test(message.text());
        if (message.type() === 'error' && !expected) problems.push(message.text());
      });
      await page.goto(url);
      return page;
    });
    await Promise.all(contexts.map((context) => context.close()));
    expect(problems).toEqual([]);
  },
});

async function startReal(folder: string | null, home: string): Promise<Served> {
  const cli = built('main', 'cli.js');
  const child = spawn(
    process.execPath,
    [cli, '--json', 'serve', ...(folder === null ? [] : [folder])],
    { env: { ...process.env, ...homeVariables(home) } },
  );
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.on('exit', () => resolve());
      child.kill('SIGTERM');
    });
  return { url: await firstUrl(child), close };
}

/** Runs a command of `cairn` in the project; resolves to what it printed. */
function runCairn(folder: string, home: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...homeVariables(home) };
    const argv = [built('main', 'cli.js'), '-C', folder, ...args];
    execFile(process.execPath, argv, { env }, (error, stdout) =>
      error === null ? resolve(stdout) : reject(error),
    );
  });
}

/** Everything that Cairn keeps for a user, in one folder, on each system. */
function homeVariables(home: string): NodeJS.ProcessEnv {
  return {
    HOME: home,
    USERPROFILE: home,
    APPDATA: join(home, 'AppData', 'Roaming'),
    LOCALAPPDATA: join(home, 'AppData', 'Local'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_CONFIG_HOME: join(home, 'config'),
  };
}

function firstUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    let problem = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk;
      const url = /http:\/\/127[^"\s]+/.exec(text)?.[0];
      if (url !== undefined) resolve(url);
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      problem += chunk;
    });
    child.on('exit', (code) => reject(new Error(`cairn serve ended with ${code}: ${problem}`)));
  });
}

/**
 * Waits until `ready` is in the view and nothing in sight is being loaded any more; what is further
 * down waits to be seen. Looks at every frame: a locator looks twice a second after a while.
 */
export async function settled(page: Page, ready = ':scope'): Promise<void> {
  await page.waitForFunction((ready) => {
    const main = document.querySelector('main');
    const isShown = (element: Element): boolean => element.checkVisibility();
    const there = ready === ':scope' || [...(main?.querySelectorAll(ready) ?? [])].some(isShown);
    if (main === null || !there) return false;
    const busy = document.querySelectorAll('main [aria-busy="true"], .mantine-Skeleton-root');
    return [...busy].every((element) => {
      const { top, bottom, height } = element.getBoundingClientRect();
      return height === 0 || bottom < 0 || top > innerHeight;
    });
  }, ready);
}

/** Source of axe, which is put into a page once. */
const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

/**
 * What axe finds wrong with the page, in words. Frames hold what users bring, so it stays outside.
 * @param rules of axe to be checked; all when left out
 */
export async function accessibilityProblems(
  page: Page,
  rules: readonly string[] | null = null,
): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  return page.evaluate(async (rules) => {
    const { axe } = globalThis as unknown as { axe: typeof Axe };
    // Writing down what passes as well takes three times as long.
    const { violations } = await axe.run(document, {
      resultTypes: ['violations'],
      iframes: false,
      preload: false,
      ...(rules === null ? {} : { runOnly: [...rules] }),
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
    );
  }, rules);
}

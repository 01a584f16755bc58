/** The program on folders of its own: what every test of the suite starts from. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, onTestFinished } from 'vitest';
import { tempFolder } from '../support/temp.ts';
import type { Desktop, Driver, LaunchOptions } from './driver.ts';

const example = join(import.meta.dirname, '..', '..', 'resources', 'example');

/** A script that takes its time, for following; it prints a line whenever it has worked for 100 ms. */
/** Prints some lines, and with a second argument goes on to its end when that file is there. */
const slowScript = `import os, sys, time
for i in range(int(sys.argv[1])):
    print("line", i, flush=True)
    time.sleep(0.1)
while len(sys.argv) > 2 and not os.path.exists(sys.argv[2]):
    time.sleep(0.1)
print("the end", flush=True)
`;

/** A machine's folders: the user's, the program's, and a project in them. */
export class Machine {
  readonly folder = tempFolder('cairn-desktop-');
  readonly #driver: Driver;

  constructor(driver: Driver) {
    this.#driver = driver;
  }

  /** A copy of the example project, with a slow script beside it. */
  project(name: string): string {
    const folder = join(this.folder, name);
    cpSync(example, folder, { recursive: true });
    writeFileSync(join(folder, 'slow.py'), slowScript);
    return folder;
  }

  launchOptions(args: readonly string[]): LaunchOptions {
    const home = join(this.folder, 'home');
    mkdirSync(home, { recursive: true });
    const env = {
      HOME: home,
      USERPROFILE: home,
      LOCALAPPDATA: join(home, 'local'),
      APPDATA: join(home, 'roaming'),
      XDG_DATA_HOME: join(home, 'data'),
      XDG_CONFIG_HOME: join(home, 'config'),
      XDG_CACHE_HOME: join(home, 'cache'),
      LANG: 'en_GB.UTF-8',
    };
    return { args, env, userData: join(this.folder, 'shell'), cwd: this.folder };
  }

  /** Starts the program; it is ended with the test. */
  async start(...args: string[]): Promise<Desktop> {
    const desktop = await this.#driver.launch(this.launchOptions(args));
    onTestFinished(() => desktop.kill());
    return desktop;
  }

  second(...args: string[]): Promise<number | null> {
    return this.#driver.launchSecond(this.launchOptions(args));
  }
}

/** The page of window number `index`, when there are at least that many. */
export async function pageOf(desktop: Desktop, index = 0): Promise<Page> {
  await expect.poll(() => desktop.pages().length, { timeout: 15_000 }).toBeGreaterThan(index);
  return desktop.pages()[index] as Page;
}

/** Clicks an item of the application's menu. */
export function clickMenu(desktop: Desktop, id: string): Promise<void> {
  return desktop.evaluate(({ Menu }, wanted) => {
    const item = Menu.getApplicationMenu()?.getMenuItemById(wanted);
    if (!item) throw new Error(`The menu has no ${wanted}.`);
    item.click();
  }, id);
}

/** Answers the folder dialogs to come. */
export function answerFolderDialog(desktop: Desktop, folder: string): Promise<void> {
  return desktop.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, folder);
}

/** Waits until the window has the folder open, by its title. */
export async function waitForFolder(page: Page, name: string): Promise<void> {
  await expect
    .poll(() => page.title(), { timeout: 20_000 })
    .toMatch(new RegExp(`${name} – Cairn$`));
}

/** Trusts the folder by the button of the banner. */
export async function trust(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Trust this folder' }).click();
  await page.getByRole('button', { name: 'Trust this folder' }).waitFor({ state: 'detached' });
}

/** Starts a command as a user does, and waits for the page of its run. */
export async function startCommand(page: Page, line: string): Promise<void> {
  await page.getByRole('button', { name: 'New run' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Command', { exact: true }).first().click();
  await dialog.getByRole('textbox', { name: 'Command' }).fill(line);
  await dialog.getByRole('button', { name: 'Start' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.waitForURL(/#\/run\//);
}

/** How the run stands, in the header of its page: a mark and a word. */
export function runStatus(page: Page, word: 'Running' | 'Finished'): Locator {
  return page.locator('header').getByText(new RegExp(`${word}$`));
}

/** The processes of the cores, as Electron lists its own. */
export function corePids(desktop: Desktop): Promise<number[]> {
  return desktop.evaluate(({ app }) =>
    app
      .getAppMetrics()
      .filter(
        ({ type, name, serviceName }) =>
          type === 'Utility' && (name ?? serviceName) === 'Cairn core',
      )
      .map(({ pid }) => pid),
  );
}

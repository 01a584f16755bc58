/**
 * The module `electron`, as far as Cairn's main process uses it, over Node and a real Chromium. What
 * it does not imitate is listed in ../README.md.
 */
import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserWindowClass } from './browser-window.ts';
import { ChromiumHost } from './chromium.ts';
import { takeLock } from './instance-lock.ts';
import { announce, listenForSuite } from './remote.ts';
import { StandinSession } from './session.ts';
import { utilityProcesses } from './utility-process.ts';
import type { WebContents } from './web-contents.ts';

export { ipcMain } from './ipc-main.ts';
export { Menu } from './menu.ts';
export { MessageChannelMain } from './message-channel.ts';
export { utilityProcess } from './utility-process.ts';

const defaultSession = new StandinSession();
export const session = { defaultSession };
export const protocol = { registerSchemesAsPrivileged: (_schemes: unknown[]) => {} };
const host = new ChromiumHost(defaultSession);

class App extends EventEmitter {
  readonly isPackaged = false;
  readonly #ready = Promise.withResolvers<void>();
  #quitting = false;

  /** Electron is ready after the main module was evaluated, never before. */
  async start(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#quitting) return;
    announce(await host.start(join(this.getPath('userData'), `chromium-${process.pid}`)));
    this.emit('ready');
    this.#ready.resolve();
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  getPath(name: string): string {
    const given = process.argv.find((argument) => argument.startsWith('--user-data-dir='));
    const folder = given?.slice(given.indexOf('=') + 1) ?? join(tmpdir(), 'cairn-standin-data');
    const path = name === 'userData' ? folder : join(folder, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  getLocale(): string {
    return process.env.LANG?.startsWith('zh') ? 'zh-CN' : 'en-US';
  }

  requestSingleInstanceLock(data: unknown): boolean {
    const message = { argv: process.argv, cwd: process.cwd(), data };
    return takeLock(this.getPath('userData'), message, (received) => {
      const second = received as typeof message;
      this.emit('second-instance', {}, second.argv, second.cwd, second.data);
    });
  }

  getAppMetrics() {
    const utilities = utilityProcesses().map(({ pid, serviceName }) => ({
      pid,
      type: 'Utility',
      name: serviceName,
    }));
    return [{ pid: process.pid, type: 'Browser', name: 'Browser' }, ...utilities];
  }

  enableSandbox(): void {}

  setAsDefaultProtocolClient(): boolean {
    return false;
  }

  addRecentDocument(_path: string): void {}

  quit(): void {
    if (this.#quitting) return;
    this.#quitting = true;
    this.emit('before-quit', { preventDefault: () => {} });
    const windows = BrowserWindow.getAllWindows();
    if (windows.length === 0) void this.#end();
    for (const window of windows) window.close();
  }

  exit(code = 0): void {
    void host.stop().finally(() => process.exit(code));
  }

  windowsClosed(): void {
    if (this.#quitting) void this.#end();
    else if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }

  async #end(): Promise<void> {
    this.emit('will-quit', { preventDefault: () => {} });
    // Electron ends its utility processes with itself; here they get a moment to end by themselves.
    const children = utilityProcesses().map(
      (child) => new Promise((end) => child.once('exit', end)),
    );
    const grace = new Promise((resolve) => setTimeout(resolve, 4000).unref());
    await Promise.race([Promise.all(children), grace]);
    await host.stop();
    process.exit(0);
  }
}

export const app = new App();

export const BrowserWindow = browserWindowClass({
  host,
  created: (contents: WebContents) => app.emit('web-contents-created', {}, contents),
  allClosed: () => app.windowsClosed(),
});

export const nativeTheme = { shouldUseDarkColors: false };

/** Every dialog is cancelled until the suite answers it: it replaces these functions. */
export const dialog = {
  showOpenDialog: async () => ({ canceled: true, filePaths: [] as string[] }),
  showSaveDialog: async () => ({ canceled: true, filePath: '' }),
  showMessageBox: async () => ({ response: 1, checkboxChecked: false }),
};

export const shell = {
  openExternal: async (_address: string) => {},
  showItemInFolder: (_path: string) => {},
};

/** Messages of the system's; the suite reads and clicks them. */
export class Notification extends EventEmitter {
  static readonly shown: Notification[] = [];
  readonly title: string;
  readonly body: string;

  constructor({ title = '', body = '' }: { title?: string; body?: string }) {
    super();
    this.title = title;
    this.body = body;
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    Notification.shown.push(this);
  }
}

const display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } };
export const screen = {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
};

const controllable = {
  app,
  BrowserWindow,
  dialog,
  nativeTheme,
  Notification,
  screen,
  shell,
  session,
};
// A suite that is gone leaves no browser behind.
listenForSuite(controllable, () => app.exit(1));
void app.start();

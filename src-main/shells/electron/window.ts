/** One window with its core: what it shows, what it is told, what becomes of it. */
import { realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BrowserWindow, Rectangle } from 'electron';
import type { Logger } from '../../base/logger.ts';
import { type ShellCommand, shellChannels } from '../../contract/shell.ts';
import type { OpenRequest } from './addresses.ts';
import { Backoff } from './backoff.ts';
import type { FromCore } from './core-messages.ts';
import { CoreProcess } from './core-process.ts';
import type { ElectronModule } from './electron.ts';
import { pageAddress } from './pages.ts';
import type { ShellText } from './text.ts';
import { smallestWindow } from './window-state.ts';

export interface WindowOptions {
  readonly outDir: string;
  readonly bounds: Rectangle;
  readonly maximized: boolean;
  readonly text: ShellText;
  readonly logger: Logger;
  onCoreMessage(message: FromCore): void;
}

/** The colours of an empty page, so that a window does not flash while it loads. */
const background = { light: '#faf8f4', dark: '#191816' };

export class WorkspaceWindow {
  readonly browser: BrowserWindow;
  readonly #electron: ElectronModule;
  readonly #options: WindowOptions;
  readonly #core: CoreProcess;
  readonly #pageFalls = new Backoff();
  /** What was asked for, and the root it turned out to be in. */
  #requested: string | null = null;
  #root: string | null = null;
  /** Commands for a page that has not come up yet. */
  #commands: ShellCommand[] = [];
  #pageIsUp = false;
  #awaitsPort = false;

  constructor(electron: ElectronModule, options: WindowOptions) {
    this.#electron = electron;
    this.#options = options;
    this.browser = this.#createBrowser();
    this.#core = new CoreProcess(electron, {
      entry: join(options.outDir, 'main', 'core.js'),
      logger: options.logger,
      onMessage: (message) => this.#onCoreMessage(message),
      onFell: () => {
        if (!this.browser.isDestroyed()) this.browser.webContents.send(shellChannels.portLost);
      },
      onGivenUp: (retry) => {
        const { coreFell, coreFellDetail } = options.text;
        void this.#askToRetry(coreFell, coreFellDetail, retry);
      },
    });
    this.#watchPage();
    this.browser.once('closed', () => this.#core.end());
    this.#load();
  }

  /** The folder that is open here, or that was asked for; null for a window without one. */
  get folder(): string | null {
    return this.#root ?? this.#requested;
  }

  /** Whether `folder` is open here or about to be. */
  holds(folder: string): boolean {
    const place = canonical(folder);
    return [this.#requested, this.#root].some((own) => own !== null && canonical(own) === place);
  }

  /** Notes that the page will open `folder`, before it has. */
  claim(folder: string): void {
    this.#requested = folder;
  }

  /** Has the page open a folder, and show a run of it. */
  open({ folder, run }: OpenRequest): void {
    if (folder === null) return;
    this.claim(folder);
    this.send({ type: 'open', path: folder, run });
  }

  /** Tells the page, now or when it is up. */
  send(command: ShellCommand): void {
    if (this.browser.isDestroyed()) return;
    if (this.#pageIsUp) this.browser.webContents.send(shellChannels.command, command);
    else this.#commands.push(command);
  }

  /** The page is up and wants a port. */
  connect(): void {
    this.#pageIsUp = true;
    for (const command of this.#commands.splice(0)) this.send(command);
    if (this.#awaitsPort) return;
    this.#awaitsPort = true;
    this.#core.connect(
      () => this.#root,
      (port) => {
        this.#awaitsPort = false;
        if (this.browser.isDestroyed()) port.close();
        else this.browser.webContents.postMessage(shellChannels.port, null, [port]);
      },
    );
  }

  toFront(): void {
    if (this.browser.isMinimized()) this.browser.restore();
    this.browser.show();
    this.browser.focus();
  }

  #createBrowser(): BrowserWindow {
    const { outDir, bounds, maximized } = this.#options;
    const { BrowserWindow, nativeTheme } = this.#electron;
    const browser = new BrowserWindow({
      ...bounds,
      minWidth: smallestWindow.width,
      minHeight: smallestWindow.height,
      show: false,
      title: 'Cairn',
      backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
      webPreferences: {
        preload: join(outDir, 'preload', 'index.cjs'),
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: false,
      },
    });
    if (maximized) browser.maximize();
    browser.once('ready-to-show', () => browser.show());
    return browser;
  }

  #load(): void {
    this.browser.loadURL(pageAddress).catch((error: unknown) => {
      if (!this.browser.isDestroyed()) this.#options.logger.error('The page did not load', error);
    });
  }

  #watchPage(): void {
    const { webContents: contents } = this.browser;
    contents.on('did-start-navigation', (details) => {
      if (details.isMainFrame && !details.isSameDocument) this.#pageIsUp = false;
    });
    contents.on('did-finish-load', () => this.#pageFalls.up(Date.now()));
    contents.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit') return;
      this.#options.logger.error(`The page ended: ${reason}`);
      const pause = this.#pageFalls.fell(Date.now());
      const again = () => {
        if (!this.browser.isDestroyed()) this.#load();
      };
      if (pause !== null) setTimeout(again, pause);
      else void this.#askToRetry(this.#options.text.pageFell, '', again);
    });
  }

  #onCoreMessage(message: FromCore): void {
    if (message.type === 'folder' && !this.browser.isDestroyed()) {
      this.#root = message.root;
      this.#requested = message.asked;
      this.browser.setRepresentedFilename(message.root ?? '');
    }
    this.#options.onCoreMessage(message);
  }

  async #askToRetry(message: string, detail: string, retry: () => void): Promise<void> {
    if (this.browser.isDestroyed()) return;
    const { text } = this.#options;
    const { response } = await this.#electron.dialog.showMessageBox(this.browser, {
      type: 'error',
      message,
      detail,
      buttons: [text.tryAgain, text.closeWindow],
      defaultId: 0,
      cancelId: 1,
    });
    if (response === 0) retry();
    else if (!this.browser.isDestroyed()) this.browser.close();
  }
}

/** A path by which the same folder is recognised, links resolved where it exists. */
function canonical(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    return resolve(folder);
  }
}

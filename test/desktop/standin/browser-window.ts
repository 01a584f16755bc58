/** BrowserWindow: a page of Chromium. Its place on the screen is only remembered. */
import { EventEmitter } from 'node:events';
import type { ChromiumHost } from './chromium.ts';
import { ipcMain } from './ipc-main.ts';
import { WebContents } from './web-contents.ts';

interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Options extends Partial<Bounds> {
  readonly title?: string;
  readonly show?: boolean;
  readonly backgroundColor?: string;
  readonly webPreferences?: { readonly preload?: string };
}

export interface WindowEnvironment {
  readonly host: ChromiumHost;
  /** `web-contents-created`, and the end of the last window. */
  created(contents: WebContents): void;
  allClosed(): void;
}

/** The class as a program sees it, in the environment of one app. */
export function browserWindowClass(environment: WindowEnvironment) {
  const windows = new Set<BrowserWindow>();
  let focused: BrowserWindow | null = null;
  let nextId = 1;

  class BrowserWindow extends EventEmitter {
    readonly id = nextId++;
    readonly webContents: WebContents;
    /** What the program asked for; the suite reads it. */
    readonly options: Options;
    #bounds: Bounds;
    #title: string;
    #visible: boolean;
    #maximized = false;
    #minimized = false;
    #state: 'open' | 'closing' | 'destroyed' = 'open';

    constructor(options: Options = {}) {
      super();
      const { x = 0, y = 0, width = 800, height = 600 } = options;
      this.options = options;
      this.#bounds = { x, y, width, height };
      this.#title = options.title ?? '';
      this.#visible = options.show ?? true;
      this.webContents = new WebContents({
        host: environment.host,
        ipcMain,
        preload: options.webPreferences?.preload,
      });
      windows.add(this);
      this.webContents.once('did-finish-load', () => this.emit('ready-to-show'));
      void this.#prepare();
      environment.created(this.webContents);
    }

    static getAllWindows(): BrowserWindow[] {
      return [...windows];
    }

    static getFocusedWindow(): BrowserWindow | null {
      return focused;
    }

    static fromWebContents(contents: unknown): BrowserWindow | null {
      return [...windows].find((window) => window.webContents === contents) ?? null;
    }

    async #prepare(): Promise<void> {
      const page = await this.webContents.page;
      page.once('close', () => this.close());
      const { width, height } = this.#bounds;
      await page.setViewportSize({ width, height });
    }

    loadURL(address: string): Promise<void> {
      return this.webContents.loadURL(address);
    }

    show(): void {
      this.#visible = true;
      this.focus();
    }

    focus(): void {
      if (this.#state !== 'open') return;
      focused = this;
      this.emit('focus');
    }

    isVisible(): boolean {
      return this.#visible;
    }

    isFocused(): boolean {
      return focused === this;
    }

    /** As Electron draws it: below 0 none, above 1 one that only says that there is work. */
    progress = -1;

    setProgressBar(progress: number): void {
      this.progress = progress;
    }

    minimize(): void {
      this.#minimized = true;
    }

    isMinimized(): boolean {
      return this.#minimized;
    }

    restore(): void {
      this.#minimized = false;
    }

    maximize(): void {
      this.#maximized = true;
    }

    isMaximized(): boolean {
      return this.#maximized;
    }

    getBounds(): Bounds {
      return { ...this.#bounds };
    }

    getNormalBounds(): Bounds {
      return this.getBounds();
    }

    setBounds(bounds: Partial<Bounds>): void {
      this.#bounds = { ...this.#bounds, ...bounds };
      const { width, height } = this.#bounds;
      void this.webContents.page.then((page) => page.setViewportSize({ width, height }));
    }

    getTitle(): string {
      return this.#title;
    }

    setTitle(title: string): void {
      this.#title = title;
    }

    setRepresentedFilename(): void {}

    isDestroyed(): boolean {
      return this.#state === 'destroyed';
    }

    close(): void {
      if (this.#state !== 'open') return;
      let prevented = false;
      this.emit('close', {
        preventDefault: () => {
          prevented = true;
        },
      });
      if (prevented) return;
      this.#state = 'closing';
      void this.#destroy();
    }

    async #destroy(): Promise<void> {
      const page = await this.webContents.page;
      await page.close().catch(() => {});
      this.webContents.gone();
      this.#state = 'destroyed';
      windows.delete(this);
      if (focused === this) focused = null;
      this.emit('closed');
      if (windows.size === 0) environment.allClosed();
    }
  }

  return BrowserWindow;
}

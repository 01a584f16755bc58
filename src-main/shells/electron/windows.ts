/** All windows: one for each folder, found again instead of opened twice. */
import type { BrowserWindow } from 'electron';
import type { Logger } from '../../base/logger.ts';
import type { OpenRequest } from './addresses.ts';
import type { FromCore } from './core-messages.ts';
import type { ElectronModule } from './electron.ts';
import type { SettingsFile } from './settings.ts';
import type { ShellText } from './text.ts';
import { WorkspaceWindow } from './window.ts';
import { cascade, placeWindow } from './window-state.ts';

export interface WindowsOptions {
  readonly outDir: string;
  readonly settings: SettingsFile;
  readonly text: ShellText;
  readonly logger: Logger;
  onCoreMessage(message: FromCore): void;
}

export class Windows {
  readonly #electron: ElectronModule;
  readonly #options: WindowsOptions;
  /** The one used last is the last. */
  #windows: WorkspaceWindow[] = [];

  constructor(electron: ElectronModule, options: WindowsOptions) {
    this.#electron = electron;
    this.#options = options;
  }

  get front(): WorkspaceWindow | undefined {
    const focused = this.#electron.BrowserWindow.getFocusedWindow();
    return (focused === null ? undefined : this.of(focused)) ?? this.#windows.at(-1);
  }

  of(browser: BrowserWindow): WorkspaceWindow | undefined {
    return this.#windows.find((window) => window.browser === browser);
  }

  /**
   * Brings up what is asked for: the window that has the folder, else one without a folder, else a
   * new one. Asked for nothing, the window in front.
   */
  open(request: OpenRequest): void {
    const { folder, run } = request;
    if (folder === null) {
      const { front } = this;
      if (front === undefined) this.create(request);
      else front.toFront();
      return;
    }
    const holder = this.#windows.find((window) => window.holds(folder));
    if (holder !== undefined) {
      if (run !== null) holder.send({ type: 'show-run', run });
      holder.toFront();
      return;
    }
    const empty = this.#windows.findLast((window) => window.folder === null);
    if (empty === undefined) this.create(request);
    else {
      empty.open(request);
      empty.toFront();
    }
  }

  /** Where `window`, which asks, should open a folder: itself when it has none. */
  place(window: WorkspaceWindow, folder: string): 'here' | 'elsewhere' {
    const holder = this.#windows.find((other) => other.holds(folder));
    if (holder === window) return 'here';
    if (holder === undefined && window.folder === null) {
      window.claim(folder);
      return 'here';
    }
    this.open({ folder, run: null });
    return 'elsewhere';
  }

  create(request: OpenRequest): void {
    const { settings, outDir, text, logger, onCoreMessage } = this.#options;
    const { windows } = settings.settings;
    const state = windows[request.folder ?? ''] ?? Object.values(windows).at(-1);
    const { screen } = this.#electron;
    const primary = screen.getPrimaryDisplay();
    const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
    const place = placeWindow(
      state,
      [primary, ...others].map((display) => display.workArea),
    );
    const taken = this.#windows.map(({ browser }) => browser.getBounds());
    const window = new WorkspaceWindow(this.#electron, {
      outDir,
      bounds: cascade(place, taken),
      maximized: state?.maximized ?? false,
      text,
      logger,
      onCoreMessage,
    });
    this.#windows.push(window);
    this.#follow(window);
    window.open(request);
  }

  #follow(window: WorkspaceWindow): void {
    const { browser } = window;
    const { settings } = this.#options;
    browser.on('focus', () => {
      this.#windows = [...this.#windows.filter((other) => other !== window), window];
    });
    browser.on('close', () => {
      const maximized = browser.isMaximized();
      settings.setWindow(window.folder, { ...browser.getNormalBounds(), maximized });
    });
    browser.once('closed', () => {
      this.#windows = this.#windows.filter((other) => other !== window);
    });
  }
}

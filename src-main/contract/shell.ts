/**
 * What the desktop shell offers a window beyond a page in a browser, as `window.cairnShell`. The
 * preload implements it; a page in a browser has no such property.
 */

/** Sent by the shell to its window. */
export type ShellCommand =
  /** Open this folder here, and show this run of it when one is named. */
  | { readonly type: 'open'; readonly path: string; readonly run: string | null }
  /** Show this run (`02.7`, or an id) of the folder that is open. */
  | { readonly type: 'show-run'; readonly run: string }
  /** An item of the menu that the window carries out. */
  | { readonly type: 'menu'; readonly item: ShellMenuItem };

export type ShellMenuItem =
  | 'close-folder'
  | 'new-tab'
  | 'close-tab'
  | 'reopen-tab'
  | 'text-larger'
  | 'text-smaller'
  | 'text-usual'
  | 'tour'
  | 'settings'
  | 'search'
  | 'keys'
  | 'about'
  | 'theme-system'
  | 'theme-light'
  | 'theme-dark';

export interface ShellNotice {
  readonly title: string;
  readonly body: string;
  /** The id of a run. */
  readonly run: string | null;
}

export interface ShellProgress {
  /** From 0 to 1; null when nobody knows. */
  readonly fraction: number | null;
}

export interface ShellBridge {
  /** Node's name of the operating system: `linux`, `darwin` or `win32`. */
  readonly platform: string;
  /**
   * Asks for a port to the core. It arrives as a `message` event of the window itself, with
   * `shellPortMessage` as its data and the port in `ports`; after a crash of the core, when the new
   * one is there. Each call gives a port of its own.
   */
  connect(): void;
  /** The native folder dialog: an absolute path, or null when it was cancelled. */
  pickFolder(): Promise<string | null>;
  /** The native dialog for an existing file; `extensions` without a dot, empty for any. */
  pickFile(extensions: readonly string[]): Promise<string | null>;
  /** The native dialog for a file to write, which asks before it names an existing one. */
  saveFile(suggestedName: string): Promise<string | null>;
  /** Shows a file or folder in the system's file manager. `path` is absolute. */
  revealPath(path: string): Promise<void>;
  /**
   * Asks where to open a folder: `here` when this window should call `workspace.open`, `elsewhere`
   * when another window has it or was made for it.
   */
  openFolder(path: string): Promise<'here' | 'elsewhere'>;
  /**
   * Where a file or folder lies that was dropped on the window, absolute; empty for one that lies
   * nowhere. `file` is a `File` of the page's.
   */
  pathOf(file: object): string;
  /** A message of the system's; a click on it brings the window up, and shows the run if one is named. */
  notify(notice: ShellNotice): Promise<void>;
  /** How far the work of this window is, from 0 to 1, in the task bar; null when there is none. */
  setProgress(progress: ShellProgress | null): Promise<void>;
  /**
   * Names the listener for commands, replacing an earlier one; commands that came before it are
   * delivered first. Returns the function that removes it.
   */
  onMenu(listener: (command: ShellCommand) => void): () => void;
}

/** The data of the window message that carries a port. */
export const shellPortMessage = 'cairn:port';

/**
 * The data of the window message that says the core fell over: every port to it is dead. A page's
 * MessagePort has no event for that.
 */
export const shellPortLostMessage = 'cairn:port-lost';

/** The name of the bridge on `window`. */
export const shellBridgeName = 'cairnShell';

/** Channels between the preload and the main process; the page sees none of them. */
export const shellChannels = {
  connect: 'cairn:connect',
  port: 'cairn:port',
  portLost: 'cairn:port-lost',
  command: 'cairn:command',
  pickFolder: 'cairn:pick-folder',
  pickFile: 'cairn:pick-file',
  saveFile: 'cairn:save-file',
  revealPath: 'cairn:reveal-path',
  openFolder: 'cairn:open-folder',
  notify: 'cairn:notify',
  setProgress: 'cairn:set-progress',
} as const;

/** Electron as the shell receives it: an argument, so that everything here is tested without it. */

/** The parts of the `electron` module that are used. */
export type ElectronModule = Pick<
  typeof import('electron'),
  | 'app'
  | 'BrowserWindow'
  | 'dialog'
  | 'ipcMain'
  | 'Menu'
  | 'MessageChannelMain'
  | 'nativeTheme'
  | 'Notification'
  | 'protocol'
  | 'screen'
  | 'session'
  | 'shell'
  | 'utilityProcess'
>;

export interface ShellOptions {
  /** Folder of the build: `main/`, `preload/` and `renderer/` are in it. */
  readonly outDir: string;
  readonly platform: NodeJS.Platform;
  /** What the user passed, without the program and its folder. */
  readonly args: readonly string[];
  readonly cwd: string;
}

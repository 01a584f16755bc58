/** The shell from its start: one instance, its windows, its menu, its links. */
import { join } from 'node:path';
import { createLogger, type Logger } from '../../base/logger.ts';
import { findAssets } from '../page/index.ts';
import { appScheme, linkScheme, type OpenRequest, parseArguments, parseLink } from './addresses.ts';
import type { FromCore, RecentFolder } from './core-messages.ts';
import type { ElectronModule, ShellOptions } from './electron.ts';
import { menuTemplate } from './menu.ts';
import { answerPage, pageScheme } from './pages.ts';
import { answerRequests, pickFolder } from './requests.ts';
import { hardenContents, hardenSession } from './security.ts';
import { SettingsFile } from './settings.ts';
import { shellText } from './text.ts';
import { Windows } from './windows.ts';

const nothing: OpenRequest = { folder: null, run: null };

/** Runs the shell. Must be called before the app is ready: some of it can only be said before. */
export async function start(electron: ElectronModule, options: ShellOptions): Promise<void> {
  const { app } = electron;
  const { args, cwd, platform } = options;
  if (!app.requestSingleInstanceLock({ args, cwd })) {
    app.quit();
    return;
  }
  const logger = createLogger('warn', (line) => process.stderr.write(line));
  electron.protocol.registerSchemesAsPrivileged([pageScheme]);
  app.enableSandbox();
  if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme);
  app.on('web-contents-created', (_event, contents) =>
    hardenContents(contents, (address) => electron.shell.openExternal(address), logger),
  );

  // Links and files can arrive before there is anything to show them.
  const early: OpenRequest[] = [];
  let open = (request: OpenRequest): void => void early.push(request);
  app.on('second-instance', (_event, _argv, _cwd, data) => open(requestOf(data, platform)));
  app.on('open-file', (event, path) => {
    event.preventDefault();
    open({ folder: path, run: null });
  });
  app.on('open-url', (event, link) => {
    event.preventDefault();
    open(parseLink(link, platform) ?? nothing);
  });
  app.on('window-all-closed', () => {
    if (platform !== 'darwin') app.quit();
  });

  await app.whenReady();
  const shell = await Shell.create(electron, options, logger);
  app.on('activate', () => shell.windows.open(nothing));
  open = (request) => shell.windows.open(request);
  const first = parseArguments(args, cwd, platform);
  for (const request of early.length > 0 ? early : [first]) open(request);
}

/** What a second instance was asked for; it passed on its arguments with the lock. */
function requestOf(data: unknown, platform: NodeJS.Platform): OpenRequest {
  if (typeof data !== 'object' || data === null) return nothing;
  const { args, cwd } = data as { args?: unknown; cwd?: unknown };
  if (!Array.isArray(args) || typeof cwd !== 'string') return nothing;
  const texts = args.filter((argument): argument is string => typeof argument === 'string');
  return parseArguments(texts, cwd, platform);
}

class Shell {
  readonly windows: Windows;
  readonly #electron: ElectronModule;
  readonly #platform: NodeJS.Platform;
  readonly #text;
  #recents: readonly RecentFolder[] = [];

  private constructor(electron: ElectronModule, options: ShellOptions, logger: Logger) {
    this.#electron = electron;
    this.#platform = options.platform;
    this.#text = shellText(electron.app.getLocale());
    this.windows = new Windows(electron, {
      outDir: options.outDir,
      settings: new SettingsFile(join(electron.app.getPath('userData'), 'shell.json'), logger),
      text: this.#text,
      logger,
      onCoreMessage: (message) => this.#onCoreMessage(message),
    });
  }

  static async create(
    electron: ElectronModule,
    options: ShellOptions,
    logger: Logger,
  ): Promise<Shell> {
    const { defaultSession } = electron.session;
    hardenSession(defaultSession);
    const assets = await findAssets(join(options.outDir, 'renderer'));
    defaultSession.protocol.handle(appScheme, (request) => answerPage(assets, request));
    const shell = new Shell(electron, options, logger);
    answerRequests(electron, shell.windows, shell.#text);
    shell.#showMenu();
    return shell;
  }

  #onCoreMessage(message: FromCore): void {
    if (message.type === 'folder' && message.root !== null) {
      this.#electron.app.addRecentDocument(message.root);
    }
    if (message.type !== 'recents') return;
    this.#recents = message.folders;
    this.#showMenu();
  }

  #showMenu(): void {
    const { Menu } = this.#electron;
    const { windows } = this;
    const template = menuTemplate(
      {
        platform: this.#platform,
        text: this.#text,
        recents: this.#recents,
      },
      {
        newWindow: () => windows.create(nothing),
        openFolder: () => void this.#pickFolder(),
        openRecent: (path) => windows.open({ folder: path, run: null }),
        closeWindow: () => windows.front?.browser.close(),
        send: (item) => windows.front?.send({ type: 'menu', item }),
      },
    );
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }

  async #pickFolder(): Promise<void> {
    // On macOS the menu is there without a window; the dialog then belongs to a new one.
    if (this.windows.front === undefined) this.windows.create(nothing);
    const { front } = this.windows;
    if (front === undefined) return;
    const folder = await pickFolder(this.#electron, front, this.#text);
    if (folder !== null) this.windows.open({ folder, run: null });
  }
}

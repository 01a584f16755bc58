/** What a page may ask of the shell: the channels of the preload, from trusted senders only. */
import { basename, isAbsolute, join } from 'node:path';
import type { IpcMainInvokeEvent } from 'electron';
import { CairnError } from '../../base/errors.ts';
import { type ShellNotice, shellChannels } from '../../contract/shell.ts';
import type { ElectronModule } from './electron.ts';
import { trustedSender } from './security.ts';
import type { ShellText } from './text.ts';
import type { WorkspaceWindow } from './window.ts';
import type { Windows } from './windows.ts';

/** Answers the channels of the preload. Everything that arrives is checked: the page may be hostile. */
export function answerRequests(electron: ElectronModule, windows: Windows, text: ShellText): void {
  const { dialog, ipcMain, shell } = electron;

  const handle = (
    channel: string,
    answer: (window: WorkspaceWindow, argument: unknown) => Promise<unknown>,
  ) => {
    ipcMain.handle(channel, (event: IpcMainInvokeEvent, argument: unknown) => {
      const browser = trustedSender(electron, event);
      const window = browser === null ? undefined : windows.of(browser);
      if (window === undefined)
        throw new CairnError('untrusted', 'This page may not ask for that.');
      return answer(window, argument);
    });
  };

  ipcMain.on(shellChannels.connect, (event) => {
    const browser = trustedSender(electron, event);
    if (browser !== null) windows.of(browser)?.connect();
  });
  handle(shellChannels.pickFolder, (window) => pickFolder(electron, window, text));
  handle(shellChannels.pickFile, async (window, argument) => {
    const extensions = checkExtensions(argument);
    const { filePaths } = await dialog.showOpenDialog(window.browser, {
      properties: ['openFile'],
      defaultPath: window.folder ?? undefined,
      filters: extensions.length > 0 ? [{ name: extensions.join(', '), extensions }] : [],
    });
    return filePaths[0] ?? null;
  });
  handle(shellChannels.saveFile, async (window, argument) => {
    const name = checkText(argument);
    const { canceled, filePath } = await dialog.showSaveDialog(window.browser, {
      defaultPath: join(window.folder ?? electron.app.getPath('documents'), basename(name)),
      properties: ['showOverwriteConfirmation', 'createDirectory'],
    });
    return canceled || filePath === '' ? null : filePath;
  });
  handle(shellChannels.revealPath, async (_window, argument) => {
    shell.showItemInFolder(checkPath(argument));
  });
  handle(shellChannels.notify, async (window, argument) => {
    const { title, body, run } = checkNotice(argument);
    if (!electron.Notification.isSupported()) return;
    const notice = new electron.Notification({ title, body });
    notice.on('click', () => {
      window.toFront();
      if (run !== null) window.send({ type: 'show-run', run });
    });
    notice.show();
  });
  handle(shellChannels.setProgress, async (window, argument) => {
    // Electron draws a bar that says only that there is work for what is above 1, none below 0.
    const fraction = checkProgress(argument);
    window.browser.setProgressBar(fraction === 'none' ? -1 : (fraction ?? 2));
  });
  handle(shellChannels.openFolder, async (window, argument) =>
    windows.place(window, checkPath(argument)),
  );
}

/** The native folder dialog; null when it was cancelled. */
export async function pickFolder(
  { dialog }: Pick<ElectronModule, 'dialog'>,
  window: WorkspaceWindow,
  text: ShellText,
): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(window.browser, {
    title: text.pickFolder,
    buttonLabel: text.open,
    properties: ['openDirectory', 'createDirectory'],
  });
  return filePaths[0] ?? null;
}

function checkText(value: unknown): string {
  if (typeof value === 'string' && value.length > 0 && value.length < 4096) return value;
  throw new CairnError('invalid', 'A text was expected.');
}

function checkPath(value: unknown): string {
  const path = checkText(value);
  if (isAbsolute(path) && !path.includes('\0')) return path;
  throw new CairnError('invalid', 'An absolute path was expected.');
}

function checkNotice(value: unknown): ShellNotice {
  const { title, body, run } = fieldsOf(value);
  const isRun = run === null || (typeof run === 'string' && /^[0-9a-f]{32}$/.test(run));
  if (!isRun) throw new CairnError('invalid', 'The id of a run was expected.');
  return { title: checkText(title), body: checkText(body), run };
}

function checkProgress(value: unknown): number | null | 'none' {
  if (value === null) return 'none';
  const { fraction } = fieldsOf(value);
  if (fraction === null) return null;
  if (typeof fraction === 'number' && fraction >= 0 && fraction <= 1) return fraction;
  throw new CairnError('invalid', 'A number from 0 to 1 was expected.');
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null) return { ...value };
  throw new CairnError('invalid', 'An object was expected.');
}

function checkExtensions(value: unknown): string[] {
  const isExtension = (item: unknown) => typeof item === 'string' && /^\w[\w.]{0,19}$/.test(item);
  if (Array.isArray(value) && value.length <= 20 && value.every(isExtension)) return value;
  throw new CairnError('invalid', 'A list of file name extensions was expected.');
}

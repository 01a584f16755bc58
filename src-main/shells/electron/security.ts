/**
 * What a window may not do, whatever its page says: leave, open others, load from elsewhere, ask for
 * permissions. The page should not try either (its policy forbids most of it); this is the wall.
 */
import type { IpcMainEvent, IpcMainInvokeEvent, Session, WebContents } from 'electron';
import type { Logger } from '../../base/logger.ts';
import { appOrigin, externalAddress, isOwnAddress } from './addresses.ts';
import type { ElectronModule } from './electron.ts';

/** A link counts as the user's when a key or button went down this shortly before. */
const gestureMs = 2000;

/** Copying is the one permission a page of the window has. */
const allowedPermission = 'clipboard-sanitized-write';

/** Denies one window's contents everything but its own page; links go to the user's browser. */
export function hardenContents(
  contents: WebContents,
  openExternal: (address: string) => Promise<void>,
  logger: Logger,
  now: () => number = Date.now,
): void {
  let gesture = Number.NEGATIVE_INFINITY;
  contents.on('input-event', (_event, input) => {
    if (input.type === 'mouseDown' || input.type === 'rawKeyDown' || input.type === 'keyDown') {
      gesture = now();
    }
  });
  const leave = (address: string) => {
    const external = externalAddress(address);
    if (external === null || now() - gesture > gestureMs) {
      logger.warn(`Refused to open ${address.slice(0, 200)}`);
      return;
    }
    gesture = Number.NEGATIVE_INFINITY;
    openExternal(external).catch((error: unknown) => logger.warn('No browser opened', error));
  };
  contents.setWindowOpenHandler(({ url }) => {
    leave(url);
    return { action: 'deny' };
  });
  contents.on('will-navigate', (event) => {
    if (isOwnAddress(event.url)) return;
    event.preventDefault();
    leave(event.url);
  });
  contents.on('will-frame-navigate', (event) => {
    if (!isOwnAddress(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isOwnAddress(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** Denies permissions, the network and foreign downloads to every window of a session. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(permission === allowedPermission && isOwnAddress(details.requestingUrl)),
  );
  session.setPermissionCheckHandler(
    (_contents, permission, origin) =>
      permission === allowedPermission && isOwnAddress(`${origin.replace(/\/$/, '')}/`),
  );
  session.setDevicePermissionHandler(() => false);
  const networks = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'];
  session.webRequest.onBeforeRequest({ urls: networks }, (_details, answer) =>
    answer({ cancel: true }),
  );
  session.on('will-download', (event, item) => {
    // What the page made itself: a chart as a picture, a table as CSV.
    if (!item.getURL().startsWith(`blob:${appOrigin}/`)) event.preventDefault();
  });
}

/** The window a message came from; null unless it is the top frame of one of our own pages. */
export function trustedSender(
  electron: Pick<ElectronModule, 'BrowserWindow'>,
  event: IpcMainEvent | IpcMainInvokeEvent,
): Electron.BrowserWindow | null {
  const frame = event.senderFrame;
  if (frame === null || frame.parent !== null || !isOwnAddress(frame.url)) return null;
  return electron.BrowserWindow.fromWebContents(event.sender);
}

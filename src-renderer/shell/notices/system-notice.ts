import type { ShellBridge, ShellNotice } from '../../client/index.ts';
import { notifyError } from '../../ui/index.ts';

/** Whether the system can be asked to show messages: a browser may have been told never to. */
export function canNotify(bridge: ShellBridge | null): boolean {
  if (bridge !== null) return true;
  return 'Notification' in window && Notification.permission !== 'denied';
}

/** Shows a message of the system's. In a desktop window, the shell follows a click on it. */
export function showNotice(
  bridge: ShellBridge | null,
  notice: ShellNotice,
  onClick: () => void,
): void {
  if (bridge !== null) {
    bridge.notify(notice).catch(notifyError);
    return;
  }
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  // Pages on the same folder say it once.
  const shown = new Notification(notice.title, { body: notice.body, tag: `cairn ${notice.run}` });
  shown.onclick = () => {
    window.focus();
    onClick();
    shown.close();
  };
}

import { closeTab, openTab, reopenTab, showNeighbour } from '../../state/index.ts';

type Pressed = Pick<KeyboardEvent, 'ctrlKey' | 'altKey' | 'shiftKey' | 'code' | 'key'>;

/**
 * What a key does to the tabs. The keys that browsers have for theirs arrive in a desktop window;
 * the same with Alt arrive in both.
 * @param mod Ctrl or Cmd is down @param alt Alt is down, and nobody types
 */
export function tabKey(event: Pressed, mod: boolean, alt: boolean): (() => void) | null {
  // Ctrl with Alt is AltGr on Windows, which types.
  if (event.ctrlKey && event.altKey) return null;
  const { shiftKey } = event;
  if (event.ctrlKey && event.key === 'Tab') return () => showNeighbour(shiftKey ? -1 : 1);
  if (!mod && !alt) return null;
  if (event.key === 'PageDown') return () => showNeighbour(1);
  if (event.key === 'PageUp') return () => showNeighbour(-1);
  // With Alt on a Mac, the key is a sign of its own; its place says which it is.
  const letter = mod ? event.key.toLowerCase() : event.code.replace(/^Key/, '').toLowerCase();
  if (letter === 't') return shiftKey ? () => void reopenTab() : () => openTab();
  if (letter === 'w' && !shiftKey) return closeTabOrWindow;
  return null;
}

/** Closes the tab in front; with the last one goes the window, where a page may close it. */
export function closeTabOrWindow(): void {
  if (!closeTab()) window.close();
}

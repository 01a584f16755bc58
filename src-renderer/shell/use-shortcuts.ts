import { useEffect, useEffectEvent } from 'react';
import { useClient } from '../client/index.ts';
import {
  clearSelection,
  goBack,
  goForward,
  goTo,
  showDialog,
  to,
  useDialogs,
  usePreferences,
} from '../state/index.ts';
import { isTyping } from '../ui/index.ts';
import { palette } from './palette/store.ts';
import { focusNextPane, toggleBeside } from './panes.ts';
import { railIndex } from './rail-keys.ts';
import { railItems } from './routes.tsx';
import { tabKey } from './tabs/tab-keys.ts';
import { textSizeKey } from './text-size.ts';
import { useUndo } from './use-undo.ts';

/** The keys that work everywhere. Lists have theirs in `useListKeys`. */
export function useShortcuts(): void {
  const { undo, redo } = useUndo();
  // In a browser, the keys for the size of the text are the browser's.
  const desktop = useClient().bridge !== null;
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (act(event, undo, redo)) event.preventDefault();
  });
  // Keys of the window as a whole come before those of an editor, which keeps its own to itself.
  const onWindowKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const mod = event.ctrlKey || event.metaKey;
    const alt = event.altKey && !isTyping(event.target);
    const action = tabKey(event, mod, alt) ?? (desktop ? textSizeKey(event, mod) : null);
    if (action === null) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event);
    const early = (event: KeyboardEvent): void => onWindowKey(event);
    window.addEventListener('keydown', listener);
    window.addEventListener('keydown', early, true);
    return () => {
      window.removeEventListener('keydown', listener);
      window.removeEventListener('keydown', early, true);
    };
  }, []);
}

/** Does what a key stands for; false when it stands for nothing here. */
function act(event: KeyboardEvent, undo: () => void, redo: () => void): boolean {
  const mod = event.ctrlKey || event.metaKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  // With Alt, these are letters and words to somebody who is typing on a Mac.
  const alt = event.altKey && !isTyping(event.target);
  const rail = railItems[railIndex(event, alt, railItems.length) ?? -1];
  if (rail !== undefined) return done(() => goTo(to(rail.view)));
  if (mod && key === 'k') return done(palette.toggle);
  if (mod && key === '/') return done(() => showDialog({ kind: 'shortcuts' }));
  if (alt && key === 'ArrowLeft') return done(goBack);
  if (alt && key === 'ArrowRight') return done(goForward);
  if (key === 'F6') return focusNextPane(event.shiftKey ? -1 : 1);
  if (isTyping(event.target) || inDialog(event.target)) return false;
  if (mod && key === 'z') return done(event.shiftKey ? redo : undo);
  if (mod && key === 'y') return done(redo);
  if (mod && (key === '\\' || event.code === 'Backslash')) return done(toggleBeside);
  if (mod || event.altKey) return false;
  if (event.key === 'R') return done(() => showDialog({ kind: 'new-run' }));
  if (event.key === '?') return done(() => showDialog({ kind: 'shortcuts' }));
  if (key === ']') return done(toggleInspector);
  if (key === '/') return focusFilter();
  if (key === 'Escape') return done(clearSelection);
  if (listKeys.includes(key) && onNothing(event.target)) return focusList(key);
  return false;
}

/** Whether the page is behind a dialog: its keys would do what nobody sees. */
function inDialog(target: EventTarget | null): boolean {
  if (useDialogs.getState().dialog !== null) return true;
  return target instanceof Element && target.closest('[role="dialog"][aria-modal]') !== null;
}

/** Keys that begin to move through the list of the view while nothing has the focus. */
const listKeys = ['j', 'k', 'ArrowDown', 'ArrowUp'];

/** The view as a whole has the focus after the link that skips to it, F6, or what was pressed went. */
function onNothing(target: EventTarget | null): boolean {
  return target === document.body || (target instanceof Element && target.id === 'main-view');
}

/** Views mark where the keyboard enters their list with `data-list`. */
function focusList(key: string): boolean {
  const list = document.querySelector<HTMLElement>('main [data-list]');
  list?.focus();
  // The key that enters the list moves in it as well, or the first one would seem to do nothing.
  list?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  return list !== null;
}

function done(action: () => void): true {
  action();
  return true;
}

function toggleInspector(): void {
  const { inspectorOpen, set } = usePreferences.getState();
  set({ inspectorOpen: !inspectorOpen });
}

/** Views mark the field that narrows their list with `data-filter`. */
function focusFilter(): boolean {
  const field = document.querySelector<HTMLInputElement>('main [data-filter]');
  field?.focus();
  field?.select();
  return field !== null;
}

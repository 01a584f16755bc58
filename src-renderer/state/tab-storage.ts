/**
 * The tabs that each folder was left with, in the browser's storage: a window's own for as long as it is
 * there, and those of the window that was used or closed last for the next one.
 */
import { readTabs, type Tabs, writeTabs } from './tabs.ts';

/** As much of the browser's storages as is needed. */
type TabStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const prefix = 'cairn.tabs ';
/** The folders whose tabs are kept, the last used last. */
const listKey = 'cairn.tabs';
const mostFolders = 50;

/** @param root absolute path of the folder */
export function recallTabs(
  root: string,
  storage: TabStorage = localStorage,
  own: TabStorage = sessionStorage,
): Tabs | null {
  return readTabs(own.getItem(prefix + root)) ?? readTabs(storage.getItem(prefix + root));
}

/** Keeps the tabs of a folder; those of folders that were not open for longest go. */
export function keepTabs(
  root: string,
  tabs: Tabs,
  storage: TabStorage = localStorage,
  own: TabStorage = sessionStorage,
): void {
  try {
    const text = writeTabs(tabs);
    own.setItem(prefix + root, text);
    storage.setItem(prefix + root, text);
    const folders = readList(storage.getItem(listKey));
    if (folders.at(-1) === root) return;
    const next = [...folders.filter((folder) => folder !== root), root];
    for (const old of next.slice(0, -mostFolders)) storage.removeItem(prefix + old);
    storage.setItem(listKey, JSON.stringify(next.slice(-mostFolders)));
  } catch {
    // A full storage costs the memory of the tabs, nothing else.
  }
}

function readList(text: string | null): string[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    if (!Array.isArray(value)) return [];
    return value.filter((each): each is string => typeof each === 'string');
  } catch {
    return [];
  }
}

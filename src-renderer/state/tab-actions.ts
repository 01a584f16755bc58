/** What can be done with the tabs of the window. */
import { forget } from './memory.ts';
import { enterFolder, look, useNavigation } from './navigation.ts';
import { home, type Place } from './route.ts';
import { forgetLists } from './tab-lists.ts';
import * as model from './tabs.ts';

interface Closed {
  readonly tab: model.Tab;
  readonly index: number;
}

/** Tabs that were closed, the last one last. */
const closed: Closed[] = [];
const mostClosed = 20;

const now = (): model.Tabs => useNavigation.getState().all;

/** Opens a tab at a place, or at the overview; `behind` leaves the present one in front. */
export function openTab(place: Place = { main: home, beside: null }, behind = false): void {
  look(model.openTab(now(), place, behind));
}

/** Opens a tab that shows what the one in front shows. */
export function duplicateTab(): void {
  openTab(useNavigation.getState().place ?? undefined);
}

/** Closes a tab, or the one in front; false when it is the only one. */
export function closeTab(id: number = now().active): boolean {
  const all = now();
  const index = all.tabs.findIndex((tab) => tab.id === id);
  const tab = all.tabs[index];
  if (tab === undefined || all.tabs.length === 1) return false;
  look(model.closeTab(all, id));
  bury([{ tab, index }]);
  return true;
}

/** Closes all tabs but the one in front. */
export function closeOtherTabs(): void {
  const all = now();
  const gone = all.tabs.flatMap((tab, index) => (tab.id === all.active ? [] : [{ tab, index }]));
  look(model.closeOthers(all, all.active));
  bury(gone);
}

/** Opens the tab again that was closed last; false when there is none. */
export function reopenTab(): boolean {
  const last = closed.pop();
  if (last === undefined) return false;
  look(model.reopenTab(now(), last.tab, last.index));
  return true;
}

export function showTab(id: number): void {
  const all = now();
  if (all.tabs.some((tab) => tab.id === id)) look({ ...all, active: id });
}

/** Shows the tab `way` places to the right, around the ends. */
export function showNeighbour(way: number): void {
  showTab(model.neighbour(now(), way));
}

export function moveTab(id: number, index: number): void {
  look(model.moveTab(now(), id, index));
}

/** Goes into a folder, or with null out of the one that is open: its tabs are those it was left with. */
export function changeFolder(root: string | null): void {
  closed.length = 0;
  enterFolder(root);
}

function bury(gone: readonly Closed[]): void {
  closed.push(...gone);
  for (const { tab } of closed.splice(0, closed.length - mostClosed)) {
    forgetLists(tab.id);
    for (const { key } of tab.steps) forget(key);
  }
}

import { create } from 'zustand';
import { forget } from './memory.ts';
import { formatPlace, home, type Place, parsePlace, type Route, sameRoute } from './route.ts';
import { clearLists, swapLists } from './tab-lists.ts';
import { keepTabs, recallTabs } from './tab-storage.ts';
import * as model from './tabs.ts';

interface Navigation {
  readonly all: model.Tabs;
  /** Where the tab in front is. Null when the address names no view. */
  readonly place: Place | null;
  /** Position in the walk of the tab in front, for the back and forward buttons. */
  readonly index: number;
  readonly last: number;
  /** The step that is shown, unique in the window. */
  readonly step: number;
}

function stateOf(all: model.Tabs): Navigation {
  const tab = model.activeTab(all);
  const { key, place } = model.stepOf(tab);
  return { all, place, index: tab.at, last: tab.steps.length - 1, step: key };
}

export const useNavigation = create<Navigation>(() => stateOf(model.oneTab()));

/** The absolute path of the folder whose tabs these are; undefined while that is not known. */
let folder: string | null | undefined;

/** What an entry of the browser's history shows. */
interface Mark {
  readonly tab: number;
  readonly step: number;
}

/**
 * The entries of the browser's history that were made since `session` began, by position. The
 * browser has one line of history for all tabs, in the order in which things were looked at; the
 * window's own Back goes along the walk of one tab, and uses the browser's where they agree.
 */
let session = '';
let position = 0;
let line: Mark[] = [];

/** Follows the address bar. Returns a function that stops. */
export function startNavigation(): () => void {
  const read = (): void => {
    underWayUntil = 0;
    const { all } = useNavigation.getState();
    const known = readMark(history.state);
    const back = known && model.showStep(all, known.tab, known.step);
    if (known) position = known.position;
    else beginLine();
    // A link followed, an address typed, or an entry of a tab that is closed: a step of its own.
    if (back) show(back);
    else if (location.hash !== addressOf(all)) show(model.walk(all, parsePlace(location.hash)));
    mark(location.hash);
  };
  folder = undefined;
  beginLine();
  show(model.oneTab(parsePlace(location.hash)));
  mark(location.hash);
  window.addEventListener('popstate', read);
  window.addEventListener('pagehide', keep);
  return () => {
    window.removeEventListener('popstate', read);
    window.removeEventListener('pagehide', keep);
  };
}

/** Of several windows, the one that is closed last has the say. */
function keep(): void {
  if (typeof folder === 'string') keepTabs(folder, useNavigation.getState().all);
}

/**
 * Brings back the tabs that a folder was left with. An address that the page was opened at stays in
 * front of them.
 * @param root absolute path of the folder that is open; null when none is
 */
export function enterFolder(root: string | null): void {
  if (root === folder) return;
  const arrived = folder === undefined && !/^#?\/?$/.test(location.hash);
  clearLists();
  folder = root;
  const place = arrived ? useNavigation.getState().place : null;
  const kept = root === null ? null : recallTabs(root);
  if (place !== null) {
    if (kept === null) return;
    const address = formatPlace(place);
    const matches = (tab: model.Tab): boolean => addressOfTab(tab) === address;
    const front = model.activeTab(kept);
    const there = matches(front) ? front : kept.tabs.find(matches);
    show(there ? { ...kept, active: there.id } : model.walk(kept, place));
  } else show(kept ?? model.oneTab());
  mark(addressOf(useNavigation.getState().all));
}

let elsewhere = false;

/** Whatever `act` goes to at once opens in a tab of its own. */
export function inNewTab(act: () => void): void {
  elsewhere = true;
  try {
    act();
  } finally {
    elsewhere = false;
  }
}

/** Shows another place in the tab in front; the one before stays in its walk unless `replace`. */
export function goToPlace(place: Place, replace = false): void {
  const { all, place: before } = useNavigation.getState();
  const address = formatPlace(place);
  if (elsewhere) {
    const same = before !== null && sameRoute(before.main, place.main);
    const route = same && place.beside !== null ? place.beside : place.main;
    look(model.openTab(all, { main: route, beside: null }));
    return;
  }
  if (address === addressOf(all)) return;
  if (replace) {
    show(model.replace(all, place));
    mark(address);
  } else {
    for (const { key } of model.activeTab(all).steps.slice(model.activeTab(all).at + 1)) {
      forget(key);
    }
    look(model.walk(all, place));
  }
}

/** Shows a view in the main pane. */
export function goTo(route: Route, replace = false): void {
  const { place } = useNavigation.getState();
  goToPlace({ main: route, beside: place?.beside ?? null }, replace);
}

/** Opens a view beside the main one, or closes it with null. */
export function goBeside(route: Route | null): void {
  const { place } = useNavigation.getState();
  goToPlace({ main: place?.main ?? home, beside: route });
}

/** Puts what is in the two panes the other way round. */
export function swapPanes(): void {
  const { place } = useNavigation.getState();
  if (place?.beside != null) goToPlace({ main: place.beside, beside: place.main });
}

export function goBack(): void {
  goAlong(-1);
}

export function goForward(): void {
  goAlong(1);
}

/** Until when the browser is on its way along its history: a second step would start from nowhere. */
let underWayUntil = 0;
const patienceMs = 300;

function goAlong(way: -1 | 1): void {
  if (performance.now() < underWayUntil) return;
  const { all } = useNavigation.getState();
  const tab = model.activeTab(all);
  const next = tab.steps[tab.at + way];
  if (next === undefined) return;
  const beside = line[position + way];
  if (beside?.tab === tab.id && beside.step === next.key) {
    underWayUntil = performance.now() + patienceMs;
    history.go(way);
  } else look(model.showStep(all, tab.id, next.key) ?? all);
}

/** Draws other tabs, or another one in front, and makes that an entry of the browser's history. */
export function look(all: model.Tabs): void {
  const before = useNavigation.getState().step;
  show(all);
  const { step } = useNavigation.getState();
  if (step === before) return;
  position += 1;
  line.length = position;
  history.pushState(null, '', addressOf(all));
  mark(addressOf(all));
}

function show(all: model.Tabs): void {
  swapLists(useNavigation.getState().all.active, all.active);
  useNavigation.setState(stateOf(all));
  keep();
}

/** Writes down what the present entry of the browser's history shows. */
function mark(address: string): void {
  const { all, step } = useNavigation.getState();
  line[position] = { tab: all.active, step };
  history.replaceState({ session, position, tab: all.active, step }, '', address);
}

function beginLine(): void {
  session = Math.random().toString(36).slice(2);
  position = 0;
  line = [];
}

function addressOf(all: model.Tabs): string {
  return addressOfTab(model.activeTab(all));
}

function addressOfTab(tab: model.Tab): string {
  const { place } = model.stepOf(tab);
  return place === null ? location.hash : formatPlace(place);
}

/** Our mark on an entry of the browser's history, when it is one of this line. */
function readMark(state: unknown): (Mark & { position: number }) | null {
  if (typeof state !== 'object' || state === null) return null;
  const read = (name: string): unknown => Reflect.get(state, name);
  const [at, tab, step] = [read('position'), read('tab'), read('step')];
  if (read('session') !== session) return null;
  if (typeof at !== 'number' || typeof tab !== 'number' || typeof step !== 'number') return null;
  return { position: at, tab, step };
}

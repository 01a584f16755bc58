/**
 * The tabs of the window: each is a walk through views with a way back and forward of its own. Pure
 * functions; the store and the browser's history are in `navigation.ts`.
 */
import { formatPlace, home, type Place, parsePlace } from './route.ts';

/** A step of a tab's walk. `key` is unique in the window: views remember their scroll under it. */
export interface Step {
  readonly key: number;
  /** Null when the address names no view. */
  readonly place: Place | null;
}

export interface Tab {
  readonly id: number;
  readonly steps: readonly Step[];
  /** Where in the walk the tab is. */
  readonly at: number;
}

export interface Tabs {
  /** From left to right, never empty. */
  readonly tabs: readonly Tab[];
  /** The id of the tab that is shown. */
  readonly active: number;
}

/** Steps that a tab remembers, and that are kept between visits. */
const mostSteps = 60;
const mostKept = 20;
/** More tabs than this are not opened: nobody finds anything among them. */
export const mostTabs = 40;

const homePlace: Place = { main: home, beside: null };

let lastKey = 0;
const step = (place: Place | null): Step => ({ key: ++lastKey, place });

function newTab(place: Place | null): Tab {
  return { id: ++lastKey, steps: [step(place)], at: 0 };
}

/** One tab, at a place. */
export function oneTab(place: Place | null = homePlace): Tabs {
  const tab = newTab(place);
  return { tabs: [tab], active: tab.id };
}

export function activeTab({ tabs, active }: Tabs): Tab {
  const found = tabs.find((tab) => tab.id === active) ?? tabs[0];
  if (found === undefined) throw new Error('There is always a tab.');
  return found;
}

/** Where a tab is. */
export function stepOf(tab: Tab): Step {
  return tab.steps[tab.at] ?? step(homePlace);
}

function change(all: Tabs, id: number, how: (tab: Tab) => Tab): Tabs {
  return { ...all, tabs: all.tabs.map((tab) => (tab.id === id ? how(tab) : tab)) };
}

/** Goes on from where the active tab is; what was ahead of it is forgotten. */
export function walk(all: Tabs, place: Place | null): Tabs {
  return change(all, activeTab(all).id, (tab) => {
    const steps = [...tab.steps.slice(0, tab.at + 1), step(place)].slice(-mostSteps);
    return { ...tab, steps, at: steps.length - 1 };
  });
}

/** The active tab's place becomes another, without a step. */
export function replace(all: Tabs, place: Place): Tabs {
  return change(all, activeTab(all).id, (tab) => ({
    ...tab,
    steps: tab.steps.map((each, index) => (index === tab.at ? { ...each, place } : each)),
  }));
}

/** Shows a step of a tab; null when either is gone. */
export function showStep(all: Tabs, id: number, key: number): Tabs | null {
  const at = all.tabs.find((tab) => tab.id === id)?.steps.findIndex((each) => each.key === key);
  if (at === undefined || at < 0) return null;
  return { ...change(all, id, (tab) => ({ ...tab, at })), active: id };
}

/** Opens a tab right of the active one; `behind` leaves the active one in front. */
export function openTab(all: Tabs, place: Place, behind = false): Tabs {
  if (all.tabs.length >= mostTabs) return all;
  const tab = newTab(place);
  const index = all.tabs.indexOf(activeTab(all)) + 1;
  const tabs = [...all.tabs.slice(0, index), tab, ...all.tabs.slice(index)];
  return { tabs, active: behind ? all.active : tab.id };
}

/** Puts a closed tab back to where it was, in front. */
export function reopenTab(all: Tabs, tab: Tab, index: number): Tabs {
  if (all.tabs.length >= mostTabs) return all;
  return { tabs: [...all.tabs.slice(0, index), tab, ...all.tabs.slice(index)], active: tab.id };
}

/** Closes a tab, unless it is the only one; its right neighbour comes to the front, or the left one. */
export function closeTab(all: Tabs, id: number): Tabs {
  const index = all.tabs.findIndex((tab) => tab.id === id);
  if (index < 0 || all.tabs.length === 1) return all;
  const tabs = all.tabs.filter((tab) => tab.id !== id);
  const next = tabs[Math.min(index, tabs.length - 1)];
  return { tabs, active: all.active === id && next !== undefined ? next.id : all.active };
}

/** Closes all but one tab. */
export function closeOthers(all: Tabs, id: number): Tabs {
  const tabs = all.tabs.filter((tab) => tab.id === id);
  return tabs.length === 0 ? all : { tabs, active: id };
}

/** The id of the tab `way` places to the right of the active one, around the ends. */
export function neighbour(all: Tabs, way: number): number {
  const index = all.tabs.indexOf(activeTab(all)) + way;
  const { length } = all.tabs;
  return all.tabs[((index % length) + length) % length]?.id ?? all.active;
}

/** Moves a tab to another position, counted without it. */
export function moveTab(all: Tabs, id: number, index: number): Tabs {
  const tab = all.tabs.find((each) => each.id === id);
  if (tab === undefined) return all;
  const others = all.tabs.filter((each) => each.id !== id);
  const to = Math.max(0, Math.min(others.length, index));
  return { ...all, tabs: [...others.slice(0, to), tab, ...others.slice(to)] };
}

/** The tabs as text, to be kept until the folder is opened again. */
export function writeTabs(all: Tabs): string {
  const tabs = all.tabs.map((tab) => {
    const from = Math.max(0, tab.at - mostKept + 1);
    const steps = tab.steps.slice(from, from + mostKept);
    const at = tab.at - from;
    return { at, steps: steps.map(({ place }) => (place === null ? '' : formatPlace(place))) };
  });
  return JSON.stringify({ active: all.tabs.indexOf(activeTab(all)), tabs });
}

/** Reads what `writeTabs` wrote; null when there is nothing of use in it. */
export function readTabs(text: string | null): Tabs | null {
  const value = parse(text);
  if (typeof value !== 'object' || value === null || !('tabs' in value)) return null;
  const list: unknown[] = Array.isArray(value.tabs) ? value.tabs : [];
  const tabs = list.slice(0, mostTabs).flatMap((each) => readTab(each) ?? []);
  const wanted = 'active' in value && typeof value.active === 'number' ? value.active : 0;
  const active = tabs[wanted] ?? tabs[0];
  return active === undefined ? null : { tabs, active: active.id };
}

function readTab(value: unknown): Tab | null {
  if (typeof value !== 'object' || value === null || !('steps' in value)) return null;
  const steps = (Array.isArray(value.steps) ? value.steps : [])
    .filter((each): each is string => typeof each === 'string' && each !== '')
    .flatMap((address) => parsePlace(address) ?? [])
    .slice(0, mostSteps)
    .map(step);
  if (steps.length === 0) return null;
  const at = 'at' in value && Number.isSafeInteger(value.at) ? Number(value.at) : steps.length - 1;
  return { id: ++lastKey, steps, at: Math.max(0, Math.min(steps.length - 1, at)) };
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

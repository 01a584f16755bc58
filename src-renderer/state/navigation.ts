import { createContext, useCallback, useContext } from 'react';
import { create } from 'zustand';
import { formatPlace, home, type Place, parsePlace, type Route, sameRoute } from './route.ts';

interface Navigation {
  /** Null when the address names no view. */
  readonly place: Place | null;
  /** Position in this window's history, for the back and forward buttons. */
  readonly index: number;
  readonly last: number;
}

export const useNavigation = create<Navigation>(() => ({
  place: { main: home, beside: null },
  index: 0,
  last: 0,
}));

/** What a view wants to find again when somebody comes back to it: scroll offset, cursor. */
const memory = new Map<string, unknown>();

/** Follows the address bar. Returns a function that stops. */
export function startNavigation(): () => void {
  const read = (): void => {
    const { index, last } = useNavigation.getState();
    // A link followed or an address typed makes an entry without our index: it is the newest.
    const isNew = !hasIndex(history.state);
    if (isNew) history.replaceState({ index: index + 1 }, '');
    const now = historyIndex();
    useNavigation.setState({
      place: parsePlace(location.hash),
      index: now,
      last: isNew ? now : Math.max(last, now),
    });
  };
  if (!hasIndex(history.state)) history.replaceState({ index: 0 }, '');
  read();
  window.addEventListener('popstate', read);
  return () => window.removeEventListener('popstate', read);
}

/** Shows another place; the one before stays in the history unless `replace`. */
export function goToPlace(place: Place, replace = false): void {
  const address = formatPlace(place);
  const { index } = useNavigation.getState();
  if (address === location.hash) return;
  if (replace) {
    history.replaceState({ index }, '', address);
    useNavigation.setState({ place });
    return;
  }
  history.pushState({ index: index + 1 }, '', address);
  for (const key of memory.keys()) {
    if (Number.parseInt(key, 10) > index) memory.delete(key);
  }
  useNavigation.setState({ place, index: index + 1, last: index + 1 });
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

export function goBack(): void {
  if (useNavigation.getState().index > 0) history.back();
}

export function goForward(): void {
  const { index, last } = useNavigation.getState();
  if (index < last) history.forward();
}

/** Which of two panes a view is in, and the route it shows. Given by the shell. */
export interface Pane {
  readonly slot: 'main' | 'beside';
  readonly route: Route;
}
export const PaneContext = createContext<Pane>({ slot: 'main', route: home });

/** The route of the pane that the calling view is in. */
export function useRoute(): Route {
  return useContext(PaneContext).route;
}

/** Navigation within the pane that the calling view is in. */
export function useGo(): (route: Route, replace?: boolean) => void {
  const { slot } = useContext(PaneContext);
  return useCallback(
    (route, replace = false) => {
      const { place } = useNavigation.getState();
      const current = place ?? { main: home, beside: null };
      const next =
        slot === 'main' ? { ...current, main: route } : { main: current.main, beside: route };
      const before = slot === 'main' ? current.main : current.beside;
      if (before !== null && sameRoute(before, route)) return;
      goToPlace(next, replace);
    },
    [slot],
  );
}

/** Remembers a value for this entry of the history: it is there again after Back. */
export function useMemory<T>(name: string): { read(): T | undefined; write(value: T): void } {
  const { slot } = useContext(PaneContext);
  const index = useNavigation((state) => state.index);
  const key = `${index} ${slot} ${name}`;
  const read = useCallback(() => memory.get(key) as T | undefined, [key]);
  const write = useCallback((value: T) => void memory.set(key, value), [key]);
  return { read, write };
}

function historyIndex(): number {
  return hasIndex(history.state) ? history.state.index : 0;
}

function hasIndex(state: unknown): state is { index: number } {
  return (
    typeof state === 'object' &&
    state !== null &&
    'index' in state &&
    typeof state.index === 'number'
  );
}

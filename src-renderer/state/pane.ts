import { createContext, useCallback, useContext } from 'react';
import { memory } from './memory.ts';
import { goToPlace, useNavigation } from './navigation.ts';
import { home, type Route, sameRoute } from './route.ts';

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

/** Remembers a value for this step of the tab's walk: it is there again after Back. */
export function useMemory<T>(name: string): { read(): T | undefined; write(value: T): void } {
  const { slot } = useContext(PaneContext);
  const step = useNavigation((state) => state.step);
  const key = `${step} ${slot} ${name}`;
  const read = useCallback(() => memory.get(key) as T | undefined, [key]);
  const write = useCallback((value: T) => void memory.set(key, value), [key]);
  return { read, write };
}

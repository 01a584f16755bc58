import { useGo, usePreferences, useRoute } from '../../state/index.ts';
import { type ComparePlace, readPlace, writePlace } from './parts.ts';

/** Where in a comparison the window is. Whether all is shown is remembered for every comparison. */
export function useComparePlace(): {
  readonly place: ComparePlace;
  readonly setAll: (all: boolean) => void;
} {
  const read = readPlace(useRoute());
  const only = usePreferences((state) => state.onlyDifferences);
  const set = usePreferences((state) => state.set);
  const go = useGo();
  const place = { ...read, all: read.all || !only };
  const setAll = (all: boolean): void => {
    set({ onlyDifferences: !all });
    go(writePlace({ ...place, all }), true);
  };
  return { place, setAll };
}

import { usePreferences } from '../state/index.ts';

/** The size of the text against the usual one: what JavaScript measures for text grows with it. */
export function useTextScale(): number {
  return usePreferences((state) => state.textSize) / 100;
}

/** Height of a table's row in pixels, by the preferences: `--row` of tokens.css. */
export function useRowHeight(): number {
  const compact = usePreferences((state) => state.density) === 'compact';
  return (compact ? 28 : 36) * useTextScale();
}

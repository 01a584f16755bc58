/** The size of the text in steps. */
import { textSizes, usePreferences } from '../state/index.ts';

/** Larger or smaller by steps; 0 is the usual size. */
export function changeTextSize(way: 1 | -1 | 0): void {
  const { textSize, set } = usePreferences.getState();
  const larger = textSizes.find((size) => size > textSize);
  const smaller = textSizes.findLast((size) => size < textSize);
  const next = way === 0 ? 100 : way === 1 ? larger : smaller;
  if (next !== undefined) set({ textSize: next });
}

/** What Ctrl/Cmd with +, − and 0 do. */
export function textSizeKey(event: Pick<KeyboardEvent, 'key' | 'altKey'>, mod: boolean) {
  if (!mod || event.altKey) return null;
  if (event.key === '+' || event.key === '=') return () => changeTextSize(1);
  if (event.key === '-' || event.key === '_') return () => changeTextSize(-1);
  if (event.key === '0') return () => changeTextSize(0);
  return null;
}

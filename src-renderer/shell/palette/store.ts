/** The palette: opened from anywhere in the shell, and which of its lines is chosen. */
import { createSpotlight } from '@mantine/spotlight';

export const [paletteStore, palette] = createSpotlight();

/** The list that is drawn, if one is. */
function list(): HTMLElement | null {
  return document.getElementById(paletteStore.getState().listId);
}

/** Chooses the first line, as the component does itself after a key. */
export function chooseFirst(): void {
  for (const line of list()?.querySelectorAll('[data-selected]') ?? []) {
    line.removeAttribute('data-selected');
  }
  list()?.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
  paletteStore.updateState((state) => ({ ...state, selected: 0 }));
}

/** Does what the chosen line stands for; false when no line is there yet. */
export function actOnChosen(): boolean {
  const chosen = list()?.querySelector<HTMLElement>('[data-selected]') ?? null;
  chosen?.click();
  return chosen !== null;
}

/** The parts of the window that the keyboard goes between, and the view beside. */
import { goBeside, useNavigation } from '../state/index.ts';

/** In the order in which F6 goes through them; those that are not there are passed over. */
const panes = ['#rail', '[data-slot="main"]', '[data-slot="beside"] > :last-child', '#inspector'];

const focusable =
  'a[href], button:enabled, input:enabled, select:enabled, textarea:enabled, [tabindex="0"]';

/** Moves the focus to the next part of the window; to its list or current item where it has one. */
export function focusNextPane(way: 1 | -1): boolean {
  const there = panes.flatMap((selector) => document.querySelector<HTMLElement>(selector) ?? []);
  const at = there.findIndex((pane) => pane.contains(document.activeElement));
  const start = at === -1 ? (way === 1 ? 0 : there.length) : at;
  const next = there[(start + way + there.length) % there.length];
  if (next === undefined) return false;
  const target =
    next.querySelector<HTMLElement>('[aria-current="page"], [data-list]') ??
    next.querySelector<HTMLElement>(focusable);
  (target ?? next).focus();
  return true;
}

/** Shows the view a second time beside itself, or closes what stands beside it. */
export function toggleBeside(): void {
  const { place } = useNavigation.getState();
  if (place === null) return;
  goBeside(place.beside === null ? place.main : null);
}

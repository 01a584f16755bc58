/** Each tab has its own filters and selection; those of the tab in front are in their stores. */
import { type Filters, useFilters } from './filters.ts';
import { type Selection, useSelection } from './selection.ts';

/** What the lists of tabs that are not in front are narrowed to, and what is ticked in them. */
const aside = new Map<number, { readonly filters: Filters; readonly selection: Selection }>();

/** Another tab comes to the front. A new one begins with what the one before it has. */
export function swapLists(before: number, next: number): void {
  if (before === next) return;
  aside.set(before, { filters: useFilters.getState(), selection: useSelection.getState() });
  const own = aside.get(next);
  if (own === undefined) return;
  useFilters.setState(own.filters);
  useSelection.setState(own.selection);
}

/** A tab is gone for good. */
export function forgetLists(id: number): void {
  aside.delete(id);
}

/** Another folder is open: none of it holds. */
export function clearLists(): void {
  aside.clear();
}

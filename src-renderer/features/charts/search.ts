/** Which runs the charts are of: a filter, an experiment and an order, as the runs table has them. Pure. */
import type { SavedView } from '../../client/index.ts';
import { orderText } from '../../ui/index.ts';

/** What the core is asked with. */
export interface ChartSearch {
  readonly filter: string;
  readonly experimentId: string | null;
  readonly orderBy: string;
}

type Query = Readonly<Record<string, string>>;

/** As the table stands by itself. */
const plain = { order: [], summary: 'last' } as const;

const isId = (text: string): boolean => /^[0-9a-f]{32}$/.test(text);

/** The search that an address stands for; a saved view gives the order, the table's own without. */
export function readSearch(query: Query, view: SavedView | null): ChartSearch {
  const { filter = '', experiment = '' } = query;
  return {
    filter,
    experimentId: isId(experiment) ? experiment : null,
    orderBy: orderText(view?.state ?? plain),
  };
}

/** What an address says once a view is chosen: its filter stands there, where it can be changed. */
export function chooseView(
  query: Query,
  view: SavedView | null,
): Record<string, string | undefined> {
  return {
    ...query,
    view: view?.id,
    filter: view?.state.filter,
    experiment: view?.state.experimentId ?? undefined,
  };
}

/** The view that an address names; null without one, or when it is gone. */
export function namedView(query: Query, views: readonly SavedView[]): SavedView | null {
  return views.find((view) => view.id === query.view) ?? null;
}

/** Ids of the runs that are ticked. */
export function tickedIds(parts: readonly string[]): string[] {
  return [...new Set(parts.filter(isId))];
}

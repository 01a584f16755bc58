/** The address of a comparison: `#/compare/02.6/02.7?tab=code&file=src/train.py`. */
import type { DiffSummary } from '../../client/index.ts';
import { type Route, to } from '../../state/index.ts';

export const tabs = ['params', 'metrics', 'code', 'data', 'environment', 'models'] as const;
export type Tab = (typeof tabs)[number];

/** What one place in the comparison view is about. */
export interface ComparePlace {
  readonly left: string | null;
  readonly right: string | null;
  readonly tab: Tab;
  /** Show also what is the same. */
  readonly all: boolean;
  /** The code file or model that is open in its tab. */
  readonly file: string | null;
}

/** `#/diff/…` is the same comparison, opened at the code. */
export function readPlace(route: Route): ComparePlace {
  const [left = null, right = null] = route.parts;
  const asked = tabs.find((tab) => tab === route.query.tab);
  return {
    left,
    right,
    tab: asked ?? (route.view === 'diff' ? 'code' : 'params'),
    all: route.query.all === '1',
    file: route.query.file ?? null,
  };
}

export function writePlace(place: ComparePlace): Route {
  const parts = [place.left, place.right].filter((part) => part !== null);
  return to('compare', parts, {
    tab: place.tab,
    all: place.all ? '1' : undefined,
    file: place.file ?? undefined,
  });
}

/** How many differences each tab has to show. */
export function countDifferences(summary: DiffSummary): Readonly<Record<Tab, number>> {
  const changed = (rows: readonly { readonly change: string }[]): number =>
    rows.filter((row) => row.change !== 'same').length;
  return {
    params: changed(summary.params),
    metrics: summary.metrics.filter((metric) => !Object.is(metric.left, metric.right)).length,
    code: changed(summary.code),
    data: changed(summary.data),
    environment: changed(summary.environment),
    models: changed(summary.data.filter((item) => item.kind === 'model')),
  };
}

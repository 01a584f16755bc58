/** The address of a comparison: `#/compare/02.6/02.7?tab=code&file=src/train.py`. */
import type { ContentKind, DiffSummary } from '../../client/index.ts';
import { type Route, to } from '../../state/index.ts';
import { kindOf } from './content/sources.ts';

export const tabs = ['params', 'metrics', 'code', 'data', 'environment', 'models'] as const;
export type Tab = (typeof tabs)[number];

/** What one place in the comparison view is about. */
export interface ComparePlace {
  readonly left: string | null;
  readonly right: string | null;
  /** More sides than two, after these. */
  readonly more: readonly string[];
  readonly tab: Tab;
  /** Show also what is the same. */
  readonly all: boolean;
  /** The code file, model or data file that is open in its tab. */
  readonly file: string | null;
  /** The file of the right side that it is compared with, where that has another name. */
  readonly other: string | null;
  /** What a data file is compared as; null for the best way there is. */
  readonly as: ContentKind | null;
}

/** `#/diff/…` is the same comparison, opened at the code. */
export function readPlace(route: Route): ComparePlace {
  const [left = null, right = null, ...more] = route.parts;
  const asked = tabs.find((tab) => tab === route.query.tab);
  return {
    left,
    right,
    more,
    tab: asked ?? (route.view === 'diff' ? 'code' : 'params'),
    all: route.query.all === '1',
    file: route.query.file ?? null,
    other: route.query.other ?? null,
    as: kindOf(route.query.as),
  };
}

export function writePlace(place: ComparePlace): Route {
  const parts = [place.left, place.right, ...place.more].filter((part) => part !== null);
  return to('compare', parts, {
    tab: place.tab,
    all: place.all ? '1' : undefined,
    file: place.file ?? undefined,
    other: place.other ?? undefined,
    as: place.as ?? undefined,
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

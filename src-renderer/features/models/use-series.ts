import type { ClientError, Input, Item } from '../../client/index.ts';
import type { Movement } from './series.ts';
import { useComparison } from './use-comparison.ts';

export type SeriesSource = Input<'diff.series'>['source'];
type SeriesItem = Item<'diff.series'>;
type Found = Extract<SeriesItem, { kind: 'checkpoints' }>;

interface SeriesView {
  /** Null until the checkpoints were looked for. */
  readonly found: Found | null;
  /** Of each checkpoint but the first. */
  readonly first: readonly (Movement | null)[];
  readonly previous: readonly (Movement | null)[];
  /** Comparisons that ended. */
  readonly done: number;
  readonly problems: readonly { readonly label: string; readonly message: string }[];
}

export interface SeriesState extends SeriesView {
  readonly status: 'reading' | 'finished' | 'stopped' | 'failed';
  readonly error: ClientError | null;
}

const nothing: SeriesView = { found: null, first: [], previous: [], done: 0, problems: [] };

/** The state after some items. */
export function afterSeriesItems(state: SeriesView, items: readonly SeriesItem[]): SeriesView {
  let next = state;
  for (const item of items) {
    if (item.kind === 'checkpoints') {
      const blank = item.checkpoints.slice(1).map(() => null);
      next = { ...nothing, found: item, first: blank, previous: blank };
      continue;
    }
    next = { ...next, done: item.done };
    if (item.problem !== null) {
      const label = next.found?.checkpoints[item.at]?.label ?? '';
      next = { ...next, problems: [...next.problems, { label, message: item.problem }] };
      continue;
    }
    const movement = new Map(item.parts.map(({ name, change }) => [name, change]));
    for (const side of item.against) {
      next = { ...next, [side]: next[side].with(item.at - 1, movement) };
    }
  }
  return next;
}

/** Compares the checkpoints of a run or a folder while the view is there. */
export function useSeries(source: SeriesSource): {
  readonly state: SeriesState;
  readonly stop: () => void;
  readonly again: () => void;
} {
  const { state, stop, again } = useComparison(
    'diff.series',
    { source },
    nothing,
    afterSeriesItems,
  );
  const { status, view, error } = state;
  return { state: { ...view, status, error }, stop, again };
}

import { useMemo, useRef } from 'react';
import {
  type ClientError,
  type Input,
  type TimelineCell,
  topics,
  useOperation,
  useOperations,
} from '../../client/index.ts';
import { type CellKind, useFilters, usePreferences } from '../../state/index.ts';
import { type Outline, readOutline } from './outline.ts';
import type { TimelineRow } from './rows.ts';

/** What makes cells out of date. */
export const watched = [topics.runs, topics.notes, topics.git, topics.bundles, topics.registry];
/** Rows whose cells are fetched together. */
export const partRows = 32;
/** Subjects that a fold shows of its commits. */
const foldSubjects = 6;
/** Cells that are remembered after they went out of sight. */
const mostRemembered = 4000;

/** What the notebook is narrowed to, as the core takes it. */
export function useTimelineFilter(): Input<'timeline.outline'> {
  const filters = useFilters((state) => state.timeline);
  const order = usePreferences((state) => state.timelineOrder);
  return useMemo(() => inputOf(filters, order), [filters, order]);
}

/** The filter of what the timeline is narrowed to, and the order it is read in. */
export function inputOf(
  { text, kinds, experimentId }: ReturnType<typeof useFilters.getState>['timeline'],
  order: 'newest' | 'oldest',
): Input<'timeline.outline'> {
  const wanted = kinds === null ? null : ([...kinds] as CellKind[]);
  return { text, kinds: wanted, experimentId, order };
}

export interface OutlineQuery {
  readonly outline: Outline | null;
  readonly error: ClientError | null;
  reload(): void;
}

/** All that the filters let through, kept up to date. */
export function useOutline(filter: Input<'timeline.outline'>): OutlineQuery {
  const { data, error, reload } = useOperation('timeline.outline', filter, { topics: watched });
  const outline = useMemo(() => (data === undefined ? null : readOutline(data)), [data]);
  return { outline, error, reload };
}

/**
 * The cells of the rows between two places, kept up to date. A cell that is not there yet is
 * undefined; one that is fetched anew is shown as it was until then.
 */
export function useCells(
  outline: Outline,
  rows: readonly TimelineRow[],
  from: number,
  to: number,
): (key: string) => TimelineCell | undefined {
  const first = Math.floor(from / partRows);
  const last = Math.floor(to / partRows);
  const inputs = useMemo(() => {
    const parts: { keys: string[] }[] = [];
    for (let part = first; part <= last; part++) {
      const keys = keysOf(outline, rows.slice(part * partRows, (part + 1) * partRows));
      for (let start = 0; start < keys.length; start += 200) {
        parts.push({ keys: keys.slice(start, start + 200) });
      }
    }
    return parts;
  }, [outline, rows, first, last]);
  const answers = useOperations('timeline.cells', inputs, watched);
  const known = useRef(new Map<string, TimelineCell>());
  return useMemo(() => {
    if (known.current.size > mostRemembered) known.current.clear();
    for (const { data } of answers) {
      for (const cell of data?.cells ?? []) known.current.set(cell.key, cell);
    }
    const cells = known.current;
    return (key: string) => cells.get(key);
  }, [answers]);
}

/** The cells that some rows show. */
export function keysOf({ keys }: Outline, rows: readonly TimelineRow[]): string[] {
  return rows.flatMap((row) => {
    if (row.kind === 'cell') return row.key;
    if (row.kind !== 'fold' || row.open) return [];
    return row.indexes.slice(0, foldSubjects).map((index) => keys[index] as string);
  });
}

import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { type ColumnLayout, columnsInSight, type Span } from './across.ts';

/** What of a table can be seen, with a little around it. */
export interface InSight {
  readonly rows: Span;
  readonly columns: Span;
}

interface Measures {
  readonly count: number;
  readonly rowHeight: number;
  readonly headHeight: number;
  readonly layout: ColumnLayout;
}

/** Rows drawn above and below those in sight, and the step in which that moves. */
const moreRows = 8;
const rowStep = 4;
const moreColumns = 2;

const none: Span = { first: 0, last: -1 };
const nothing: InSight = { rows: none, columns: none };

/** The rows of equal height that a scrolled box shows. */
export function rowsInSight(
  scrollTop: number,
  height: number,
  { count, rowHeight, headHeight }: Pick<Measures, 'count' | 'rowHeight' | 'headHeight'>,
): Span {
  const top = Math.floor(scrollTop / rowHeight);
  const bottom = Math.ceil((scrollTop + Math.max(0, height - headHeight)) / rowHeight);
  const first = Math.floor((top - moreRows) / rowStep) * rowStep;
  const last = Math.ceil((bottom + moreRows) / rowStep) * rowStep;
  return { first: Math.max(0, first), last: Math.min(count - 1, last) };
}

/**
 * Follows what is in sight of `box`. It changes only when rows or columns come or go, so that
 * scrolling by a few pixels draws nothing.
 * @param onWidth told how wide the box is
 */
export function useInSight(
  box: RefObject<HTMLElement | null>,
  measures: Measures,
  onWidth: (width: number) => void,
) {
  // Kept: asking the page for it while it is being changed makes it lay everything out.
  const size = useRef({ width: 0, height: 0 });
  const [seen, setSeen] = useState<InSight>(nothing);
  const latest = useRef(measures);
  latest.current = measures;
  const measure = useCallback(
    (now: Measures): void => {
      const element = box.current;
      if (element === null) return;
      const { scrollTop, scrollLeft } = element;
      const { width, height } = size.current;
      // Not measured yet: a guess would draw, and ask the core for, what is not in sight.
      if (width === 0) return;
      const next = {
        rows: rowsInSight(scrollTop, height, now),
        columns: columnsInSight(now.layout, scrollLeft, width, moreColumns),
      };
      setSeen((before) => (same(before, next) ? before : next));
    },
    [box],
  );
  const look = useCallback((): void => measure(latest.current), [measure]);
  const { count, rowHeight, headHeight, layout } = measures;
  useLayoutEffect(
    () => measure({ count, rowHeight, headHeight, layout }),
    [measure, count, rowHeight, headHeight, layout],
  );
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const take = (): void => {
      size.current = { width: element.clientWidth, height: element.clientHeight };
      onWidth(element.clientWidth);
      look();
    };
    take();
    const observer = new ResizeObserver(take);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box, look, onWidth]);
  /** Brings a row into sight, moving no further than needed. */
  const reveal = useCallback(
    (index: number): void => {
      const element = box.current;
      if (element === null || index < 0) return;
      const now = latest.current;
      const top = index * now.rowHeight;
      const bottom = top + now.rowHeight + now.headHeight;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (bottom > element.scrollTop + element.clientHeight) {
        element.scrollTop = bottom - element.clientHeight;
      }
    },
    [box],
  );
  const slots = slotsFor(size.current.height, rowHeight);
  const measured = seen !== nothing;
  return { rows: within(seen.rows, count), columns: seen.columns, measured, slots, look, reveal };
}

/** At least as many as there are rows in sight at once, wherever the box is scrolled to. */
function slotsFor(height: number, rowHeight: number): number {
  const most = Math.ceil(height / rowHeight) + 2 + 2 * (moreRows + rowStep);
  return Math.max(64, Math.ceil(most / 16) * 16);
}

/** The rows may have become fewer since they were looked at. */
function within({ first, last }: Span, count: number): Span {
  return { first, last: Math.min(last, count - 1) };
}

function same(a: InSight, b: InSight): boolean {
  return (
    a.rows.first === b.rows.first &&
    a.rows.last === b.rows.last &&
    a.columns.first === b.columns.first &&
    a.columns.last === b.columns.last
  );
}

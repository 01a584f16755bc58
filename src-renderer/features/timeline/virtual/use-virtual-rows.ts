import { type RefObject, useCallback, useLayoutEffect, useMemo, useReducer, useRef } from 'react';
import { flushSync } from 'react-dom';
import { RowOffsets } from './row-offsets.ts';

export interface VirtualRow {
  readonly index: number;
  /** Pixels from the top of all rows. */
  readonly start: number;
}

interface Options<Row> {
  readonly box: RefObject<HTMLElement | null>;
  /** Keep the array stable between renders. */
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** The height of a row that was not drawn yet. */
  readonly estimate: (row: Row) => number;
  /** Where the box is scrolled to at first. */
  readonly initialOffset: number;
  readonly onScroll: (offset: number) => void;
}

/** Rows drawn beyond those in sight, and where those lie that went out of it. */
const more = 4;
const moreBehind = 1;
/** As long as the rows around it are measured, a row that was gone to is kept where it belongs. */
const goalMs = 500;
const scrollEndMs = 150;
/** What of the window the box may take: it is measured as soon as it is there. */
const likelyShare = 0.8;

/** What the box shows, and which way it is scrolled just now. */
interface View {
  readonly top: number;
  readonly height: number;
  readonly way: 'down' | 'up' | null;
}

/**
 * The rows of a scrolled box that can be seen, of any number and of heights that are known once they
 * are drawn. Rows carry their place as `data-index` and are given `measure` as their ref.
 */
export function useVirtualRows<Row>(options: Options<Row>) {
  const { box, rows, keyOf, estimate } = options;
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const latest = useRef(options);
  latest.current = options;
  const measured = useRef(new Map<string, number>()).current;
  const offsets = useMemo(() => {
    const sizes = new Float64Array(rows.length);
    for (const [index, row] of rows.entries()) {
      sizes[index] = measured.get(keyOf(row)) ?? estimate(row);
    }
    return new RowOffsets(sizes);
  }, [rows, keyOf, estimate, measured]);
  const known = useRef(offsets);
  known.current = offsets;

  const view = useRef({
    top: options.initialOffset,
    height: window.innerHeight * likelyShare,
    way: null as View['way'],
  }).current;
  const goal = useRef<{ index: number; align: 'start' | 'near'; until: number } | null>(null);
  const drawn = useRef({ first: 0, last: -1 });

  const scrollTo = useCallback(
    (top: number): void => {
      const element = box.current;
      if (element === null || Math.abs(element.scrollTop - top) < 1) return;
      element.scrollTop = top;
      // As far as the box could go; this is no movement of the person's.
      view.top = element.scrollTop;
    },
    [box, view],
  );
  const approach = useCallback((): void => {
    if (goal.current === null) return;
    const { index, align, until } = goal.current;
    if (performance.now() > until) {
      goal.current = null;
      return;
    }
    const start = known.current.startOf(index);
    const end = start + known.current.sizeOf(index);
    if (align === 'start' || start < view.top) scrollTo(start);
    else if (end > view.top + view.height) scrollTo(end - view.height);
  }, [scrollTo, view]);

  /** Takes in what rows turned out to be high. @returns whether that moves anything */
  const take = useCallback(
    (elements: Iterable<HTMLElement>): boolean => {
      let [changed, above] = [false, 0];
      for (const element of elements) {
        const index = Number(element.dataset.index);
        const row = latest.current.rows[index];
        if (row === undefined || !element.isConnected) continue;
        const key = latest.current.keyOf(row);
        const isNew = !measured.has(key);
        const size = element.offsetHeight;
        const start = known.current.startOf(index);
        const before = known.current.sizeOf(index);
        measured.set(key, size);
        const change = known.current.resize(index, size);
        if (change === 0) continue;
        changed = true;
        if (staysInPlace(isNew, start, start + before, view)) above += change;
      }
      if (goal.current !== null) approach();
      else if (above !== 0) scrollTo(view.top + above);
      return changed;
    },
    [measured, view, approach, scrollTo],
  );

  const pending = useRef(new Set<HTMLElement>()).current;
  const observer = useRef<ResizeObserver | null>(null);
  const measure = useCallback(
    (element: HTMLElement | null) => {
      if (element === null) return;
      observer.current ??= new ResizeObserver((entries) => {
        const elements = entries.map(({ target }) => target as HTMLElement);
        if (take(elements)) flushSync(draw);
      });
      const { current } = observer;
      pending.add(element);
      current.observe(element);
      return () => {
        pending.delete(element);
        current.unobserve(element);
      };
    },
    [take, pending],
  );
  // All rows that were drawn anew at once: the page is laid out once for them.
  useLayoutEffect(() => {
    const elements = [...pending];
    pending.clear();
    if (elements.length > 0 && take(elements)) draw();
    else approach();
  });

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const rangeChanged = (): boolean => {
      const range = rangeOf(known.current, view);
      return range.first !== drawn.current.first || range.last !== drawn.current.last;
    };
    const scrolled = (): void => {
      const { scrollTop } = element;
      if (scrollTop !== view.top) view.way = scrollTop > view.top ? 'down' : 'up';
      view.top = scrollTop;
      clearTimeout(timer);
      timer = setTimeout(() => {
        view.way = null;
      }, scrollEndMs);
      latest.current.onScroll(scrollTop);
      // Before the frame in which it is seen.
      if (rangeChanged()) flushSync(draw);
    };
    const release = (): void => {
      goal.current = null;
    };
    view.height = element.clientHeight;
    element.scrollTop = view.top;
    const size = new ResizeObserver(() => {
      view.height = element.clientHeight;
      if (rangeChanged()) flushSync(draw);
    });
    size.observe(element);
    const passive = { passive: true };
    element.addEventListener('scroll', scrolled, passive);
    for (const type of ['wheel', 'pointerdown', 'touchstart'] as const) {
      element.addEventListener(type, release, passive);
    }
    return () => {
      clearTimeout(timer);
      size.disconnect();
      observer.current?.disconnect();
      observer.current = null;
      element.removeEventListener('scroll', scrolled);
      for (const type of ['wheel', 'pointerdown', 'touchstart'] as const) {
        element.removeEventListener(type, release);
      }
    };
  }, [box, view]);

  /** Brings a row to the top, or with `near` into sight, moving no further than needed. */
  const scrollToRow = useCallback(
    (index: number, align: 'start' | 'near' = 'near'): void => {
      goal.current = { index, align, until: performance.now() + goalMs };
      approach();
    },
    [approach],
  );

  const { first, last } = rangeOf(offsets, view);
  drawn.current = { first, last };
  const shown: VirtualRow[] = [];
  let start = offsets.startOf(first);
  for (let index = first; index <= last; index++) {
    shown.push({ index, start });
    start += offsets.sizeOf(index);
  }
  return { shown, total: offsets.total, measure, scrollToRow };
}

function rangeOf(offsets: RowOffsets, { top, height, way }: View) {
  const [above, below] = [way === 'down' ? moreBehind : more, way === 'up' ? moreBehind : more];
  return {
    first: Math.max(0, offsets.indexAt(top) - above),
    last: Math.min(offsets.length - 1, offsets.indexAt(top + height) + below),
  };
}

/**
 * Whether what is in sight is to stay where it is when a row above turns out to be higher or lower
 * than thought. On the way down nothing above was seen before, and each correction would lay out
 * all rows again.
 */
function staysInPlace(isNew: boolean, start: number, end: number, { top, way }: View): boolean {
  if (isNew) return way !== 'down' && start < top;
  return way !== 'up' && end <= top;
}

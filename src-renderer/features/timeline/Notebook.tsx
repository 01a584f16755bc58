import { useVirtualizer } from '@tanstack/react-virtual';
import type { TFunction } from 'i18next';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineCell } from '../../client/index.ts';
import { focusOn, to, useGo, useMemory, usePreferences, useSelection } from '../../state/index.ts';
import { dayOf, formatDay, useListKeys, useNow, useRunActions } from '../../ui/index.ts';
import { CellView } from './CellView.tsx';
import { FoldRow } from './FoldRow.tsx';
import type { TimelineRow } from './rows.ts';
import css from './timeline.module.css';

export interface NotebookProps {
  readonly rows: readonly TimelineRow[];
  readonly unfolded: ReadonlySet<string>;
  readonly onToggleFold: (key: string) => void;
  readonly hasMore: boolean;
  readonly onMore: () => void;
}

const estimates = { day: 40, fold: 34, cell: 96 } as const;

/** The rows of the notebook: as many as are seen, moved through with the keys of `useListKeys`. */
export function Notebook({ rows, unfolded, onToggleFold, hasMore, onMore }: NotebookProps) {
  const { t } = useTranslation(['timeline', 'common']);
  const scroller = useRef<HTMLDivElement>(null);
  const place = useMemory<{ offset: number; active: string | null }>('timeline');
  const [active, setActive] = useState<string | null>(() => place.read()?.active ?? null);
  const [editing, setEditing] = useState<string | null>(null);
  const locale = usePreferences((state) => state.locale);
  const now = useNow(60_000);
  const go = useGo();
  const actions = useRunActions();

  const items = useMemo(() => rows.filter((row) => row.kind !== 'day'), [rows]);
  const keys = useMemo(() => items.map((row) => row.key), [items]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimates[rows[index]?.kind ?? 'cell'],
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    overscan: 6,
    initialOffset: () => place.read()?.offset ?? 0,
  });
  const shown = virtual.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastShown >= rows.length - 20) onMore();
  }, [hasMore, lastShown, rows.length, onMore]);

  // The element of a row far away is in the page only after scrolling there.
  const wantsFocus = useRef(false);
  useEffect(() => {
    if (!wantsFocus.current || active === null) return;
    const element = scroller.current?.querySelector<HTMLElement>(
      `[data-key="${CSS.escape(active)}"]`,
    );
    if (!element) return;
    wantsFocus.current = false;
    element.focus({ preventScroll: true });
  });

  // The newest run is what one looks for first: the inspector begins with it.
  useEffect(() => {
    if (useSelection.getState().focus !== null) return;
    const first = items.find((row) => row.kind === 'cell' && row.cell.kind === 'run');
    if (first?.kind === 'cell') focusOnCell(first.cell);
  }, [items]);

  const activate = (key: string): void => {
    setActive(key);
    place.write({ offset: scroller.current?.scrollTop ?? 0, active: key });
    const row = items.find((item) => item.key === key);
    if (row?.kind === 'cell') focusOnCell(row.cell);
  };
  const list = useListKeys({
    keys,
    active,
    selected: [],
    onSelect: undefined,
    onActive: (key) => {
      wantsFocus.current = true;
      virtual.scrollToIndex(rows.findIndex((row) => row.key === key));
      activate(key);
    },
    onOpen: (key) => {
      const row = items.find((item) => item.key === key);
      if (row?.kind === 'fold') onToggleFold(key);
      else if (row?.kind === 'cell') open(row.cell);
    },
    onKey: (event, key) => {
      const row = items.find((item) => item.key === key);
      return row?.kind === 'cell' && onCellKey(event, row.cell);
    },
  });

  const open = (cell: TimelineCell): void => {
    if (cell.kind === 'run') actions.open(cell.run);
    else if (cell.kind === 'note') setEditing(cell.key);
    else if (cell.kind === 'bundle' && cell.runId !== null) go(to('run', [cell.runId]));
    else if (cell.kind === 'commit' || cell.kind === 'data') diffCommit(cell.oid);
  };
  const diffCommit = (oid: string): void => go(to('diff', [`${oid}~1`, oid]));
  const onCellKey = (event: KeyboardEvent, cell: TimelineCell): boolean => {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === 'n' && (cell.kind === 'run' || cell.kind === 'note')) {
      setEditing(cell.key);
      return true;
    }
    if (event.key === 'd' && (cell.kind === 'commit' || cell.kind === 'data')) {
      diffCommit(cell.oid);
      return true;
    }
    if (cell.kind !== 'run') return false;
    const run = { ...cell.run, previousId: cell.previous?.id ?? null };
    const act = { c: 'compare', d: 'diff', r: 'again', s: 'star', e: 'export' } as const;
    const name = act[event.key as keyof typeof act];
    if (name === undefined) return false;
    actions[name](run);
    return true;
  };

  return (
    <div
      ref={scroller}
      className={css.scroller}
      onScroll={(event) => place.write({ offset: event.currentTarget.scrollTop, active })}
    >
      <div
        role="feed"
        aria-label={t('label')}
        aria-busy={hasMore && lastShown >= rows.length - 20}
        className={css.feed}
        style={{ height: virtual.getTotalSize() }}
      >
        {shown.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const place = {
            ref: virtual.measureElement,
            'data-index': item.index,
            className: css.row,
            style: { transform: `translateY(${item.start}px)` },
          };
          if (row.kind === 'day') {
            return (
              // A feed holds articles only; their times say the day.
              <div key={row.key} {...place} data-kind="day" aria-hidden>
                {dayName(row.day, now, locale, t)}
              </div>
            );
          }
          const position = keys.indexOf(row.key);
          const tabbable = row.key === active || (active === null && position === 0);
          return (
            <article
              key={row.key}
              {...place}
              data-key={row.key}
              data-list={tabbable ? '' : undefined}
              data-active={row.key === active || undefined}
              aria-posinset={position + 1}
              aria-setsize={hasMore ? -1 : keys.length}
              aria-label={labelOf(row)}
              tabIndex={tabbable ? 0 : -1}
              onKeyDown={list.onKeyDown}
              onFocus={() => row.key !== active && activate(row.key)}
              onClick={(event) => list.onRowClick(event, row.key)}
              onDoubleClick={(event) =>
                row.kind === 'cell' && !isSelectingText(event.target) && open(row.cell)
              }
            >
              {row.kind === 'fold' ? (
                <FoldRow
                  commits={row.commits}
                  open={unfolded.has(row.key)}
                  onToggle={() => onToggleFold(row.key)}
                />
              ) : (
                <CellView
                  cell={row.cell}
                  editing={editing === row.key}
                  onEditing={(on) => setEditing(on ? row.key : null)}
                />
              )}
            </article>
          );
        })}
      </div>
      {hasMore && <p className={css.more}>{t('loadMore')}</p>}
    </div>
  );
}

/** `Today, Saturday 21 November`; the word only where there is one. */
function dayName(day: number, now: number, locale: string, t: TFunction<['timeline', 'common']>) {
  const date = formatDay(day, now, locale);
  if (day === dayOf(now)) return `${t('common:time.today')}, ${date}`;
  if (day === dayOf(dayOf(now) - 1)) return `${t('common:time.yesterday')}, ${date}`;
  return date;
}

function focusOnCell(cell: TimelineCell): void {
  const before = useSelection.getState().focus;
  if (cell.kind === 'run') {
    if (before?.kind !== 'run' || before.id !== cell.run.id) {
      focusOn({ kind: 'run', id: cell.run.id });
    }
  } else if (cell.kind === 'commit' || cell.kind === 'data') {
    focusOn({ kind: 'commit', oid: cell.oid });
  } else if (cell.kind === 'bundle' && cell.runId !== null) {
    focusOn({ kind: 'run', id: cell.runId });
  }
}

/** What an entry is called, for those who move through the feed without seeing it. */
function labelOf(row: Exclude<TimelineRow, { kind: 'day' }>): string {
  if (row.kind === 'fold') return row.commits.map((commit) => commit.subject).join(', ');
  const { cell } = row;
  switch (cell.kind) {
    case 'run':
      return `${cell.run.label} ${cell.run.name}`;
    case 'commit':
      return cell.subject;
    case 'data':
      return cell.changes.map((change) => change.path).join(', ');
    case 'note':
      return cell.body.slice(0, 80);
    case 'bundle':
      return `${cell.label} ${cell.path}`;
  }
}

/** Notes and commands are there to be selected by double click. */
function isSelectingText(target: EventTarget): boolean {
  return target instanceof Element && target.closest('p, code, pre, textarea, button') !== null;
}

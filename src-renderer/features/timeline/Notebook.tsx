import { type KeyboardEvent, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineCell } from '../../client/index.ts';
import { focusOn, to, useGo, useMemory, usePreferences, useSelection } from '../../state/index.ts';
import { useListKeys, useNow, useRunActions } from '../../ui/index.ts';
import { NotebookRow, type RowEvents } from './NotebookRow.tsx';
import type { Outline } from './outline.ts';
import type { TimelineRow } from './rows.ts';
import css from './timeline.module.css';
import { useCells } from './use-cells.ts';
import { useVirtualRows } from './virtual/index.ts';

export interface NotebookProps {
  readonly outline: Outline;
  readonly rows: readonly TimelineRow[];
  /** Names what the rows are narrowed to: another one begins at its top. */
  readonly view: string;
  readonly onToggle: (key: string) => void;
  /** Where to go: a place among the rows. A new object goes there again. */
  readonly target: { readonly row: number } | null;
  readonly selected: readonly string[];
  readonly onSelect: (keys: readonly string[]) => void;
}

const estimates = { day: 40, group: 40, visit: 34, fold: 34, cell: 84 } as const;
const estimate = (row: TimelineRow): number => estimates[row.kind];
const keyOf = (row: TimelineRow): string => row.key;

/** The rows of the notebook: as many as are seen, moved through with the keys of `useListKeys`. */
export function Notebook(props: NotebookProps) {
  const { outline, rows, view, onToggle, target, selected, onSelect } = props;
  const { t } = useTranslation('timeline');
  const scroller = useRef<HTMLDivElement>(null);
  const memory = useMemory<{ view: string; offset: number; active: string | null }>('timeline');
  const [before] = useState(() => {
    const place = memory.read();
    return place?.view === view ? place : null;
  });
  const [active, setActive] = useState<string | null>(before?.active ?? null);
  const [editing, setEditing] = useState<string | null>(null);
  const locale = usePreferences((state) => state.locale);
  const group = usePreferences((state) => state.timelineGroup);
  const now = useNow(60_000);
  const go = useGo();
  const actions = useRunActions();

  const places = useMemo(() => placesOf(rows), [rows]);
  const items = useMemo(() => {
    const keys: string[] = [];
    /** By the place of the row, from 1. */
    const positions = new Int32Array(rows.length);
    for (const [index, row] of rows.entries()) {
      if (row.kind === 'day' || row.kind === 'visit') continue;
      keys.push(row.key);
      positions[index] = keys.length;
    }
    return { keys, positions };
  }, [rows]);
  const virtual = useVirtualRows({
    box: scroller,
    rows,
    keyOf,
    estimate,
    initialOffset: before?.offset ?? 0,
    onScroll: (offset) => memory.write({ view, offset, active }),
  });
  const { shown } = virtual;
  const firstShown = shown[0]?.index ?? 0;
  const lastShown = shown.at(-1)?.index ?? 0;
  const cellOf = useCells(outline, rows, firstShown, lastShown);

  // The element of a row far away is in the page only after scrolling there.
  const wantsFocus = useRef(false);
  useEffect(() => {
    if (!wantsFocus.current || active === null) return;
    const selector = `[data-key="${CSS.escape(active)}"]`;
    const element = scroller.current?.querySelector<HTMLElement>(selector);
    if (!element) return;
    wantsFocus.current = false;
    element.focus({ preventScroll: true });
  });

  const goToRow = useEffectEvent((place: number) => {
    virtual.scrollToRow(place, 'start');
    const row = rows.slice(place).find((one) => one.kind === 'cell' || one.kind === 'fold');
    if (row === undefined) return;
    wantsFocus.current = true;
    setActive(row.key);
  });
  useEffect(() => {
    if (target !== null && target.row >= 0) goToRow(target.row);
  }, [target]);

  // The newest run is what one looks for first: the inspector begins with it.
  const firstRun = shown.find((item) => rows[item.index]?.key.startsWith('run:'));
  const firstRunId = firstRun === undefined ? null : rows[firstRun.index]?.key.slice(4);
  useEffect(() => {
    if (useSelection.getState().focus !== null || !firstRunId) return;
    focusOn({ kind: 'run', id: firstRunId });
  }, [firstRunId]);

  // The cell of a row far away comes after the row.
  const activeCell = active === null ? undefined : cellOf(active);
  const activeKey = activeCell?.key;
  const showActive = useEffectEvent(() => {
    if (activeCell !== undefined) focusOnCell(activeCell);
  });
  useEffect(() => {
    if (activeKey !== undefined) showActive();
  }, [activeKey]);

  const activate = (key: string): void => {
    setActive(key);
    memory.write({ view, offset: scroller.current?.scrollTop ?? 0, active: key });
  };
  const open = (key: string): void => {
    const cell = cellOf(key);
    if (cell === undefined) {
      const row = rows[places(key) ?? -1];
      if (row?.kind === 'fold' || row?.kind === 'group') onToggle(key);
    } else if (cell.kind === 'run') actions.open(cell.run);
    else if (cell.kind === 'note') setEditing(key);
    else if (cell.kind === 'bundle' && cell.runId !== null) go(to('run', [cell.runId]));
    else if (cell.kind === 'promotion' && cell.run !== null) go(to('run', [cell.run.id]));
    else if (cell.kind === 'commit' || cell.kind === 'data') diffCommit(cell.oid);
  };
  const diffCommit = (oid: string): void => go(to('diff', [`${oid}~1`, oid]));
  const onCellKey = (event: KeyboardEvent, key: string): boolean => {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === 'Escape' && selected.length > 0) {
      onSelect([]);
      return true;
    }
    const cell = cellOf(key);
    if (cell === undefined) return false;
    if (event.key === 'n' && (cell.kind === 'run' || cell.kind === 'note')) {
      setEditing(key);
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
  const list = useListKeys({
    keys: items.keys,
    active,
    selected,
    onSelect: (keys) => onSelect(keys.filter((key) => !/^(fold|group) /.test(key))),
    onActive: (key) => {
      wantsFocus.current = true;
      virtual.scrollToRow(places(key) ?? 0);
      activate(key);
    },
    onOpen: open,
    onKey: onCellKey,
  });

  // The same object for every render, so that a row is drawn anew only when it changes.
  const latest = useRef({ list, activate, open, onToggle });
  latest.current = { list, activate, open, onToggle };
  const events = useMemo(
    (): RowEvents => ({
      onKeyDown: (event) => latest.current.list.onKeyDown(event),
      onClick: (event, key) => latest.current.list.onRowClick(event, key),
      onFocus: (key) => latest.current.activate(key),
      onOpen: (key) => latest.current.open(key),
      onToggle: (key) => latest.current.onToggle(key),
      onEditing: (key, on) => setEditing(on ? key : null),
    }),
    [],
  );
  const ticked = useMemo(() => new Set(selected), [selected]);
  const tabbable = active !== null && places(active) !== undefined ? active : items.keys[0];

  return (
    <div ref={scroller} className={css.scroller}>
      <div
        role="feed"
        aria-label={t('label')}
        className={css.feed}
        style={{ height: virtual.total }}
      >
        {shown.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          return (
            <NotebookRow
              key={row.key}
              row={row}
              index={item.index}
              start={item.start}
              measure={virtual.measure}
              cell={row.kind === 'cell' ? cellOf(row.key) : undefined}
              subjects={row.kind === 'fold' ? subjectsOf(row, outline, cellOf) : ''}
              experiments={outline.experiments}
              withDate={group === 'experiment'}
              position={items.positions[item.index] ?? 0}
              count={items.keys.length}
              active={row.key === active}
              tabbable={row.key === tabbable}
              selected={ticked.has(row.key)}
              editing={row.key === editing}
              now={now}
              locale={locale}
              events={events}
            />
          );
        })}
      </div>
    </div>
  );
}

/**
 * Where each key is: 50 000 rows are not searched on every key and every frame, nor gone through
 * before somebody uses one.
 */
function placesOf(rows: readonly TimelineRow[]): (key: string) => number | undefined {
  let places: Map<string, number> | null = null;
  return (key) => {
    places ??= new Map(rows.map((row, index) => [row.key, index]));
    return places.get(key);
  };
}

/** The subjects of the commits in a closed fold, as far as they are there. */
function subjectsOf(
  row: Extract<TimelineRow, { kind: 'fold' }>,
  outline: Outline,
  cellOf: (key: string) => TimelineCell | undefined,
): string {
  const subjects: string[] = [];
  for (const index of row.indexes) {
    const cell = cellOf(outline.keys[index] as string);
    if (cell?.kind !== 'commit') break;
    subjects.push(cell.subject);
  }
  return subjects.join(' · ');
}

function focusOnCell(cell: TimelineCell): void {
  const before = useSelection.getState().focus;
  const runId =
    cell.kind === 'run'
      ? cell.run.id
      : cell.kind === 'bundle'
        ? cell.runId
        : cell.kind === 'promotion'
          ? cell.run?.id
          : null;
  if (cell.kind === 'commit' || cell.kind === 'data') focusOn({ kind: 'commit', oid: cell.oid });
  else if (runId && (before?.kind !== 'run' || before.id !== runId)) {
    focusOn({ kind: 'run', id: runId });
  }
}

import { Checkbox } from '@mantine/core';
import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { useMemory } from '../state/index.ts';
import { acrossItems, layOutColumns, type Span } from './across.ts';
import { GridHead, type HeadTools } from './GridHead.tsx';
import css from './grid.module.css';
import { TableRow } from './TableRow.tsx';
import { type AppColumn, tickWidth } from './table-model.ts';
import { useInSight } from './use-in-sight.ts';
import { useListKeys } from './use-list-keys.ts';
import { useRowDrag } from './use-row-drag.ts';
import { useRowEvents } from './use-row-events.ts';
import { useRowHeight, useScaledColumns } from './use-row-height.ts';

export interface GridProps<Row> {
  /** What the table lists, for those who cannot see it; also the name of its remembered place. */
  readonly label: string;
  /** The rows from the first to the last, by their keys. Keep the array stable between renders. */
  readonly keys: readonly string[];
  /** A row by its place; asked for those in sight only. The same object where nothing changed. */
  readonly rowAt: (index: number) => Row;
  /** The first column names the row and stays in sight. Keep the array stable between renders. */
  readonly columns: readonly AppColumn<Row>[];
  /** How many columns at the beginning stay in sight. */
  readonly pinned?: number;
  /** The row that keys act on and the inspector shows. */
  readonly activeKey?: string | null;
  readonly onActive?: ((key: string) => void) | undefined;
  readonly onOpen?: ((row: Row) => void) | undefined;
  /** The row under the pointer, or null. */
  readonly onPoint?: ((key: string | null) => void) | undefined;
  /** Given together, rows can be ticked; Shift ticks ranges. */
  readonly selected?: readonly string[] | undefined;
  readonly onSelect?: ((keys: readonly string[]) => void) | undefined;
  readonly directionOf: (column: string) => 'asc' | 'desc' | false;
  /** `multi`: in addition to what it is sorted by already. */
  readonly onSort: (column: string, multi: boolean) => void;
  /** Keys of the view beyond moving, opening and ticking. Returns true when one was used. */
  readonly onKey?: ((event: KeyboardEvent, row: Row) => boolean) | undefined;
  /** Given, rows can be dragged: `key` is to stand before another row, or last with null. */
  readonly onReorder?: ((key: string, before: string | null) => void) | undefined;
  /** Given, dragged rows carry their keys (those of all ticked rows) under this type. */
  readonly dragType?: string | undefined;
  /** Keys that are carried with a row, itself among them; those of all ticked rows without. */
  readonly carriedWith?: ((key: string) => readonly string[]) | undefined;
  /** Shown below the header when there are no rows. */
  readonly empty?: ReactNode;
  readonly rowTone?: ((row: Row) => string | undefined) | undefined;
  /** Whether nothing is known of a row yet. */
  readonly isBlank?: ((row: Row) => boolean) | undefined;
  /** What a row is called, for those who cannot see it; the first column's value otherwise. */
  readonly rowName?: ((row: Row) => string) | undefined;
  /** What the rows are narrowed to: when it changes, the table begins at its top again. */
  readonly filterKey?: string | undefined;
  /** Given, columns can be moved and resized, and have a menu. */
  readonly head?: HeadTools | undefined;
  /** Told which rows and columns are in sight, with a little around them. */
  readonly onSight?: ((rows: Span, columns: Span) => void) | undefined;
  /** The row that is pointed at elsewhere. */
  readonly litKey?: string | null | undefined;
}

const headExtra = 4;
const noKeys: readonly string[] = [];

/**
 * Rows and columns of any number: only what can be seen is in the page, and only that is asked for.
 * Whoever uses it orders the rows.
 */
export function Grid<Row>(props: GridProps<Row>) {
  const { keys, selected = noKeys, onSelect, activeKey = null, onSight } = props;
  const { columns, head } = useScaledColumns(props.columns, props.head);
  const { t } = useTranslation();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const headHeight = rowHeight + headExtra;
  const place = useMemory<{ top: number; left: number }>(`table ${props.label}`);
  const ticks = onSelect !== undefined;
  const lead = ticks ? tickWidth : 0;
  const [available, setAvailable] = useState(1024);
  const layout = useMemo(
    () => layOutColumns(columns, props.pinned ?? 1, lead, available),
    [columns, props.pinned, lead, available],
  );
  const sight = useInSight(
    scroller,
    { count: keys.length, rowHeight, headHeight, layout },
    setAvailable,
  );

  // As it was left, once there is something to scroll.
  const restored = useRef(false);
  useLayoutEffect(() => {
    if (restored.current || keys.length === 0) return;
    restored.current = true;
    const { top = 0, left = 0 } = place.read() ?? {};
    if (top > 0 || left > 0) scroller.current?.scrollTo({ top, left });
  }, [keys.length, place]);

  const filterKey = useRef(props.filterKey);
  useEffect(() => {
    if (filterKey.current === props.filterKey) return;
    filterKey.current = props.filterKey;
    scroller.current?.scrollTo({ top: 0 });
  }, [props.filterKey]);

  const { rows, columns: across, measured } = sight;
  useEffect(() => {
    if (!measured) return;
    onSight?.({ first: rows.first, last: rows.last }, { first: across.first, last: across.last });
  }, [onSight, measured, rows.first, rows.last, across.first, across.last]);

  const rowOf = (key: string): Row | undefined => {
    const index = keys.indexOf(key);
    return index === -1 ? undefined : props.rowAt(index);
  };
  const list = useListKeys({
    keys,
    active: activeKey,
    selected,
    onSelect,
    onActive: (key) => {
      props.onActive?.(key);
      sight.reveal(keys.indexOf(key));
    },
    onOpen: (key) => {
      const row = rowOf(key);
      if (row !== undefined) props.onOpen?.(row);
    },
    onKey: (event, key) => {
      const row = rowOf(key);
      return row !== undefined && (props.onKey?.(event, row) ?? false);
    },
  });

  const ticked = useMemo(() => new Set(selected), [selected]);
  const carriedWith =
    props.carriedWith ?? ((key: string) => (selected.includes(key) ? selected : [key]));
  const drag = useRowDrag(keys, carriedWith, props.dragType, props.onReorder);
  const events = useRowEvents<Row>({
    onClick: list.onRowClick,
    onTick: list.onTick,
    onOpen: (row) => props.onOpen?.(row),
    onPoint: (key) => props.onPoint?.(key),
    drag,
  });
  const items = useMemo(
    () => acrossItems(columns, layout, { first: across.first, last: across.last }),
    [columns, layout, across.first, across.last],
  );
  const rowId = (key: string): string => `${id}-${key}`;
  const shown: ReactNode[] = [];
  let isActiveShown = false;
  // Rows that come into sight take the place of those that left it: nothing is made or thrown away.
  const slots = sight.slots;
  for (let index = rows.first; index <= rows.last; index++) {
    const key = keys[index];
    if (key === undefined) break;
    const row = props.rowAt(index);
    if (key === activeKey) isActiveShown = true;
    shown.push(
      <TableRow
        key={index % slots}
        id={rowId(key)}
        rowKey={key}
        row={row}
        name={props.rowName}
        index={index}
        top={index * rowHeight}
        height={rowHeight}
        across={items}
        blank={props.isBlank?.(row) ?? false}
        ticks={ticks}
        ticked={ticked.has(key)}
        active={key === activeKey}
        lit={key === props.litKey}
        tone={props.rowTone?.(row)}
        drop={drag?.dropAt(key)}
        draggable={drag !== null}
        events={events}
      />,
    );
  }
  // The table is one stop of the Tab key; its rows are moved through with the arrows.
  const grid = {
    role: 'grid',
    tabIndex: 0,
    'data-list': '',
    'aria-label': props.label,
    'aria-rowcount': keys.length + 1,
    'aria-colcount': columns.length + Number(ticks),
    'aria-multiselectable': ticks || undefined,
    'aria-activedescendant': isActiveShown ? rowId(activeKey ?? '') : undefined,
  } as const;

  return (
    <div
      ref={scroller}
      className={css.scroller}
      onScroll={({ currentTarget }) => {
        place.write({ top: currentTarget.scrollTop, left: currentTarget.scrollLeft });
        sight.look();
      }}
    >
      <table
        {...grid}
        className={css.table}
        style={{ width: layout.starts.at(-1) }}
        onKeyDown={list.onKeyDown}
      >
        <thead className={css.head} style={{ height: headHeight }}>
          <tr className={css.headRow} aria-rowindex={1}>
            {ticks && (
              <th className={css.tick} aria-colindex={1}>
                <Checkbox
                  aria-label={t('all')}
                  tabIndex={-1}
                  checked={keys.length > 0 && selected.length >= keys.length}
                  indeterminate={selected.length > 0 && selected.length < keys.length}
                  onChange={() => onSelect(selected.length > 0 ? [] : keys)}
                />
              </th>
            )}
            <GridHead
              items={items}
              offset={1 + Number(ticks)}
              directionOf={props.directionOf}
              onSort={props.onSort}
              tools={head}
            />
          </tr>
        </thead>
        <tbody className={css.rows} style={{ height: keys.length * rowHeight }}>
          {shown}
        </tbody>
      </table>
      {keys.length === 0 && props.empty}
    </div>
  );
}

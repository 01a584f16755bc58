import { Checkbox } from '@mantine/core';
import type { RowData } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
} from 'react';
import { useTranslation } from 'react-i18next';
import { useMemory, usePreferences } from '../state/index.ts';
import css from './AppTable.module.css';
import { type AcrossItem, withFirst } from './across.ts';
import { TableRow } from './TableRow.tsx';
import { type AppColumn, type Sort, tickWidth, useTableModel } from './table-model.ts';
import { useListKeys } from './use-list-keys.ts';
import { useRowDrag } from './use-row-drag.ts';
import { useRowEvents } from './use-row-events.ts';

export interface AppTableProps<Row extends RowData> {
  /** What the table lists, for those who cannot see it; also the name of its remembered place. */
  readonly label: string;
  readonly rows: readonly Row[];
  /** The first column names the row and stays in sight. Keep the array stable between renders. */
  readonly columns: readonly AppColumn<Row>[];
  readonly rowKey: (row: Row) => string;
  /** The row that keys act on and the inspector shows. */
  readonly activeKey?: string | null;
  readonly onActive?: (key: string) => void;
  readonly onOpen?: (row: Row) => void;
  /** The row under the pointer, or null. */
  readonly onPoint?: (key: string | null) => void;
  /** Given together, rows can be ticked; Shift ticks ranges. */
  readonly selected?: readonly string[];
  readonly onSelect?: (keys: readonly string[]) => void;
  /** Given together, sorting is kept outside. */
  readonly sort?: Sort;
  readonly onSort?: (sort: Sort) => void;
  /** Keys of the view beyond moving, opening and ticking. Returns true when one was used. */
  readonly onKey?: (event: KeyboardEvent, row: Row) => boolean;
  /** Given, rows can be dragged: `key` is to stand before another row, or last with null. */
  readonly onReorder?: (key: string, before: string | null) => void;
  /** Given, dragged rows carry their keys (those of all ticked rows) under this type. */
  readonly dragType?: string;
  /** Shown below the header when there are no rows. */
  readonly empty?: ReactNode;
  readonly rowTone?: (row: Row) => 'dim' | undefined;
  /** What the rows are narrowed to: when it changes, the table begins at its top again. */
  readonly filterKey?: string;
}

const headExtra = 4;
const noKeys: readonly string[] = [];

/** A table for any number of rows and columns: only what can be seen is in the page. */
export function AppTable<Row extends RowData>(props: AppTableProps<Row>) {
  const { columns, selected = noKeys, onSelect, activeKey = null } = props;
  const { t } = useTranslation();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = usePreferences((state) => state.density) === 'compact' ? 28 : 36;
  const place = useMemory<number>(`table ${props.label}`);
  const { table, sorted, keys } = useTableModel(
    props.rows,
    columns,
    props.rowKey,
    props.sort,
    props.onSort,
  );

  const ticks = onSelect !== undefined;
  const lead = ticks ? tickWidth : 0;
  const vertical = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    // A new function makes the virtualizer measure again.
    getItemKey: useCallback((index: number) => `${rowHeight} ${keys[index]}`, [keys, rowHeight]),
    overscan: 6,
    initialOffset: () => place.read() ?? 0,
    scrollPaddingEnd: rowHeight + headExtra,
  });
  const horizontal = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => columns[index]?.width ?? 100,
    getItemKey: useCallback((index: number) => columns[index]?.id ?? index, [columns]),
    paddingStart: lead,
    overscan: 1,
  });

  const filterKey = useRef(props.filterKey);
  useEffect(() => {
    if (filterKey.current === props.filterKey) return;
    filterKey.current = props.filterKey;
    scroller.current?.scrollTo({ top: 0 });
  }, [props.filterKey]);

  const rowOf = (key: string): Row | undefined => sorted[keys.indexOf(key)]?.original;
  const list = useListKeys({
    keys,
    active: activeKey,
    selected,
    onSelect,
    onActive: (key) => {
      props.onActive?.(key);
      vertical.scrollToIndex(keys.indexOf(key), { align: 'auto' });
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
  const drag = useRowDrag(keys, selected, props.dragType, props.onReorder);
  const events = useRowEvents<Row>({
    onClick: list.onRowClick,
    onTick: list.onTick,
    onOpen: (row) => props.onOpen?.(row),
    onPoint: (key) => props.onPoint?.(key),
    drag,
  });
  const items = horizontal.getVirtualItems();
  const across = useMemo(() => withFirst(items, columns, lead), [items, columns, lead]);
  const activeIndex = activeKey === null ? -1 : keys.indexOf(activeKey);
  const rowId = (key: string): string => `${id}-${key}`;
  // The table is one stop of the Tab key; its rows are moved through with the arrows.
  const grid = {
    role: 'grid',
    tabIndex: 0,
    'data-list': '',
    'aria-label': props.label,
    'aria-rowcount': sorted.length + 1,
    'aria-colcount': columns.length + Number(ticks),
    'aria-multiselectable': ticks || undefined,
    'aria-activedescendant': activeIndex >= 0 ? rowId(keys[activeIndex] ?? '') : undefined,
  } as const;

  return (
    <div
      ref={scroller}
      className={css.scroller}
      onScroll={(event) => place.write(event.currentTarget.scrollTop)}
    >
      <table
        {...grid}
        className={css.table}
        style={{ width: horizontal.getTotalSize() }}
        onKeyDown={list.onKeyDown}
      >
        <thead className={css.head} style={{ height: rowHeight + headExtra }}>
          <tr className={css.headRow} aria-rowindex={1}>
            {ticks && (
              <th className={css.tick} aria-colindex={1}>
                <Checkbox
                  aria-label={t('all')}
                  tabIndex={-1}
                  checked={keys.length > 0 && selected.length === keys.length}
                  indeterminate={selected.length > 0 && selected.length < keys.length}
                  onChange={() => onSelect(selected.length > 0 ? [] : keys)}
                />
              </th>
            )}
            {across.map((item) => (
              <HeadCell
                key={item.column.id}
                item={item}
                offset={1 + Number(ticks)}
                direction={table.getColumn(item.column.id)?.getIsSorted() ?? false}
                onToggle={(multi) =>
                  table.getColumn(item.column.id)?.toggleSorting(undefined, multi)
                }
              />
            ))}
          </tr>
        </thead>
        <tbody className={css.rows} style={{ height: vertical.getTotalSize() }}>
          {vertical.getVirtualItems().map((item) => {
            const row = sorted[item.index];
            if (row === undefined) return null;
            return (
              <TableRow
                key={row.id}
                id={rowId(row.id)}
                rowKey={row.id}
                row={row.original}
                index={item.index}
                top={item.start}
                height={rowHeight}
                across={across}
                ticks={ticks}
                ticked={ticked.has(row.id)}
                active={row.id === activeKey}
                tone={props.rowTone?.(row.original)}
                drop={drag?.dropAt(row.id)}
                draggable={drag !== null}
                events={events}
              />
            );
          })}
        </tbody>
      </table>
      {sorted.length === 0 && props.empty}
    </div>
  );
}

function HeadCell<Row>({
  item: { column, index, style },
  offset,
  direction,
  onToggle,
}: {
  item: AcrossItem<Row>;
  offset: number;
  direction: 'asc' | 'desc' | false;
  onToggle: (multi: boolean) => void;
}) {
  const { t } = useTranslation();
  const order = { asc: 'ascending', desc: 'descending' } as const;
  return (
    <th
      scope="col"
      aria-colindex={index + offset}
      aria-sort={direction === false ? 'none' : order[direction]}
      className={css.headCell}
      data-align={column.align}
      data-pinned={index === 0 || undefined}
      style={style}
    >
      {column.value === undefined ? (
        <span title={column.hint}>{column.header}</span>
      ) : (
        <button
          type="button"
          className={css.sort}
          title={column.hint ?? t('sortBy', { column: column.header })}
          onClick={(event) => onToggle(event.shiftKey)}
        >
          <span className={css.headText}>{column.header}</span>
          <span aria-hidden className={css.arrow}>
            {direction === false ? '' : direction === 'asc' ? '↑' : '↓'}
          </span>
        </button>
      )}
    </th>
  );
}

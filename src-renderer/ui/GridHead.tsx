import { Menu } from '@mantine/core';
import {
  type DragEvent,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { AcrossItem } from './across.ts';
import css from './grid.module.css';

/** What can be done to the columns of a table from its header. */
export interface HeadTools {
  /** A column is to stand before another, or last with null. */
  onMove(column: string, before: string | null): void;
  /** One place to the left or to the right. */
  onShift(column: string, way: -1 | 1): void;
  /** Pixels; null for the width that it has by itself. */
  onResize(column: string, width: number | null): void;
  /** The items of a column's menu, a Menu.Item each. */
  menu(column: string): ReactNode;
}

interface GridHeadProps<Row> {
  readonly items: readonly AcrossItem<Row>[];
  readonly offset: number;
  readonly directionOf: (column: string) => 'asc' | 'desc' | false;
  readonly onSort: (column: string, multi: boolean) => void;
  readonly tools: HeadTools | undefined;
}

const columnType = 'application/x-cairn-column';
const least = 48;
const keyStep = 16;

/** The header cells of a table. */
export function GridHead<Row>({ items, offset, directionOf, onSort, tools }: GridHeadProps<Row>) {
  const [menu, setMenu] = useState<{ column: string; x: number; y: number } | null>(null);
  const [over, setOver] = useState<{ column: string; after: boolean } | null>(null);
  // A column that was moved by keys keeps the focus, wherever it stands now.
  const moved = useRef<string | null>(null);
  const first = useRef<HTMLTableCellElement>(null);
  // Where the keyboard was when a menu was opened, and is again when that goes.
  const before = useRef<Element | null>(null);
  const openMenu = (column: string, x: number, y: number): void => {
    before.current = document.activeElement;
    setMenu({ column, x, y });
  };
  const closeMenu = (): void => {
    setMenu(null);
    // After the menu has gone, and what was chosen in it has taken the keyboard if it wants it.
    setTimeout(() => {
      const now = document.activeElement;
      if (now !== null && now !== document.body && now.closest('[role="menu"]') === null) return;
      if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true });
    }, 50);
  };
  useLayoutEffect(() => {
    const column = moved.current;
    if (column === null) return;
    moved.current = null;
    const cells = first.current?.parentElement?.querySelectorAll<HTMLElement>('[data-column]');
    for (const cell of cells ?? []) {
      if (cell.dataset.column === column) cell.querySelector('button')?.focus();
    }
  });
  const onKeyDown = (event: KeyboardEvent, { column }: AcrossItem<Row>): void => {
    if (tools === undefined || !event.altKey) return;
    const way = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : null;
    if (way !== null) {
      event.preventDefault();
      event.stopPropagation();
      moved.current = column.id;
      if (event.shiftKey) tools.onResize(column.id, Math.max(least, column.width + way * keyStep));
      else tools.onShift(column.id, way);
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      event.stopPropagation();
      const box = event.currentTarget.getBoundingClientRect();
      openMenu(column.id, box.left, box.bottom);
    }
  };
  const onDrop = (event: DragEvent, index: number): void => {
    const column = event.dataTransfer.getData(columnType);
    setOver(null);
    if (column === '' || tools === undefined) return;
    event.preventDefault();
    const at = items.findIndex((item) => item.index === index);
    const target = isAfter(event) ? items[at + 1] : items[at];
    tools.onMove(column, target?.column.id ?? null);
  };
  return (
    <>
      {items.map((item, place) => {
        const { column, index, pinned, style } = item;
        const movable =
          tools === undefined
            ? {}
            : {
                draggable: index > 0,
                'data-drop':
                  over?.column === column.id ? (over.after ? 'after' : 'before') : undefined,
                onDragStart: (event: DragEvent) =>
                  event.dataTransfer.setData(columnType, column.id),
                onDragOver: (event: DragEvent) => {
                  if (!event.dataTransfer.types.includes(columnType)) return;
                  event.preventDefault();
                  const after = isAfter(event);
                  if (over?.column !== column.id || over.after !== after) {
                    setOver({ column: column.id, after });
                  }
                },
                onDragLeave: () => setOver(null),
                onDrop: (event: DragEvent) => onDrop(event, index),
                onContextMenu: (event: React.MouseEvent) => {
                  event.preventDefault();
                  openMenu(column.id, event.clientX, event.clientY);
                },
              };
        return (
          <th
            key={column.id}
            ref={place === 0 ? first : undefined}
            scope="col"
            aria-colindex={index + offset}
            aria-sort={sortWords[String(directionOf(column.id)) as keyof typeof sortWords]}
            className={css.headCell}
            data-column={column.id}
            data-align={column.align}
            data-pinned={pinned || undefined}
            style={style}
            onKeyDown={(event) => onKeyDown(event, item)}
            {...movable}
          >
            <HeadText item={item} direction={directionOf(column.id)} onSort={onSort} />
            {tools !== undefined && (
              <Resizer
                width={column.width}
                onResize={(width) => tools.onResize(column.id, width)}
              />
            )}
          </th>
        );
      })}
      {tools !== undefined && menu !== null && (
        <Menu opened onClose={closeMenu} position="bottom-start" offset={2} trapFocus>
          <Menu.Target>
            <th aria-hidden className={css.menuPlace} style={{ left: menu.x, top: menu.y }} />
          </Menu.Target>
          <Menu.Dropdown>{tools.menu(menu.column)}</Menu.Dropdown>
        </Menu>
      )}
    </>
  );
}

const sortWords = { asc: 'ascending', desc: 'descending', false: 'none' } as const;

function isAfter(event: DragEvent): boolean {
  const box = event.currentTarget.getBoundingClientRect();
  return event.clientX > box.left + box.width / 2;
}

function HeadText<Row>({
  item: { column },
  direction,
  onSort,
}: {
  item: AcrossItem<Row>;
  direction: 'asc' | 'desc' | false;
  onSort: (column: string, multi: boolean) => void;
}) {
  const { t } = useTranslation();
  if (column.value === undefined) return <span title={column.hint}>{column.header}</span>;
  return (
    <button
      type="button"
      className={css.sort}
      title={column.hint ?? t('sortBy', { column: column.header })}
      onClick={(event) => onSort(column.id, event.shiftKey)}
    >
      <span className={css.headText}>{column.header}</span>
      <span aria-hidden className={css.arrow}>
        {direction === false ? '' : direction === 'asc' ? '↑' : '↓'}
      </span>
    </button>
  );
}

/** The edge of a header cell, which its width is dragged by. Keys do it from the cell itself. */
function Resizer({ width, onResize }: { width: number; onResize: (width: number | null) => void }) {
  const from = useRef<{ x: number; width: number } | null>(null);
  const move = (event: PointerEvent): void => {
    if (from.current === null) return;
    onResize(Math.max(least, Math.round(from.current.width + event.clientX - from.current.x)));
  };
  return (
    <span
      aria-hidden
      className={css.resizer}
      draggable
      onDragStart={(event) => {
        event.preventDefault();
        event.stopPropagation();
      }}
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, width };
      }}
      onPointerMove={move}
      onPointerUp={() => {
        from.current = null;
      }}
      onDoubleClick={() => onResize(null)}
    />
  );
}

import { memo, type ReactNode, useRef } from 'react';
import { useWords } from '../i18n/index.ts';
import type { AcrossItem } from './across.ts';
import css from './grid.module.css';
import { dragHandlers, type RowEvents } from './use-row-events.ts';

interface TableRowProps<Row> {
  readonly id: string;
  readonly rowKey: string;
  readonly row: Row;
  readonly name: ((row: Row) => string) | undefined;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly across: readonly AcrossItem<Row>[];
  /** Only its first columns are drawn: the rest has not come yet. */
  readonly blank: boolean;
  readonly ticks: boolean;
  readonly ticked: boolean;
  readonly active: boolean;
  readonly lit: boolean;
  readonly tone: string | undefined;
  readonly drop: 'above' | 'below' | undefined;
  readonly draggable: boolean;
  readonly events: RowEvents<Row>;
}

/** More cells of a row than are ever in sight. */
const mostKept = 200;

/**
 * The cells of a row as they were drawn: scrolling across draws only the columns that come into
 * sight, because React passes by what is the same element.
 */
function useKeptCells<T>(row: T, blank: boolean, ticks: boolean): Map<AcrossItem<T>, ReactNode> {
  const kept = useRef<{
    row: T;
    blank: boolean;
    ticks: boolean;
    cells: Map<AcrossItem<T>, ReactNode>;
  }>(undefined);
  const { current } = kept;
  if (
    current === undefined ||
    current.row !== row ||
    current.blank !== blank ||
    current.ticks !== ticks ||
    current.cells.size > mostKept
  ) {
    kept.current = { row, blank, ticks, cells: new Map() };
    return kept.current.cells;
  }
  return current.cells;
}

function Row<T>(props: TableRowProps<T>) {
  const t = useWords('common');
  const { row, rowKey, across, ticks, ticked, active, events } = props;
  const first = across[0]?.column;
  const cells = useKeptCells(row, props.blank, ticks);
  return (
    <tr
      id={props.id}
      aria-rowindex={props.index + 2}
      aria-selected={ticks ? ticked : active}
      className={css.row}
      data-active={active || undefined}
      data-ticked={ticked || undefined}
      data-lit={props.lit || undefined}
      data-tone={props.tone}
      data-drop={props.drop}
      style={{ height: props.height, transform: `translateY(${props.top}px)` }}
      onMouseEnter={() => events.onPoint(rowKey)}
      onMouseLeave={() => events.onPoint(null)}
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onClick={(event) => events.onClick(event, rowKey)}
      onDoubleClick={() => events.onOpen(row)}
      {...(props.draggable ? dragHandlers(events.drag, rowKey) : {})}
    >
      {ticks && (
        <td className={css.tick}>
          <input
            type="checkbox"
            className={css.check}
            aria-label={t('selectRow', {
              row: props.name?.(row) ?? String(first?.value?.(row) ?? ''),
            })}
            tabIndex={-1}
            checked={ticked}
            readOnly
            onClick={(event) => events.onTick(event, rowKey)}
          />
        </td>
      )}
      {across.map((item) => {
        const { column, index, pinned, style } = item;
        if (props.blank && !pinned) return null;
        let cell = cells.get(item);
        if (cell === undefined) {
          cell = (
            <td
              key={column.id}
              aria-colindex={index + 1 + Number(ticks)}
              className={css.cell}
              data-align={column.align}
              data-pinned={pinned || undefined}
              style={style}
            >
              {column.cell === undefined ? column.value?.(row) : column.cell(row)}
            </td>
          );
          cells.set(item, cell);
        }
        return cell;
      })}
    </tr>
  );
}

/** One row of a Grid. Scrolling draws only the rows that come into sight. */
export const TableRow = memo(Row) as typeof Row;

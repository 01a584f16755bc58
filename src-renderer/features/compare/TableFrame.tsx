import type { RowData } from '@tanstack/react-table';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  AppTable,
  type AppTableProps,
  CopyText,
  EmptyState,
  type GrowingColumn,
  useFilledColumns,
  useRowHeight,
} from '../../ui/index.ts';
import css from './compare.module.css';

export interface TableFrameProps<Row extends RowData>
  extends Omit<AppTableProps<Row>, 'columns' | 'empty' | 'activeKey' | 'onActive'> {
  readonly columns: readonly GrowingColumn<Row>[];
  /** How many rows there are when nothing is filtered. */
  readonly total: number;
  /** How many are shown, where not every row counts. */
  readonly shown?: number;
  /** The shown rows as tab-separated text. */
  readonly copy: () => string;
  /** Said when there are no rows at all, and when the filter leaves none. */
  readonly words: { readonly none: string; readonly same: string; readonly unmatched: string };
  readonly filtered: boolean;
  readonly tools?: ReactNode;
  /** Rows after which it scrolls, where something comes below. */
  readonly maxRows?: number;
  /** The row that somebody comes back to; it has the focus where nothing else has. */
  readonly returnTo?: Row | undefined;
  /** Below the table, of the current row. */
  readonly detail?: (row: Row) => ReactNode;
}

/** A table of a comparison: how many rows are shown, copying them, and what to say without any. */
export function TableFrame<Row extends RowData>(props: TableFrameProps<Row>) {
  const { rows, total, shown, words, columns, copy, filtered, tools, maxRows, ...rest } = props;
  const { detail, returnTo, ...table } = rest;
  const { t } = useTranslation();
  const [active, setActive] = useState<string | null>(
    returnTo === undefined ? null : props.rowKey(returnTo),
  );
  const filled = useFilledColumns(columns);
  const rowHeight = useRowHeight();
  const returned = useRef(returnTo !== undefined);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!returned.current || document.activeElement !== document.body) return;
    frame.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
  }, []);
  if (rows.length === 0) {
    const title = total === 0 ? words.none : filtered ? words.unmatched : words.same;
    return (
      <div className={css.emptyTab}>
        {tools}
        <EmptyState title={title} />
      </div>
    );
  }
  const current = rows.find((row) => props.rowKey(row) === active);
  const height = naturalHeight(Math.min(rows.length, maxRows ?? rows.length), rowHeight);
  return (
    <div ref={frame} className={css.tableFrame}>
      <div className={css.tableHead}>
        <span className={css.dim}>{t('showing', { shown: shown ?? rows.length, total })}</span>
        {tools}
        <span className={css.end}>
          <CopyText text={copy()} />
        </span>
      </div>
      <div
        ref={filled.ref}
        className={css.tableBox}
        style={{ height, minHeight: Math.min(height, leastHeight) }}
      >
        <AppTable
          {...table}
          rows={rows}
          columns={filled.columns}
          activeKey={active}
          onActive={setActive}
        />
      </div>
      {current !== undefined && detail?.(current)}
    </div>
  );
}

const border = 8;
/** In pixels; a table of many rows scrolls, but in no less than this. */
const leastHeight = 120;

/** What the table needs to show all its rows; it gets less when there is less. */
function naturalHeight(rows: number, rowHeight: number): number {
  return (rows + 1) * rowHeight + border;
}

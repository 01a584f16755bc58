import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import css from './tree.module.css';
import { useTextScale } from './use-row-height.ts';

/** One row of a tree as it is now: what is folded away is not among the rows. */
export interface TreeRow {
  readonly id: string;
  /** From 1. */
  readonly level: number;
  /** Null for what has nothing below it. */
  readonly open: boolean | null;
  readonly content: ReactNode;
}

export interface TreeViewProps {
  readonly label: string;
  readonly rows: readonly TreeRow[];
  readonly active: string | null;
  readonly onActive: (id: string) => void;
  readonly onFold: (id: string, open: boolean) => void;
}

/** At the usual size of the text, in pixels; 26 px in rem in tree.module.css. */
const usualRowHeight = 26;
const indent = 16;

/** A tree of any size, by mouse and arrow keys. Whoever uses it keeps what is open. */
export function TreeView({ label, rows, active, onActive, onFold }: TreeViewProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const prefix = useId();
  const rowHeight = Math.round(usualRowHeight * useTextScale());
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  useEffect(() => {
    if (rowHeight > 0) virtual.measure();
  }, [rowHeight, virtual]);
  const at = rows.findIndex((row) => row.id === active);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at);
  }, [at, virtual]);
  const go = (to: number): void => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (row !== undefined) onActive(row.id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[at];
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    const parent = (): number =>
      rows.findLastIndex((one, index) => index < at && one.level < (row?.level ?? 0));
    const actions: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at < 0 ? 0 : at - 1),
      PageDown: () => go(at + page),
      PageUp: () => go(at - page),
      Home: () => go(0),
      End: () => go(rows.length - 1),
      ArrowRight: () => {
        if (row?.open === false) onFold(row.id, true);
        else if (row?.open === true) go(at + 1);
      },
      ArrowLeft: () => {
        if (row?.open === true) onFold(row.id, false);
        else if (parent() >= 0) go(parent());
      },
      Enter: () => {
        if (row !== undefined && row.open !== null) onFold(row.id, !row.open);
      },
    };
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
  return (
    <div
      ref={scroller}
      role="tree"
      aria-label={label}
      aria-activedescendant={at < 0 ? undefined : `${prefix}${at}`}
      tabIndex={0}
      className={css.tree}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className={css.rows} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          const Mark = row.open === true ? IconChevronDown : IconChevronRight;
          return (
            // The tree has the keys; its rows are told of by aria-activedescendant.
            <div
              key={row.id}
              id={`${prefix}${index}`}
              role="treeitem"
              tabIndex={-1}
              aria-level={row.level}
              aria-expanded={row.open ?? undefined}
              aria-selected={row.id === active}
              className={css.row}
              style={{
                transform: `translateY(${start}px)`,
                paddingLeft: 6 + (row.level - 1) * indent,
              }}
              onMouseDown={(event) => {
                event.preventDefault();
                scroller.current?.focus();
                if (row.open !== null) onFold(row.id, !row.open);
                onActive(row.id);
              }}
            >
              <span className={css.mark} aria-hidden>
                {row.open === null ? null : <Mark size={14} />}
              </span>
              {row.content}
            </div>
          );
        })}
      </div>
    </div>
  );
}

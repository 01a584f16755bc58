import { type DragEvent, type MouseEvent, useMemo, useRef } from 'react';
import type { RowDrag } from './use-row-drag.ts';

/** What happens to a row of a table, by its key. The object never changes, so rows can be memoised. */
export interface RowEvents<Row> {
  onClick(event: MouseEvent, key: string): void;
  onTick(event: MouseEvent, key: string): void;
  onOpen(row: Row): void;
  onPoint(key: string | null): void;
  drag(): RowDrag | null;
}

export function useRowEvents<Row>(
  handlers: Omit<RowEvents<Row>, 'drag'> & { drag: RowDrag | null },
): RowEvents<Row> {
  const latest = useRef(handlers);
  latest.current = handlers;
  return useMemo(
    () => ({
      onClick: (event, key) => latest.current.onClick(event, key),
      onTick: (event, key) => latest.current.onTick(event, key),
      onOpen: (row) => latest.current.onOpen(row),
      onPoint: (key) => latest.current.onPoint(key),
      drag: () => latest.current.drag,
    }),
    [],
  );
}

/** The drag handlers of one row, for a table whose rows can be dragged. */
export function dragHandlers(drag: () => RowDrag | null, key: string) {
  return {
    draggable: true,
    onDragStart: (event: DragEvent) => drag()?.start(event, key),
    onDragOver: (event: DragEvent) => drag()?.over(event, key),
    onDrop: (event: DragEvent) => drag()?.drop(event, key),
    onDragEnd: () => drag()?.end(),
  };
}

import { type DragEvent, useState } from 'react';

const rowType = 'application/x-cairn-row';

/** Dragging rows of a table: into another order, or away to something that takes their keys. */
export interface RowDrag {
  start(event: DragEvent, key: string): void;
  over(event: DragEvent, key: string): void;
  drop(event: DragEvent, key: string): void;
  end(): void;
  /** Where what is dragged would come to stand, seen from this row. */
  dropAt(key: string): 'above' | 'below' | undefined;
}

/** Null when rows can neither be moved nor carried away. */
export function useRowDrag(
  keys: readonly string[],
  /** What is carried when a row is: it alone, or with others. */
  carriedWith: (key: string) => readonly string[],
  dragType: string | undefined,
  onReorder: ((key: string, before: string | null) => void) | undefined,
): RowDrag | null {
  const [target, setTarget] = useState<{ key: string; below: boolean } | null>(null);
  if (dragType === undefined && onReorder === undefined) return null;
  return {
    start: (event, key) => {
      if (dragType !== undefined) event.dataTransfer.setData(dragType, carriedWith(key).join(' '));
      if (onReorder !== undefined) event.dataTransfer.setData(rowType, key);
    },
    over: (event, key) => {
      if (onReorder === undefined || !event.dataTransfer.types.includes(rowType)) return;
      event.preventDefault();
      const below = isBelowMiddle(event);
      if (target?.key !== key || target.below !== below) setTarget({ key, below });
    },
    drop: (event, key) => {
      const moved = event.dataTransfer.getData(rowType);
      setTarget(null);
      if (moved === '' || onReorder === undefined) return;
      event.preventDefault();
      const index = keys.indexOf(key) + (isBelowMiddle(event) ? 1 : 0);
      onReorder(moved, keys[index] ?? null);
    },
    end: () => setTarget(null),
    dropAt: (key) => (target?.key !== key ? undefined : target.below ? 'below' : 'above'),
  };
}

function isBelowMiddle(event: DragEvent): boolean {
  const box = event.currentTarget.getBoundingClientRect();
  return event.clientY > box.top + box.height / 2;
}

import { type DragEvent, useState } from 'react';

const rowType = 'application/x-cairn-row';

/** What makes a row of a table draggable; nothing when rows can neither be moved nor carried away. */
export function useRowDrag(
  keys: readonly string[],
  selected: readonly string[],
  dragType: string | undefined,
  onReorder: ((key: string, before: string | null) => void) | undefined,
) {
  const [over, setOver] = useState<{ key: string; below: boolean } | null>(null);
  if (dragType === undefined && onReorder === undefined) return () => ({});
  return (key: string) => ({
    draggable: true,
    'data-drop': over?.key === key ? (over.below ? 'below' : 'above') : undefined,
    onDragStart: (event: DragEvent) => {
      const carried = selected.includes(key) ? selected : [key];
      if (dragType !== undefined) event.dataTransfer.setData(dragType, carried.join(' '));
      if (onReorder !== undefined) event.dataTransfer.setData(rowType, key);
    },
    onDragEnd: () => setOver(null),
    ...(onReorder === undefined
      ? {}
      : {
          onDragOver: (event: DragEvent) => {
            if (!event.dataTransfer.types.includes(rowType)) return;
            event.preventDefault();
            const below = isBelowMiddle(event);
            if (over?.key !== key || over.below !== below) setOver({ key, below });
          },
          onDrop: (event: DragEvent) => {
            const moved = event.dataTransfer.getData(rowType);
            setOver(null);
            if (moved === '') return;
            event.preventDefault();
            const index = keys.indexOf(key) + (isBelowMiddle(event) ? 1 : 0);
            onReorder(moved, keys[index] ?? null);
          },
        }),
  });
}

function isBelowMiddle(event: DragEvent): boolean {
  const box = event.currentTarget.getBoundingClientRect();
  return event.clientY > box.top + box.height / 2;
}

import { useMemo } from 'react';
import { usePreferences } from '../state/index.ts';
import type { HeadTools } from './GridHead.tsx';
import type { AppColumn } from './table-model.ts';

/** The size of the text against the usual one: what JavaScript measures for text grows with it. */
export function useTextScale(): number {
  return usePreferences((state) => state.textSize) / 100;
}

/** Height of a table's row in pixels, by the preferences: `--row` of tokens.css. */
export function useRowHeight(): number {
  const compact = usePreferences((state) => state.density) === 'compact';
  return Math.round((compact ? 28 : 36) * useTextScale());
}

/** Columns at the size of the text: their widths are said for the usual one, and kept so. */
export function useScaledColumns<Row>(
  columns: readonly AppColumn<Row>[],
  head: HeadTools | undefined,
): { readonly columns: readonly AppColumn<Row>[]; readonly head: HeadTools | undefined } {
  const scale = useTextScale();
  const scaled = useMemo(
    () =>
      scale === 1
        ? columns
        : columns.map((column) => ({ ...column, width: Math.floor(column.width * scale) })),
    [columns, scale],
  );
  const tools = useMemo<HeadTools | undefined>(
    () =>
      head === undefined || scale === 1
        ? head
        : {
            ...head,
            onResize: (column, width) =>
              head.onResize(column, width === null ? null : Math.round(width / scale)),
          },
    [head, scale],
  );
  return { columns: scaled, head: tools };
}

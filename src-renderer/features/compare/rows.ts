/** What the compare tables have in common: which rows to show, and how to put them on the clipboard. */

export interface RowFilter {
  /** Words that must all occur, in any order and case. */
  readonly text: string;
  readonly onlyDifferences: boolean;
}

/** Whether every word of `search` occurs in `text`, in any order and case. */
export function matching(text: string, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const lower = text.toLowerCase();
  return words.every((word) => lower.includes(word));
}

/** The rows that pass, in their order. */
export function visibleRows<T>(
  rows: readonly T[],
  filter: RowFilter,
  of: { readonly text: (row: T) => string; readonly differs: (row: T) => boolean },
): T[] {
  return rows.filter(
    (row) => (!filter.onlyDifferences || of.differs(row)) && matching(of.text(row), filter.text),
  );
}

/** Tab-separated lines that a spreadsheet takes apart again; tabs and line ends inside become spaces. */
export function tabSeparated(rows: readonly (readonly (string | number | null)[])[]): string {
  const cell = (value: string | number | null): string =>
    value === null ? '' : String(value).replaceAll(/[\t\r\n]+/g, ' ');
  return rows.map((row) => row.map(cell).join('\t')).join('\n');
}

/** What the compare tables have in common: which rows to show, and how to put them on the clipboard. */

export interface RowFilter {
  /** Words that must all occur, in any order and case. */
  readonly text: string;
  readonly onlyDifferences: boolean;
}

/** The rows that pass, in their order. */
export function visibleRows<T>(
  rows: readonly T[],
  filter: RowFilter,
  of: { readonly text: (row: T) => string; readonly differs: (row: T) => boolean },
): T[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (filter.onlyDifferences && !of.differs(row)) return false;
    if (words.length === 0) return true;
    const text = of.text(row).toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Tab-separated lines that a spreadsheet takes apart again; tabs and line ends inside become spaces. */
export function tabSeparated(rows: readonly (readonly (string | number | null)[])[]): string {
  const cell = (value: string | number | null): string =>
    value === null ? '' : String(value).replaceAll(/[\t\r\n]+/g, ' ');
  return rows.map((row) => row.map(cell).join('\t')).join('\n');
}

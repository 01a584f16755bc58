import type { NotebookRow } from '../../client/index.ts';

/** The names that are to be numbered when one has moved: all with a number, and the moved one. */
export function orderAfterMove(
  rows: readonly Pick<NotebookRow, 'name' | 'label'>[],
  name: string,
  before: string | null,
): string[] {
  const others = rows.filter((row) => row.name !== name);
  const moved = rows.find((row) => row.name === name);
  if (moved === undefined || name === before) return numbered(rows);
  const index = before === null ? others.length : others.findIndex((row) => row.name === before);
  if (index === -1) return numbered(rows);
  const all = [...others.slice(0, index), moved, ...others.slice(index)];
  return all.filter((row) => row.label !== '' || row.name === name).map((row) => row.name);
}

/** Those with a number, in their order. */
export function numbered(rows: readonly Pick<NotebookRow, 'name' | 'label'>[]): string[] {
  return rows.filter((row) => row.label !== '').map((row) => row.name);
}

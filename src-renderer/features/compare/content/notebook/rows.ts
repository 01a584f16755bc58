/** The cells of a comparison as rows: those that are the same are folded together. */
import type { CellChange } from '../../../../client/index.ts';
import { matching } from '../../rows.ts';

export type NotebookRow =
  | { readonly kind: 'cell'; readonly cell: CellChange; readonly key: string }
  | { readonly kind: 'fold'; readonly cells: readonly CellChange[]; readonly key: string };

export function differs(cell: CellChange): boolean {
  return cell.change !== 'same' || cell.moved;
}

/** @param open keys of the folds that were opened; a search shows every cell that has its words */
export function notebookRows(
  cells: readonly CellChange[],
  search: string,
  open: ReadonlySet<string>,
): NotebookRow[] {
  const rows: NotebookRow[] = [];
  let same: CellChange[] = [];
  const fold = (): void => {
    const [first] = same;
    if (first === undefined) return;
    const key = `fold ${cellKey(first)}`;
    if (open.has(key)) rows.push(...same.map(asRow));
    else rows.push({ kind: 'fold', cells: same, key });
    same = [];
  };
  for (const cell of cells) {
    if (search !== '') {
      if (matching(textOf(cell), search)) rows.push(asRow(cell));
    } else if (differs(cell)) {
      fold();
      rows.push(asRow(cell));
    } else same.push(cell);
  }
  fold();
  return rows;
}

function asRow(cell: CellChange): NotebookRow {
  return { kind: 'cell', cell, key: cellKey(cell) };
}

function cellKey({ left, right }: CellChange): string {
  return `${left?.index ?? '-'}:${right?.index ?? '-'}`;
}

function textOf(cell: CellChange): string {
  const outputs = cell.outputs.flatMap(({ left, right }) => [left?.text ?? '', right?.text ?? '']);
  return [cell.left?.source ?? '', cell.right?.source ?? '', ...outputs].join('\n');
}

import type { CommitCell, TimelineCell } from '../../client/index.ts';

/** A line of the notebook: a day, a cell, or commits folded into one line. */
export type TimelineRow =
  | { readonly kind: 'day'; readonly key: string; readonly day: number }
  | { readonly kind: 'cell'; readonly key: string; readonly cell: TimelineCell }
  | { readonly kind: 'fold'; readonly key: string; readonly commits: readonly CommitCell[] };

/** Fewer commits than this are shown as they are. */
const foldFrom = 3;

/** A commit that changed no param and no metric, and that no branch or tag points at. */
export function isUneventful(cell: TimelineCell): cell is CommitCell {
  return (
    cell.kind === 'commit' &&
    cell.params.length === 0 &&
    cell.metrics.length === 0 &&
    cell.refs.length === 0
  );
}

/**
 * Groups cells by day and folds runs of uneventful commits of one day, unless `unfolded` holds the
 * key of the fold. Cells that came twice, as when a page was shifted by a new run, are shown once.
 */
export function buildRows(
  cells: readonly TimelineCell[],
  unfolded: ReadonlySet<string>,
  dayOf: (at: number) => number,
): TimelineRow[] {
  const rows: TimelineRow[] = [];
  const seen = new Set<string>();
  let day: number | null = null;
  let quiet: CommitCell[] = [];

  const flush = (): void => {
    const first = quiet[0];
    if (first === undefined) return;
    const key = `fold ${first.key}`;
    if (quiet.length >= foldFrom) rows.push({ kind: 'fold', key, commits: quiet });
    if (quiet.length < foldFrom || unfolded.has(key)) {
      for (const cell of quiet) rows.push({ kind: 'cell', key: cell.key, cell });
    }
    quiet = [];
  };

  for (const cell of cells) {
    if (seen.has(cell.key)) continue;
    seen.add(cell.key);
    const cellDay = dayOf(cell.at);
    if (cellDay !== day) {
      flush();
      day = cellDay;
      rows.push({ kind: 'day', key: `day ${day}`, day });
    }
    if (isUneventful(cell)) quiet.push(cell);
    else {
      flush();
      rows.push({ kind: 'cell', key: cell.key, cell });
    }
  }
  flush();
  return rows;
}

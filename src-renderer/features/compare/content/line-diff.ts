/** Two texts line by line, beside each other, with what changed within a line. */
import { diffArrays, diffWordsWithSpace } from 'diff';

/** Stretches of a line that the other side does not have: from, to. */
export type Range = readonly [from: number, to: number];

export interface LineSide {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  readonly ranges: readonly Range[];
}

/** One row; a side is null where the other has a line that it does not. */
export interface LineRow {
  readonly left: LineSide | null;
  readonly right: LineSide | null;
  readonly changed: boolean;
}

const maxEdits = 4000;
const maxMs = 300;
/** Longer lines are marked as a whole. */
const longestCompared = 2000;

/** @returns rows in order; texts that are too different to align are one removed and one added block */
export function lineRows(left: string, right: string): LineRow[] {
  // The end of the last line is not a line, unless only one side has it.
  const ended = [left, right].every((text) => text === '' || text.endsWith('\n'));
  const [a, b] = [left, right].map((text) => splitLines(ended ? text.replace(/\r?\n$/, '') : text));
  if (a === undefined || b === undefined) return [];
  const changes = diffArrays(a, b, { maxEditLength: maxEdits, timeout: maxMs }) ?? [
    { removed: true, added: false, value: a },
    { removed: false, added: true, value: b },
  ];
  const rows: LineRow[] = [];
  let [i, j] = [0, 0];
  for (let at = 0; at < changes.length; at++) {
    const change = changes[at];
    const next = changes[at + 1];
    if (change === undefined) break;
    if (!change.removed && !change.added) {
      for (const text of change.value) {
        rows.push({ left: line(++i, text), right: line(++j, text), changed: false });
      }
      continue;
    }
    const gone = change.removed ? change.value : [];
    const came = change.added ? change.value : next?.added ? next.value : [];
    if (change.removed && next?.added) at++;
    for (let k = 0; k < Math.max(gone.length, came.length); k++) {
      const [before, after] = [gone[k], came[k]];
      const [x, y] = ranges(before, after);
      rows.push({
        left: before === undefined ? null : line(++i, before, x),
        right: after === undefined ? null : line(++j, after, y),
        changed: true,
      });
    }
  }
  return rows;
}

function splitLines(text: string): string[] {
  return text === '' ? [] : text.replaceAll('\r\n', '\n').split('\n');
}

function line(number: number, text: string, found: readonly Range[] = []): LineSide {
  return { number, text, ranges: found };
}

function ranges(before?: string, after?: string): [Range[], Range[]] {
  if (before === undefined || after === undefined) return [[], []];
  if (before.length > longestCompared || after.length > longestCompared) {
    return [[[0, before.length]], [[0, after.length]]];
  }
  const [left, right]: [Range[], Range[]] = [[], []];
  let [i, j] = [0, 0];
  for (const { added, removed, value } of diffWordsWithSpace(before, after)) {
    if (removed) left.push([i, i + value.length]);
    if (added) right.push([j, j + value.length]);
    if (!added) i += value.length;
    if (!removed) j += value.length;
  }
  return [left, right];
}

/** A stretch of unchanged rows, or rows to show; `context` unchanged ones are kept around changes. */
export type Stretch =
  | { readonly kind: 'rows'; readonly rows: readonly LineRow[] }
  | { readonly kind: 'fold'; readonly rows: readonly LineRow[] };

export function foldRows(rows: readonly LineRow[], context = 3): Stretch[] {
  const near = new Uint8Array(rows.length);
  for (const [index, row] of rows.entries()) {
    if (!row.changed) continue;
    near.fill(1, Math.max(0, index - context), Math.min(rows.length, index + context + 1));
  }
  const stretches: Stretch[] = [];
  for (let from = 0; from < rows.length; ) {
    let to = from;
    while (to < rows.length && near[to] === near[from]) to++;
    const part = rows.slice(from, to);
    // A fold takes a line itself.
    const kind = near[from] === 0 && part.length > 2 ? 'fold' : 'rows';
    stretches.push({ kind, rows: part });
    from = to;
  }
  return stretches;
}

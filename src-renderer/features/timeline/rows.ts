import type { Outline } from './outline.ts';

/** A line of the notebook. Cells are named by their place in the outline. */
export type TimelineRow =
  | { readonly kind: 'day'; readonly key: string; readonly day: number }
  | {
      readonly kind: 'group';
      readonly key: string;
      /** Position in the outline's experiments, or −1 for what belongs to none. */
      readonly experiment: number;
      readonly count: number;
      readonly open: boolean;
    }
  /** What is new stands on one side of it. */
  | { readonly kind: 'visit'; readonly key: string; readonly at: number; readonly count: number }
  | { readonly kind: 'cell'; readonly key: string; readonly index: number }
  | {
      readonly kind: 'fold';
      readonly key: string;
      readonly indexes: readonly number[];
      readonly open: boolean;
    };

export interface RowOptions {
  readonly group: 'day' | 'experiment';
  /** Keys of folds that are open, and of groups that are closed. */
  readonly toggled: ReadonlySet<string>;
  /** The end of the last visit, epoch ms; null marks nothing. */
  readonly lastVisit: number | null;
  readonly newestFirst: boolean;
  /** The start of the day of a moment, both epoch ms. */
  readonly dayOf: (at: number) => number;
}

/** Fewer commits than this are shown as they are. */
const foldFrom = 3;

/** Lays the notebook out: by day with quiet commits folded, or by experiment. */
export function buildRows(outline: Outline, options: RowOptions): TimelineRow[] {
  return options.group === 'day' ? byDay(outline, options) : byExperiment(outline, options);
}

function byDay(outline: Outline, options: RowOptions): TimelineRow[] {
  const { keys, at, quiet } = outline;
  const { dayOf, toggled } = options;
  const rows: TimelineRow[] = [];
  const visit = visitPlace(outline, options);
  let [from, to] = [Number.NaN, Number.NaN];
  let commits: number[] = [];

  const flush = (): void => {
    const first = commits[0];
    if (first === undefined) return;
    const key = `fold ${keys[first]}`;
    const open = toggled.has(key);
    const folds = commits.length >= foldFrom;
    if (folds) rows.push({ kind: 'fold', key, indexes: commits, open });
    if (!folds || open) {
      for (const index of commits) rows.push(cellRow(keys, index));
    }
    commits = [];
  };

  for (let index = 0; index < keys.length; index++) {
    const moment = at[index] as number;
    if (visit?.index === index) {
      flush();
      rows.push({ kind: 'visit', key: 'visit', at: visit.at, count: visit.count });
    }
    // A date is only worked out when the day changes.
    if (!(moment >= from && moment < to)) {
      flush();
      from = dayOf(moment);
      to = endOf(from);
      rows.push({ kind: 'day', key: `day ${from}`, day: from });
    }
    if (quiet[index] === 1) commits.push(index);
    else {
      flush();
      rows.push(cellRow(keys, index));
    }
  }
  flush();
  return rows;
}

function byExperiment({ keys, experiment }: Outline, { toggled }: RowOptions): TimelineRow[] {
  const groups = new Map<number, number[]>();
  for (let index = 0; index < keys.length; index++) {
    const place = experiment[index] as number;
    const group = groups.get(place);
    if (group === undefined) groups.set(place, [index]);
    else group.push(index);
  }
  // The experiment in which something happened last comes first; what belongs to none, at the end.
  const order = [...groups].sort(([a], [b]) => Number(a === -1) - Number(b === -1));
  return order.flatMap(([place, indexes]) => {
    const key = `group ${place}`;
    const open = !toggled.has(key);
    const head: TimelineRow = {
      kind: 'group',
      key,
      experiment: place,
      count: indexes.length,
      open,
    };
    return open ? [head, ...indexes.map((index) => cellRow(keys, index))] : [head];
  });
}

function cellRow(keys: readonly string[], index: number): TimelineRow {
  return { kind: 'cell', key: keys[index] as string, index };
}

/** Where the last visit ended; nothing when all or none of it is new. */
function visitPlace(
  { keys, at }: Outline,
  { lastVisit, newestFirst }: RowOptions,
): { index: number; at: number; count: number } | null {
  if (lastVisit === null) return null;
  const index = at.findIndex((moment) => (newestFirst ? moment <= lastVisit : moment > lastVisit));
  if (index <= 0) return null;
  return { index, at: lastVisit, count: newestFirst ? index : keys.length - index };
}

/** The start of the next day: days are not all of one length. */
function endOf(day: number): number {
  const date = new Date(day);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
}

/** The first row at or past a day, in the direction of the list; −1 in an empty one. */
export function rowOfDay(
  rows: readonly TimelineRow[],
  at: Float64Array,
  day: number,
  newestFirst: boolean,
): number {
  let last = -1;
  for (const [place, row] of rows.entries()) {
    if (row.kind === 'group' || row.kind === 'visit') continue;
    const index =
      row.kind === 'fold' ? row.indexes[0] : row.kind === 'cell' ? row.index : undefined;
    const moment = row.kind === 'day' ? row.day : (at[index ?? -1] as number);
    if (newestFirst ? moment < endOf(day) : moment >= day) return place;
    last = place;
  }
  return last;
}

/** The lines of the table from the top: runs, runs within runs, groups of runs. Pure. */
import type { Aggregate, Cell, TableRow } from '../../../client/index.ts';

/** What is known of a run: what every row says, and the columns that were asked for so far. */
export interface KnownRow {
  readonly head: Omit<TableRow, 'values'>;
  readonly values: ReadonlyMap<string, Cell>;
}

export interface RunLine {
  readonly kind: 'run';
  readonly key: string;
  /** How deep it is nested, or within a group. */
  readonly depth: number;
  /** Null where nothing is nested in it. */
  readonly open: boolean | null;
  /** Null until it has come. */
  readonly row: KnownRow | null;
}

export interface GroupLine {
  readonly kind: 'group';
  readonly key: string;
  readonly values: readonly Cell[];
  readonly ids: readonly string[];
  readonly open: boolean;
  /** By column; null until they have come. */
  readonly sums: ReadonlyMap<string, Aggregate> | null;
  /** The first of the runs, for what is the same in all. */
  readonly row: KnownRow | null;
}

export type Line = RunLine | GroupLine;

/** A place in the table, before anything is known of what stands there. */
export type Place =
  | {
      readonly kind: 'run';
      readonly id: string;
      readonly depth: number;
      readonly open: boolean | null;
    }
  | { readonly kind: 'group'; readonly key: string; readonly group: Group; readonly open: boolean };

export interface Group {
  readonly values: readonly Cell[];
  readonly ids: readonly string[];
}

export interface Places {
  readonly keys: readonly string[];
  at(index: number): Place;
}

/** One line for each run. */
export function flatPlaces(ids: readonly string[]): Places {
  return {
    keys: ids,
    at: (index) => ({ kind: 'run', id: ids[index] as string, depth: 0, open: null }),
  };
}

/** Runs below those they are nested in; `folded` are those whose runs are not shown. */
export function nestedPlaces(
  ids: readonly string[],
  depths: Uint8Array,
  folded: ReadonlySet<string>,
): Places {
  const shown: number[] = [];
  for (let index = 0; index < ids.length; index++) {
    shown.push(index);
    if (!folded.has(ids[index] as string)) continue;
    const depth = depths[index] as number;
    while (index + 1 < ids.length && (depths[index + 1] as number) > depth) index += 1;
  }
  return {
    keys: shown.map((index) => ids[index] as string),
    at: (place) => {
      const index = shown[place] as number;
      const depth = depths[index] as number;
      const hasNested = (depths[index + 1] ?? 0) > depth;
      const id = ids[index] as string;
      return { kind: 'run', id, depth, open: hasNested ? !folded.has(id) : null };
    },
  };
}

/** Groups with the runs of those that are open. A group of one run is that run. */
export function groupedPlaces(
  groups: readonly Group[],
  opened: ReadonlySet<string>,
  single: 'run' | 'group',
): Places {
  const keys: string[] = [];
  const places: Place[] = [];
  for (const group of groups) {
    const [first] = group.ids;
    if (first === undefined) continue;
    if (single === 'run' && group.ids.length === 1) {
      keys.push(first);
      places.push({ kind: 'run', id: first, depth: 0, open: null });
      continue;
    }
    const key = groupKey(group, single);
    const open = opened.has(key);
    keys.push(key);
    places.push({ kind: 'group', key, group, open });
    if (!open) continue;
    for (const id of group.ids) {
      keys.push(id);
      places.push({ kind: 'run', id, depth: 1, open: null });
    }
  }
  return { keys, at: (index) => places[index] as Place };
}

/** A group by values is known by them; one of seeds by the run that names it. */
function groupKey({ values, ids }: Group, single: 'run' | 'group'): string {
  return single === 'group' ? `group ${JSON.stringify(values)}` : `group ${ids[0]}`;
}

export function isGroupKey(key: string): boolean {
  return key.startsWith('group ');
}

/** Ticked lines, from the runs that are ticked: a group is when all of its runs are. */
export function tickedKeys(
  ids: readonly string[],
  groups: readonly GroupPlace[],
): readonly string[] {
  if (groups.length === 0) return ids;
  const ticked = new Set(ids);
  return [
    ...ids,
    ...groups.filter(({ group }) => group.ids.every((id) => ticked.has(id))).map(({ key }) => key),
  ];
}

export type GroupPlace = Extract<Place, { kind: 'group' }>;

/** The runs that are ticked, when lines are: a group stands for all of its runs. */
export function tickedRuns(
  before: readonly string[],
  after: readonly string[],
  groups: readonly GroupPlace[],
): readonly string[] {
  const runs = after.filter((key) => !isGroupKey(key));
  if (groups.length === 0) return runs;
  const result = new Set(runs);
  const [was, is] = [new Set(before), new Set(after)];
  for (const { key, group, open } of groups) {
    if (is.has(key)) {
      // One of its runs was unticked; the group still says that it was whole.
      const missing = open && was.has(key) && group.ids.some((id) => !result.has(id));
      if (!missing) for (const id of group.ids) result.add(id);
    } else if (was.has(key)) for (const id of group.ids) result.delete(id);
  }
  return [...result];
}

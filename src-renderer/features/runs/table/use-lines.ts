import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type Aggregate, type Output, topics, useOperations } from '../../../client/index.ts';
import { blockLines, pageFields, takeAhead } from './ahead.ts';
import { KnownRows } from './known-rows.ts';
import type { Line, Place, Places } from './lines.ts';

interface Span {
  readonly first: number;
  readonly last: number;
}

/** While somebody scrolls fast, what flies by is not asked for. */
const restMs = 60;

/** Lines of the table as far as they are known; what is in sight is fetched and kept up to date. */
export function useLines(places: Places, fields: readonly string[], pinned: number) {
  const [sight, onSight] = useSight();
  const [known] = useState(rowsAhead);
  const wanted = useMemo(
    () => pageFields(fields, pinned, sight?.columns ?? noColumns),
    [fields, pinned, sight?.columns],
  );
  const blocks = sight?.rows;
  const asked = useMemo(
    () => (blocks === undefined ? nothing : inputsOf(places, blocks, wanted)),
    [places, blocks, wanted],
  );
  const pages = useOperations('table.page', asked.pages, [topics.runs]);
  const sumInputs = useMemo(() => asked.sums.map(({ input }) => input), [asked]);
  const sums = useOperations('table.aggregate', sumInputs, [topics.runs]);
  asked.pages.forEach((input, index) => {
    const data = pages[index]?.data;
    if (data !== undefined) known.merge(data, input.fields);
  });
  const byGroup = useMemo(() => {
    const found = new Map<string, ReadonlyMap<string, Aggregate>>();
    asked.sums.forEach(({ keys, input }, index) => {
      const data = sums[index]?.data;
      if (data !== undefined) collect(found, keys, input.fields, data);
    });
    return found;
  }, [asked, sums]);
  // Kept while better ones are on their way: a group must not blink.
  const lastSums = useRef(byGroup);
  if (byGroup.size > 0 || asked.sums.length === 0) {
    lastSums.current = new Map([...lastSums.current, ...byGroup]);
  }

  const lines = useRef(new Map<string, Line>()).current;
  const lineAt = (index: number): Line => {
    const place = places.at(index);
    const next = toLine(place, known, lastSums.current);
    const before = lines.get(next.key);
    if (before !== undefined && sameLine(before, next)) return before;
    if (lines.size > 2000) lines.clear();
    lines.set(next.key, next);
    return next;
  };
  const error = pages.find((page) => page.error !== null)?.error ?? null;
  return { lineAt, onSight, error };
}

/** What is known before anything is asked: the rows that came ahead of the table. */
function rowsAhead(): KnownRows {
  const known = new KnownRows();
  const came = takeAhead();
  if (came !== null) known.merge(came, came.fields);
  return known;
}

/**
 * What is in sight, as soon as it stays so for a moment: blocks of lines, and columns. Null until
 * the table was laid out.
 */
function useSight() {
  const [sight, setSight] = useState<{ rows: Span; columns: Span } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const last = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  const onSight = useCallback((rows: Span, columns: Span): void => {
    clearTimeout(timer.current);
    const set = (): void => {
      last.current = performance.now();
      const blocks = {
        first: Math.floor(rows.first / blockLines),
        last: Math.floor(Math.max(rows.first, rows.last) / blockLines),
      };
      setSight((before) =>
        before !== null && sameSpan(before.rows, blocks) && sameSpan(before.columns, columns)
          ? before
          : {
              rows: before !== null && sameSpan(before.rows, blocks) ? before.rows : blocks,
              columns,
            },
      );
    };
    const wait = last.current + restMs - performance.now();
    if (wait <= 0) set();
    else timer.current = setTimeout(set, restMs);
    last.current = performance.now();
  }, []);
  return [sight, onSight] as const;
}

interface Asked {
  readonly pages: { ids: string[]; fields: string[] }[];
  readonly sums: { keys: string[]; input: { groups: string[][]; fields: string[] } }[];
}

const nothing: Asked = { pages: [], sums: [] };
const noColumns: Span = { first: 0, last: 0 };

function inputsOf(places: Places, blocks: Span, wanted: readonly string[]): Asked {
  const asked: Asked = { pages: [], sums: [] };
  const { length } = places.keys;
  for (let block = blocks.first; block <= blocks.last; block++) {
    const ids: string[] = [];
    const keys: string[] = [];
    const groups: string[][] = [];
    for (
      let index = block * blockLines;
      index < Math.min(length, (block + 1) * blockLines);
      index++
    ) {
      const place = places.at(index);
      if (place.kind === 'run') ids.push(place.id);
      else {
        keys.push(place.key);
        groups.push([...place.group.ids]);
        ids.push(place.group.ids[0] as string);
      }
    }
    if (ids.length > 0) asked.pages.push({ ids, fields: [...wanted] });
    if (groups.length > 0) asked.sums.push({ keys, input: { groups, fields: [...wanted] } });
  }
  return asked;
}

const collected = new WeakMap<object, Map<string, Aggregate>[]>();

/** The answer as maps; the same answer gives the same maps. */
function collect(
  found: Map<string, ReadonlyMap<string, Aggregate>>,
  keys: readonly string[],
  fields: readonly string[],
  data: Output<'table.aggregate'>,
): void {
  let maps = collected.get(data);
  if (maps === undefined) {
    maps = data.groups.map(
      (group) =>
        new Map(group.flatMap((one, at) => (fields[at] === undefined ? [] : [[fields[at], one]]))),
    );
    collected.set(data, maps);
  }
  keys.forEach((key, index) => {
    const map = maps[index];
    if (map !== undefined) found.set(key, map);
  });
}

function toLine(
  place: Place,
  known: KnownRows,
  sums: ReadonlyMap<string, ReadonlyMap<string, Aggregate>>,
): Line {
  if (place.kind === 'run') {
    const { id, depth, open } = place;
    return { kind: 'run', key: id, depth, open, row: known.get(id) };
  }
  const { key, group, open } = place;
  const row = known.get(group.ids[0] as string);
  return { kind: 'group', key, ...group, open, sums: sums.get(key) ?? null, row };
}

function sameLine(a: Line, b: Line): boolean {
  if (a.row !== b.row || a.open !== b.open) return false;
  if (a.kind === 'run') return b.kind === 'run' && a.depth === b.depth;
  return b.kind === 'group' && a.sums === b.sums && a.ids === b.ids;
}

function sameSpan(a: Span, b: Span): boolean {
  return a.first === b.first && a.last === b.last;
}

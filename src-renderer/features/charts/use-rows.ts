import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type TableRow, topics, useOperations } from '../../client/index.ts';

/** Rows that are asked for at once. */
const blockRows = 64;
/** Rows that are kept for going back to. */
const mostKnown = 4000;
/** While somebody scrolls fast, what flies by is not asked for. */
const restMs = 60;

/** Heads of the runs in a list; what is in sight is fetched and kept up to date. */
export function useRows(ids: readonly string[]): {
  readonly rowAt: (index: number) => ListedRun;
  readonly onSight: (rows: { readonly first: number; readonly last: number }) => void;
} {
  const [blocks, setBlocks] = useState({ first: 0, last: 0 });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const onSight = useCallback(({ first, last }: { first: number; last: number }) => {
    const next = {
      first: Math.floor(first / blockRows),
      last: Math.floor(Math.max(first, last) / blockRows),
    };
    clearTimeout(timer.current);
    timer.current = setTimeout(
      () => setBlocks((now) => (now.first === next.first && now.last === next.last ? now : next)),
      restMs,
    );
  }, []);
  const asked = useMemo(() => {
    const inputs: { ids: string[]; fields: string[] }[] = [];
    for (let block = blocks.first; block <= blocks.last; block++) {
      const part = ids.slice(block * blockRows, (block + 1) * blockRows);
      if (part.length > 0) inputs.push({ ids: [...part], fields: [] });
    }
    return inputs;
  }, [ids, blocks]);
  const pages = useOperations('table.page', asked, [topics.runs]);
  // A row that was there stays while the page that it is on now is on its way.
  const known = useRef(new Map<string, ListedRun>()).current;
  if (known.size > mostKnown) known.clear();
  for (const page of pages) {
    for (const row of page.data?.rows ?? []) {
      const before = known.get(row.id);
      if (before?.row === null || before === undefined || !sameRow(before.row, row)) {
        known.set(row.id, { id: row.id, row });
      }
    }
  }
  const rowAt = useCallback(
    (index: number): ListedRun => {
      const id = ids[index] ?? '';
      const found = known.get(id);
      if (found !== undefined) return found;
      const blank = { id, row: null };
      known.set(id, blank);
      return blank;
    },
    [ids, known],
  );
  return { rowAt, onSight };
}

/** A run of the list; nothing but its id before it has come. */
export interface ListedRun {
  readonly id: string;
  readonly row: TableRow | null;
}

function sameRow(a: TableRow, b: TableRow): boolean {
  return (
    a.label === b.label && a.name === b.name && a.status === b.status && a.starred === b.starred
  );
}

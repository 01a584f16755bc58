/** Going through a table once: hashes of its rows, and what its columns hold. */
import type { Work } from '../../base/progress.ts';
import { ColumnGatherer } from './column-stats.ts';
import { RowHashes } from './row-index.ts';
import type { TableBatch, TableSource } from './source.ts';

export interface ScanPlan {
  /** Columns that tell a row apart; empty for its position. */
  readonly key: readonly number[];
  /** Columns that both sides have, in the order of the left: those that are compared. */
  readonly compared: readonly number[];
}

/** One row's hashes; `row` counts from 0. */
export type RowVisitor = (row: number, key: RowHashes, values: RowHashes, at: number) => void;

/** Rows beyond these are not compared. */
export const maxRows = 20_000_000;

/** @returns what each column holds, and whether rows were left out */
export async function scanTable(
  source: TableSource,
  plan: ScanPlan,
  visit: RowVisitor,
  work: Work,
  done: (bytes: number) => void,
): Promise<{
  readonly columns: readonly ColumnGatherer[];
  readonly rows: number;
  readonly cut: boolean;
}> {
  const columns = source.columns.map(() => new ColumnGatherer(source.columns.length));
  const keys = new Set(plan.key);
  const places = new Map(plan.compared.map((index, place) => [index, place]));
  let rows = 0;
  for await (const batch of source.batches(done)) {
    if (rows + batch.rows > maxRows) return { columns, rows, cut: true };
    const key = new RowHashes(batch.rows);
    const values = new RowHashes(batch.rows);
    const held = new Map<number, readonly (string | null)[]>();
    for (const [index, gatherer] of columns.entries()) {
      work.signal?.throwIfAborted();
      const column = await batch.column(index);
      for (const value of column) gatherer.add(value);
      if (keys.has(index)) held.set(index, column);
      // Columns come in the order of the file; that of the plan is made of positions.
      const place = places.get(index);
      if (place !== undefined) values.addPlaced(column, place);
      await turn();
    }
    for (const index of plan.key) key.add(held.get(index) ?? []);
    if (plan.key.length === 0) key.addNumbers(rows);
    for (let row = 0; row < batch.rows; row++) visit(rows + row, key, values, row);
    rows += batch.rows;
  }
  return { columns, rows, cut: false };
}

/** The values of some rows, by row number, of some columns. */
export async function fetchRows(
  source: TableSource,
  wanted: ReadonlySet<number>,
  columns: readonly number[],
  work: Work,
): Promise<Map<number, (string | null)[]>> {
  const rows = new Map<number, (string | null)[]>();
  if (wanted.size === 0) return rows;
  const last = Math.max(...wanted);
  let start = 0;
  for await (const batch of source.batches(() => {})) {
    work.signal?.throwIfAborted();
    const here = rowsWithin(batch, start, wanted);
    for (const index of here.length > 0 ? columns : []) {
      const values = await batch.some(index, here);
      for (const [place, at] of here.entries()) {
        const row = rows.get(start + at) ?? [];
        row.push(values[place] ?? null);
        rows.set(start + at, row);
      }
      await turn();
    }
    start += batch.rows;
    if (start > last) break;
  }
  return rows;
}

function rowsWithin(batch: TableBatch, start: number, wanted: ReadonlySet<number>): number[] {
  const here: number[] = [];
  for (let at = 0; at < batch.rows; at++) if (wanted.has(start + at)) here.push(at);
  return here;
}

let lastTurn = 0;

/** Others have their turn, but not more often than they need it. */
async function turn(): Promise<void> {
  const now = performance.now();
  if (now - lastTurn < 12) return;
  await new Promise(setImmediate);
  lastTurn = performance.now();
}

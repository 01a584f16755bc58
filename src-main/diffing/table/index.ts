/**
 * Two tables row by row under a key, in memory that does not grow with their columns: the rows of
 * the left are kept as hashes, the right goes by, and only what is shown is read again.
 */
import type { Work } from '../../base/progress.ts';
import type { ColumnChange, RowChange, TableDiff } from '../../contract/diff-table.ts';
import type { ColumnGatherer } from './column-stats.ts';
import { driftOf } from './drift.ts';
import { guessKey, type Sample } from './guess-key.ts';
import { RowIndex } from './row-index.ts';
import { fetchRows, maxRows, type ScanPlan, scanTable } from './scan.ts';
import type { TableSource } from './source.ts';

export { openCsv } from './csv-source.ts';
export { openParquet } from './parquet-source.ts';
export type { TableSource } from './source.ts';

export interface TableOptions {
  readonly key: readonly string[] | null;
  readonly only: RowChange['change'] | null;
  readonly limit: number;
}

/** Columns of a row that is shown; those that differ come first. */
const maxShownColumns = 200;
/** Values of changed rows that are looked at to say which columns changed. */
const maxCountedCells = 2_000_000;
const maxCountedRows = 20_000;
const sampleRows = 2000;

/** @throws CairnError where a file is broken further down */
export async function diffTables(
  left: TableSource,
  right: TableSource,
  options: TableOptions,
  work: Work,
): Promise<TableDiff> {
  const names = { left: namesOf(left), right: namesOf(right) };
  const common = [...names.left.keys()].filter((name) => names.right.has(name));
  const guessed = options.key === null;
  const key = guessed
    ? guessKey(await sample(left, common), await sample(right, common))
    : options.key.filter((name) => common.includes(name));
  const notes: string[] = [];
  const plans = {
    left: planOf(names.left, key, common),
    right: planOf(names.right, key, common),
  };
  const total = left.size + right.size;
  const report = (offset: number) => (bytes: number) =>
    work.onProgress?.({ phase: 'rows', done: offset + bytes, total, unit: 'bytes' });
  const index = new RowIndex();
  const before = await scanTable(
    left,
    plans.left,
    (_row, keys, values, at) =>
      index.add(
        ...([keys.high[at], keys.low[at], values.high[at], values.low[at]] as [
          number,
          number,
          number,
          number,
        ]),
      ),
    work,
    report(0),
  );
  const twins = index.build();
  const found = new Found(options, Math.ceil(maxCountedCells / Math.max(1, common.length)));
  const after = await scanTable(
    right,
    plans.right,
    (row, keys, values, at) => {
      const [high, low] = [keys.high[at] as number, keys.low[at] as number];
      const partner = index.take(high, low);
      if (partner < 0) found.added(row);
      else if (index.hasValues(partner, values.high[at] as number, values.low[at] as number))
        found.same++;
      else found.modified(partner, row);
    },
    work,
    report(left.size),
  );
  for (let row = 0; row < index.count; row++) if (!index.wasTaken(row)) found.removed(row);
  if (before.cut || after.cut)
    notes.push(`Only the first ${maxRows} rows of each side were compared.`);
  if (key.length > 0 && twins > 0) {
    notes.push(`${twins} rows have the key of another row; those are taken in their order.`);
  }
  const changed = await countChanged(left, right, found, { names, common }, work);
  if (found.modifiedCount > found.counted.length) {
    notes.push(
      `Which columns changed is counted over the first ${found.counted.length} changed rows.`,
    );
  }
  const columns = describeColumns(left, right, names, { before, after }, changed);
  const shownColumns = chooseColumns(columns, key, common);
  const shown = await readShown(left, right, found, names, shownColumns, work);
  notes.push(...left.notes, ...right.notes);
  return {
    columns,
    key,
    keyGuessed: guessed,
    rows: {
      left: before.rows,
      right: after.rows,
      added: found.addedCount,
      removed: found.removedCount,
      modified: found.modifiedCount,
      same: found.same,
    },
    shownColumns,
    shown,
    notes: [...new Set(notes)],
  };
}

/** What became of the rows: all are counted, some remembered. */
class Found {
  same = 0;
  addedCount = 0;
  removedCount = 0;
  modifiedCount = 0;
  readonly addedRows: number[] = [];
  readonly removedRows: number[] = [];
  /** Left and right row of changed ones, in the order of the right. */
  readonly pairs: (readonly [number, number])[] = [];
  readonly #options: TableOptions;
  readonly #maxPairs: number;
  readonly #maxCounted: number;

  constructor(options: TableOptions, maxCounted: number) {
    this.#options = options;
    this.#maxCounted = Math.min(maxCounted, maxCountedRows);
    this.#maxPairs = Math.max(options.limit, this.#maxCounted);
  }

  /** Those of which every column is looked at. */
  get counted(): readonly (readonly [number, number])[] {
    return this.pairs.slice(0, this.#maxCounted);
  }

  added(row: number): void {
    this.addedCount++;
    if (this.#wants('added') && this.addedRows.length < this.limit) this.addedRows.push(row);
  }

  removed(row: number): void {
    this.removedCount++;
    if (this.#wants('removed') && this.removedRows.length < this.limit) this.removedRows.push(row);
  }

  modified(left: number, right: number): void {
    this.modifiedCount++;
    if (this.pairs.length < this.#maxPairs) this.pairs.push([left, right]);
  }

  get limit(): number {
    return this.#options.limit;
  }

  /** What is shown: changed rows first, then those that are gone, then new ones. */
  shown(): { change: RowChange['change']; left: number | null; right: number | null }[] {
    const pairs = this.#wants('modified') ? this.pairs.slice(0, this.limit) : [];
    return [
      ...pairs.map(([left, right]) => ({ change: 'modified' as const, left, right })),
      ...this.removedRows.map((left) => ({ change: 'removed' as const, left, right: null })),
      ...this.addedRows.map((right) => ({ change: 'added' as const, left: null, right })),
    ].slice(0, this.limit);
  }

  #wants(change: RowChange['change']): boolean {
    return this.#options.only === null || this.#options.only === change;
  }
}

type Names = ReadonlyMap<string, number>;

/** Of columns of one name, the first. */
function namesOf({ columns }: TableSource): Names {
  const names = new Map<string, number>();
  for (const [index, { name }] of columns.entries()) if (!names.has(name)) names.set(name, index);
  return names;
}

function indices(names: Names, wanted: readonly string[]): number[] {
  return wanted.flatMap((name) => names.get(name) ?? []);
}

function planOf(names: Names, key: readonly string[], common: readonly string[]): ScanPlan {
  return { key: indices(names, key), compared: indices(names, common) };
}

async function sample(source: TableSource, common: readonly string[]): Promise<Sample> {
  const names = namesOf(source);
  const found = new Map<string, readonly (string | null)[]>();
  for await (const batch of source.batches(() => {})) {
    for (const name of common.slice(0, maxShownColumns)) {
      const column = await batch.column(names.get(name) as number);
      found.set(name, column.slice(0, sampleRows));
    }
    break;
  }
  return found;
}

interface Sides {
  readonly names: { readonly left: Names; readonly right: Names };
  readonly common: readonly string[];
}

/** Of each column of both sides, in how many rows it changed. */
async function countChanged(
  left: TableSource,
  right: TableSource,
  found: Found,
  { names, common }: Sides,
  work: Work,
): Promise<ReadonlyMap<string, number>> {
  const a = await fetchRows(
    left,
    new Set(found.counted.map(([row]) => row)),
    indices(names.left, common),
    work,
  );
  const b = await fetchRows(
    right,
    new Set(found.counted.map(([, row]) => row)),
    indices(names.right, common),
    work,
  );
  const counts = new Map(common.map((name) => [name, 0]));
  for (const [one, other] of found.counted) {
    for (const [at, name] of common.entries()) {
      if (a.get(one)?.[at] !== b.get(other)?.[at]) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return counts;
}

interface Gathered {
  readonly before: { readonly columns: readonly ColumnGatherer[] };
  readonly after: { readonly columns: readonly ColumnGatherer[] };
}

function describeColumns(
  left: TableSource,
  right: TableSource,
  names: Sides['names'],
  { before, after }: Gathered,
  changed: ReadonlyMap<string, number>,
): ColumnChange[] {
  const all = [...new Set([...names.right.keys(), ...names.left.keys()])];
  return all.map((name) => {
    const [i, j] = [names.left.get(name), names.right.get(name)];
    const [a, b] = [
      i === undefined ? null : before.columns[i],
      j === undefined ? null : after.columns[j],
    ];
    const sides = [a, b].filter((side) => side != null);
    const filled = sides.filter((side) => side.count > 0);
    const numeric = filled.length > 0 && filled.every((side) => side.isNumeric);
    const leftType = i === undefined ? null : (left.columns[i]?.type ?? null);
    const rightType = j === undefined ? null : (right.columns[j]?.type ?? null);
    const rows = changed.get(name) ?? null;
    const retyped = leftType !== null && rightType !== null && leftType !== rightType;
    const kind = filled.length === 0 ? 'empty' : numeric ? 'number' : textKind(sides);
    return {
      name,
      change: !a ? 'added' : !b ? 'removed' : retyped || (rows ?? 0) > 0 ? 'modified' : 'same',
      kind,
      leftType,
      rightType,
      changedRows: rows,
      left: a?.summary(numeric) ?? null,
      right: b?.summary(numeric) ?? null,
      drift: a && b ? driftOf(a, b, numeric) : null,
    };
  });
}

function textKind(sides: readonly ColumnGatherer[]): 'category' | 'text' {
  return sides.every((side) => side.categories !== null) ? 'category' : 'text';
}

/** The key, then what changed, then the rest. */
function chooseColumns(
  columns: readonly ColumnChange[],
  key: readonly string[],
  common: readonly string[],
): string[] {
  const changed = columns.filter((one) => one.change !== 'same').map((one) => one.name);
  return [...new Set([...key, ...changed, ...common])].slice(0, maxShownColumns);
}

async function readShown(
  left: TableSource,
  right: TableSource,
  found: Found,
  names: Sides['names'],
  shownColumns: readonly string[],
  work: Work,
): Promise<RowChange[]> {
  const rows = found.shown();
  const read = async (source: TableSource, own: Names, side: 'left' | 'right') => {
    const wanted = new Set(rows.flatMap((row) => row[side] ?? []));
    const present = shownColumns.filter((name) => own.has(name));
    const values = await fetchRows(source, wanted, indices(own, present), work);
    const places = shownColumns.map((name) => present.indexOf(name));
    return (row: number | null) => {
      const held = row === null ? undefined : values.get(row);
      return held === undefined
        ? null
        : places.map((at) => cut(at < 0 ? null : (held[at] ?? null)));
    };
  };
  const leftOf = await read(left, names.left, 'left');
  const rightOf = await read(right, names.right, 'right');
  return rows.map((row) => {
    const [a, b] = [leftOf(row.left), rightOf(row.right)];
    // A column of one side alone is no change of the row.
    const changed =
      a === null || b === null
        ? []
        : shownColumns.flatMap((name, at) =>
            names.left.has(name) && names.right.has(name) && a[at] !== b[at] ? [at] : [],
          );
    return {
      change: row.change,
      leftRow: row.left === null ? null : row.left + 1,
      rightRow: row.right === null ? null : row.right + 1,
      left: a,
      right: b,
      changed,
    };
  });
}

const maxCell = 1000;

function cut(value: string | null): string | null {
  return value !== null && value.length > maxCell
    ? `${value.slice(0, maxCell).toWellFormed()}…`
    : value;
}

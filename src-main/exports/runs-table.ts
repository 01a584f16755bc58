/** A row for each run, a column for each param and metric. */
import type { Work } from '../base/progress.ts';
import type { RunRow } from '../contract/runs.ts';
import type { Tracking } from '../tracking/index.ts';
import type { Cell, Column } from './table.ts';
import { type Exported, type ExportTarget, writeTable } from './write-file.ts';

const pageRuns = 1000;
/** As Python and JSON write numbers; `0x10` and `1_000` stay text. */
const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

const fixed: readonly (Column & { readonly of: (row: RunRow) => Cell })[] = [
  { name: 'run', type: 'text', of: (row) => row.label },
  { name: 'id', type: 'text', of: (row) => row.id },
  { name: 'experiment', type: 'text', of: (row) => row.experimentName },
  { name: 'name', type: 'text', of: (row) => row.name },
  { name: 'status', type: 'text', of: (row) => row.status },
  { name: 'kind', type: 'text', of: (row) => row.kind },
  { name: 'started', type: 'time', of: (row) => row.startedAt },
  { name: 'ended', type: 'time', of: (row) => row.endedAt },
  { name: 'command', type: 'text', of: (row) => row.command },
  { name: 'note', type: 'text', of: (row) => row.note },
];

/**
 * Writes runs in the order of their ids. A param is a number where every run's is; a metric is its
 * last value.
 */
export async function exportRuns(
  tracking: Tracking,
  ids: readonly string[],
  target: ExportTarget,
  work: Work = {},
): Promise<Exported> {
  const { params, metrics } = findColumns(tracking, ids);
  const columns: Column[] = [
    ...fixed.map(({ name, type }) => ({ name, type })),
    ...params.map(([key, numeric]) => ({
      name: `params.${key}`,
      type: numeric ? ('number' as const) : ('text' as const),
    })),
    ...metrics.map((key) => ({ name: `metrics.${key}`, type: 'number' as const })),
  ];
  function* batches() {
    let done = 0;
    for (const rows of pages(tracking, ids)) {
      work.signal?.throwIfAborted();
      yield [
        ...fixed.map(({ of }) => rows.map(of)),
        ...params.map(([key, numeric]) => rows.map((row) => paramCell(row, key, numeric))),
        ...metricColumns(rows, metrics),
      ];
      done += rows.length;
      work.onProgress?.({ phase: 'export', done, total: ids.length, unit: 'items' });
    }
  }
  return writeTable(target, columns, batches());
}

function* pages(tracking: Tracking, ids: readonly string[]): Generator<RunRow[]> {
  for (let from = 0; from < ids.length; from += pageRuns) {
    yield tracking.rows(ids.slice(from, from + pageRuns));
  }
}

/** The params, and whether each is a number in every run, and the metrics; both by name. */
function findColumns(
  tracking: Tracking,
  ids: readonly string[],
): { params: [string, boolean][]; metrics: string[] } {
  const params = new Map<string, boolean>();
  const metrics = new Set<string>();
  for (const rows of pages(tracking, ids)) {
    for (const row of rows) {
      for (const [key, value] of Object.entries(row.params)) {
        params.set(key, (params.get(key) ?? true) && number.test(value));
      }
      for (const metric of row.metrics) metrics.add(metric.key);
    }
  }
  return { params: [...params].sort(([a], [b]) => (a < b ? -1 : 1)), metrics: [...metrics].sort() };
}

function paramCell(row: RunRow, key: string, numeric: boolean): Cell {
  const value = Object.hasOwn(row.params, key) ? row.params[key] : undefined;
  if (value === undefined) return null;
  return numeric ? Number(value) : value;
}

/** Columns of last values; of a run with 5 000 metrics each is looked at once. */
function metricColumns(rows: readonly RunRow[], keys: readonly string[]): Cell[][] {
  const place = new Map(keys.map((key, index) => [key, index]));
  const columns = keys.map((): Cell[] => new Array<Cell>(rows.length).fill(null));
  rows.forEach((row, at) => {
    for (const metric of row.metrics) {
      const column = columns[place.get(metric.key) as number] as Cell[];
      column[at] = metric.last ?? Number.NaN;
    }
  });
  return columns;
}

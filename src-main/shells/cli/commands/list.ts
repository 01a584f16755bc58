/** `cairn ls`. */
import { CairnError } from '../../../base/errors.ts';
import { isSystemMetric } from '../../../base/metrics.ts';
import type { RunRow } from '../../../contract/runs.ts';
import { duration, number, oneLine, print, printJson, table, width } from '../output.ts';
import { type CliSession, type GlobalOptions, withWorkspace } from '../session.ts';

/** Metric columns that still fit a terminal. */
const metricColumns = 3;
/** Runs asked for at once. */
const pageSize = 5000;

interface ListOptions extends GlobalOptions {
  readonly experiment?: string;
  readonly orderBy: string;
  readonly limit?: string;
  readonly csv: boolean;
  readonly to?: string;
  readonly overwrite: boolean;
}

/** @param words of the filter, which a shell may have taken apart */
export async function list(options: ListOptions, words: readonly string[]): Promise<void> {
  const filter = words.join(' ');
  const limit = readLimit(options.limit);
  const show = async (cli: CliSession) => {
    const search = {
      experimentId: await findExperiment(cli, options.experiment),
      filter,
      orderBy: options.orderBy,
    };
    if (options.to !== undefined) {
      const { writeRuns } = await import('./tables.ts');
      await writeRuns(cli, search, { ...options, to: options.to });
      return;
    }
    const rows: RunRow[] = [];
    let found = { total: 0, matching: 0 };
    do {
      const size = Math.min(limit - rows.length, pageSize);
      const page = await cli
        .ask('runs.list', { ...search, offset: rows.length, limit: size })
        .catch((error: unknown) => {
          if (!options.json) pointAt(error, { filter, order: options.orderBy });
          throw error;
        });
      found = { total: page.total, matching: page.matching };
      if (page.rows.length === 0) break;
      rows.push(...page.rows);
    } while (rows.length < Math.min(limit, found.matching));
    if (options.json) printJson({ rows, ...found });
    else if (options.csv) printCsv(rows);
    else printTable(rows, found);
  };
  await withWorkspace(options, show, { sources: true });
}

function readLimit(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new CairnError('invalid', `--limit is how many runs: a whole number, not “${text}”.`);
}

async function findExperiment(cli: CliSession, wanted: string | undefined): Promise<string | null> {
  if (wanted === undefined) return null;
  const { experiments } = await cli.ask('experiments.list', {});
  const found = experiments.find(
    (row) => row.label === wanted.padStart(2, '0') || row.name === wanted || row.id === wanted,
  );
  if (found === undefined) {
    throw new CairnError('not-found', `There is no experiment “${wanted}”.`);
  }
  return found.id;
}

/** Shows what was typed with a mark under the place where it is wrong. */
function pointAt(error: unknown, texts: { readonly filter: string; readonly order: string }): void {
  const place = error instanceof CairnError ? error.place : null;
  if (place === null || (place.file !== 'filter' && place.file !== 'order')) return;
  const line = texts[place.file].split('\n')[(place.line ?? 1) - 1] ?? '';
  const before = oneLine(line.slice(0, (place.column ?? 1) - 1));
  process.stderr.write(`  ${oneLine(line)}\n  ${' '.repeat(width(before))}^\n`);
}

function printTable(rows: readonly RunRow[], found: { total: number; matching: number }): void {
  if (rows.length === 0) {
    print(
      found.total === 0
        ? 'No runs yet. “cairn run -- COMMAND” or “cairn repro” makes the first.'
        : 'No run matches.',
    );
    return;
  }
  const shown = metricKeys(rows)
    .filter((key) => !isSystemMetric(key))
    .slice(0, metricColumns);
  const head = [
    'run',
    'name',
    'status',
    'took',
    ...shown.map((key) => oneLine(key, 20)),
    'command',
  ];
  const cells = rows.map((row) => [
    row.label,
    oneLine(row.name, 32),
    row.status.toLowerCase(),
    row.startedAt === null ? '' : duration((row.endedAt ?? Date.now()) - row.startedAt),
    ...shown.map((key) => number(lastOf(row, key))),
    oneLine(row.command, 48),
  ]);
  print(table(head, cells, [3, ...shown.map((_, index) => index + 4)]));
  if (rows.length < found.matching) print(`… and ${found.matching - rows.length} more`);
}

/** A row for each run, a column for each param and metric: RFC 4180. */
function printCsv(rows: readonly RunRow[]): void {
  const params = [...new Set(rows.flatMap((row) => Object.keys(row.params)))].sort();
  const metrics = metricKeys(rows).sort();
  const head = ['run', 'id', 'experiment', 'name', 'status', 'kind', 'started', 'ended', 'command'];
  print(
    csvLine([
      ...head,
      ...params.map((key) => `params.${key}`),
      ...metrics.map((key) => `metrics.${key}`),
    ]),
  );
  for (const row of rows) {
    print(
      csvLine([
        row.label,
        row.id,
        row.experimentName,
        row.name,
        row.status,
        row.kind,
        isoTime(row.startedAt),
        isoTime(row.endedAt),
        row.command,
        ...params.map((key) => (Object.hasOwn(row.params, key) ? (row.params[key] as string) : '')),
        ...metrics.map((key) => lastAsText(row, key)),
      ]),
    );
  }
}

function metricKeys(rows: readonly RunRow[]): string[] {
  return [...new Set(rows.flatMap((row) => row.metrics.map((metric) => metric.key)))];
}

function lastOf(row: RunRow, key: string): number | null {
  return row.metrics.find((metric) => metric.key === key)?.last ?? null;
}

/** '' where there is no such metric; a NaN is one. */
function lastAsText(row: RunRow, key: string): string {
  const metric = row.metrics.find((one) => one.key === key);
  return metric === undefined ? '' : String(metric.last ?? Number.NaN);
}

function isoTime(at: number | null): string {
  return at === null ? '' : new Date(at).toISOString();
}

function csvLine(cells: readonly string[]): string {
  return cells
    .map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',');
}

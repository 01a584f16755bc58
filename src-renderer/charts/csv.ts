/** The numbers behind a chart as CSV (RFC 4180): what was logged, not what was smoothed. */
import type { Bar, Series } from './types.ts';

/** One cell, quoted when it must be. */
export function csvCell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function lines(rows: Iterable<readonly (string | number | null)[]>): string {
  let text = '';
  for (const row of rows) text += `${row.map(csvCell).join(',')}\r\n`;
  return text;
}

/** Long form, a row per point: run, run_id, metric, step, time (ISO 8601), value. */
export function seriesCsv(series: readonly Series[]): string {
  function* rows(): Generator<(string | number | null)[]> {
    yield ['run', 'run_id', 'metric', 'step', 'time', 'value'];
    for (const one of series) {
      for (let i = 0; i < one.values.length; i += 1) {
        yield [
          one.label,
          one.runId,
          one.key,
          one.steps[i] as number,
          isoTime(one.times[i] as number),
          one.values[i] as number,
        ];
      }
    }
  }
  return lines(rows());
}

/** Any table with a line of names. */
export function tableCsv(
  names: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  return lines([names, ...rows]);
}

/** A row per bar: label, value, and the ends of its whisker where there are any. */
export function barsCsv(bars: readonly Bar[], valueName: string): string {
  const spread = bars.some((bar) => bar.spread !== undefined);
  return lines([
    ['name', valueName, ...(spread ? ['low', 'high'] : [])],
    ...bars.map((bar) => [
      bar.label,
      bar.value,
      ...(spread ? [bar.spread?.low ?? null, bar.spread?.high ?? null] : []),
    ]),
  ]);
}

/** A row per row of the matrix; an empty cell where there is no value. */
export function matrixCsv(
  rows: readonly string[],
  columns: readonly string[],
  values: readonly (readonly (number | null)[])[],
): string {
  return lines([['', ...columns], ...rows.map((row, i) => [row, ...(values[i] ?? [])])]);
}

function isoTime(time: number): string | null {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

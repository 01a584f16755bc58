import type { MetricSummary, RunRow } from '../../client/index.ts';
import {
  type AppColumn,
  LiveDuration,
  MiddleEllipsis,
  NumberText,
  RelativeTime,
  RunLabel,
  RunStatusBadge,
  type SortValue,
} from '../../ui/index.ts';
import css from './runs.module.css';

export type Aggregate = 'last' | 'min' | 'max';

/** Column ids: `param lr`, `metric accuracy`, or the name of a fixed column. */
export type ColumnWords = Readonly<
  Record<'run' | 'status' | 'started' | 'duration' | 'command' | 'experiment' | 'kind', string> & {
    starred: string;
  }
>;

export interface RunKeys {
  readonly params: readonly string[];
  readonly metrics: readonly string[];
}

/** Every key of a param or metric that any run has. */
export function keysOf(runs: readonly RunRow[]): RunKeys {
  const params = new Set<string>();
  const metrics = new Set<string>();
  for (const run of runs) {
    for (const key in run.params) params.add(key);
    for (const metric of run.metrics) metrics.add(metric.key);
  }
  return { params: [...params].sort(), metrics: [...metrics].sort() };
}

/**
 * Ids of the columns whose values are not the same in all runs; all of them for a single run. A
 * value that some runs do not have differs too.
 */
export function differingColumns(runs: readonly RunRow[], keys: RunKeys): ReadonlySet<string> {
  const [first, ...others] = runs;
  const differs = (read: (run: RunRow) => string | number | null | undefined): boolean =>
    first === undefined ||
    others.length === 0 ||
    others.some((run) => !Object.is(read(run), read(first)));
  return new Set([
    ...keys.params.filter((key) => differs((run) => run.params[key])).map((key) => `param ${key}`),
    ...keys.metrics
      .filter((key) => differs((run) => find(run, key)?.last))
      .map((key) => `metric ${key}`),
  ]);
}

/** The columns that say what a run is; the first names the row. */
export function fixedColumns(words: ColumnWords): AppColumn<RunRow>[] {
  return [
    {
      id: 'run',
      header: words.run,
      width: 240,
      value: (run) => run.experimentNumber * 1e7 + run.number,
      cell: (run) => (
        <span className={css.runCell}>
          <RunLabel label={run.label} name={run.name} />
          {run.starred && (
            <span className={css.star} role="img" aria-label={words.starred}>
              ★
            </span>
          )}
        </span>
      ),
    },
    {
      id: 'status',
      header: words.status,
      width: 104,
      value: (run) => run.status,
      cell: (run) => <RunStatusBadge run={run} />,
    },
    {
      id: 'started',
      header: words.started,
      width: 128,
      value: (run) => run.startedAt ?? run.createdAt,
      cell: (run) => <RelativeTime at={run.startedAt ?? run.createdAt} />,
    },
    {
      id: 'duration',
      header: words.duration,
      width: 92,
      align: 'end',
      value: (run) => (run.startedAt === null ? null : (run.endedAt ?? Date.now()) - run.startedAt),
      cell: (run) => <LiveDuration from={run.startedAt} to={run.endedAt} />,
    },
  ];
}

/** The command, which is long and seldom what is looked for: it stands last. */
export function commandColumn(words: ColumnWords): AppColumn<RunRow> {
  return {
    id: 'command',
    header: words.command,
    width: 320,
    value: (run) => run.command,
    cell: (run) => <MiddleEllipsis text={run.command} max={44} mono />,
  };
}

export function paramColumn(key: string): AppColumn<RunRow> {
  return {
    id: `param ${key}`,
    header: shortHeader(key),
    hint: key,
    width: columnWidth(key, 88),
    align: 'end',
    value: (run) => numeric(run.params[key]),
    cell: (run) => <MiddleEllipsis text={run.params[key] ?? ''} max={22} />,
  };
}

export function metricColumn(key: string, aggregate: Aggregate): AppColumn<RunRow> {
  const read = (run: RunRow): number | null => find(run, key)?.[aggregate] ?? null;
  return {
    id: `metric ${key}`,
    header: shortHeader(key),
    hint: key,
    width: columnWidth(key, 92),
    align: 'end',
    value: read,
    cell: (run) => {
      const value = read(run);
      return value === null ? null : <NumberText value={value} />;
    },
  };
}

function find(run: RunRow, key: string): MetricSummary | undefined {
  return run.metrics.find((metric) => metric.key === key);
}

/** Params are text as they were written; those that are numbers sort as numbers. */
function numeric(text: string | undefined): SortValue {
  if (text === undefined || text.trim() === '') return text;
  const value = Number(text);
  return Number.isNaN(value) ? text : value;
}

function shortHeader(key: string): string {
  return key.length <= 22 ? key : `…${key.slice(-21)}`;
}

function columnWidth(key: string, least: number): number {
  return Math.min(190, Math.max(least, 26 + Math.min(key.length, 22) * 7));
}

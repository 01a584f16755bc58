import type { MetricSummary, RunRow } from '../../client/index.ts';
import {
  type AppColumn,
  LiveDuration,
  MiddleEllipsis,
  NumberText,
  RelativeTime,
  RunLabel,
  type SortValue,
  StatusBadge,
} from '../../ui/index.ts';
import css from './runs.module.css';

export type Aggregate = 'last' | 'min' | 'max';

/** Column ids: `param lr`, `metric accuracy`, or the name of a fixed column. */
export type ColumnWords = Readonly<
  Record<'run' | 'status' | 'started' | 'duration' | 'command' | 'experiment' | 'kind', string> & {
    starred: string;
  }
>;

/** Keys of params and metrics of `rows`, and those whose values are not the same in all of them. */
export interface RunKeys {
  readonly params: readonly string[];
  readonly metrics: readonly string[];
  /** Column ids. */
  readonly differing: ReadonlySet<string>;
}

export function keysOf(rows: readonly RunRow[]): RunKeys {
  const first = new Map<string, { value: string | number | null; count: number }>();
  const differing = new Set<string>();
  const note = (id: string, value: string | number | null): void => {
    const known = first.get(id);
    if (known === undefined) first.set(id, { value, count: 1 });
    else {
      known.count += 1;
      if (!Object.is(known.value, value)) differing.add(id);
    }
  };
  for (const row of rows) {
    for (const key in row.params) note(`param ${key}`, row.params[key] ?? null);
    for (const metric of row.metrics) note(`metric ${metric.key}`, metric.last);
  }
  // A value that some runs do not have differs too.
  for (const [id, { count }] of first) if (count < rows.length) differing.add(id);
  const ids = [...first.keys()];
  const keys = (prefix: string): string[] =>
    ids.filter((id) => id.startsWith(prefix)).map((id) => id.slice(prefix.length));
  return {
    params: keys('param ').sort(),
    metrics: keys('metric ').sort(),
    differing: rows.length > 1 ? differing : new Set(ids),
  };
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
      cell: (run) => <StatusBadge status={run.status} />,
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

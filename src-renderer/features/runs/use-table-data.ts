import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type ClientError,
  type Query,
  type RunRow,
  topics,
  useOperation,
} from '../../client/index.ts';
import { useFilters, usePreferences } from '../../state/index.ts';
import type { AppColumn } from '../../ui/index.ts';
import {
  type Aggregate,
  commandColumn,
  differingColumns,
  fixedColumns,
  keysOf,
  metricColumn,
  paramColumn,
  type RunKeys,
} from './columns.tsx';

export interface TableData {
  readonly query: Query<'runs.list'>;
  /** Runs of the chosen experiment. */
  readonly all: readonly RunRow[];
  /** Those that the filter lets through. */
  readonly rows: readonly RunRow[];
  readonly columns: readonly AppColumn<RunRow>[];
  readonly keys: RunKeys;
  /** Why the filter cannot be read; the rows are those of the filter before. */
  readonly filterError: ClientError | null;
}

const none: readonly RunRow[] = [];
const quickLimit = 300;

/** What the runs table shows. */
export function useTableData(aggregate: Aggregate, status: string | undefined): TableData {
  const { t } = useTranslation(['runs', 'common']);
  const { text, experimentId } = useFilters((state) => state.runs);
  const onlyDiffering = usePreferences((state) => state.onlyDiffering);
  const hidden = usePreferences((state) => state.hiddenColumns);
  // The newest runs are there at once; all of them a moment later, when there are many.
  const quick = useOperation(
    'runs.list',
    { experimentId, limit: quickLimit },
    { topics: [topics.runs], keepPrevious: true },
  );
  const full = useOperation(
    'runs.list',
    { experimentId },
    {
      topics: [topics.runs],
      keepPrevious: true,
      enabled: quick.data !== undefined && quick.data.rows.length >= quickLimit,
    },
  );
  const query = full.data === undefined ? quick : full;
  const all = query.data?.rows ?? none;
  // The core knows the language; the rows are here already, so that only ids come with every key.
  const isFiltered = text.trim() !== '';
  const found = useOperation(
    'runs.find',
    { experimentId, filter: text },
    { topics: [topics.runs], keepPrevious: true, enabled: isFiltered },
  );
  const ids = isFiltered ? found.data?.ids : undefined;
  const rows = useMemo(() => {
    const isFound = ids === undefined ? null : new Set(ids);
    return all.filter(
      (run) =>
        (isFound === null || isFound.has(run.id)) &&
        (status === undefined || run.status === status),
    );
  }, [all, ids, status]);
  const keys = useMemo(() => keysOf(all), [all]);
  const differing = useMemo(
    () => (onlyDiffering ? differingColumns(rows, keys) : null),
    [rows, keys, onlyDiffering],
  );
  // The same columns again keep what is drawn: only a change of the set counts.
  const shownIds = [
    ...keys.metrics.map((key) => `metric ${key}`),
    ...keys.params.map((key) => `param ${key}`),
  ]
    .filter((id) => !hidden.includes(id) && (differing === null || differing.has(id)))
    .join('\n');
  const columns = useMemo(() => {
    const words = {
      run: t('column.run'),
      status: t('column.status'),
      started: t('column.started'),
      duration: t('column.duration'),
      command: t('column.command'),
      experiment: t('column.experiment'),
      kind: t('column.kind'),
      starred: t('starred'),
    };
    const dynamic = shownIds === '' ? [] : shownIds.split('\n');
    return [
      ...fixedColumns(words),
      ...dynamic.map((id) =>
        id.startsWith('metric ')
          ? metricColumn(id.slice('metric '.length), aggregate)
          : paramColumn(id.slice('param '.length)),
      ),
      commandColumn(words),
    ];
  }, [shownIds, aggregate, t]);
  return { query, all, rows, columns, keys, filterError: isFiltered ? found.error : null };
}

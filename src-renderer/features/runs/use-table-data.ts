import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Query, type RunRow, topics, useOperation } from '../../client/index.ts';
import { useFilters, usePreferences } from '../../state/index.ts';
import type { AppColumn } from '../../ui/index.ts';
import {
  type Aggregate,
  commandColumn,
  fixedColumns,
  keysOf,
  metricColumn,
  paramColumn,
  type RunKeys,
} from './columns.tsx';
import { parseFilter } from './filter.ts';

export interface TableData {
  readonly query: Query<'runs.list'>;
  /** Runs of the chosen experiment. */
  readonly all: readonly RunRow[];
  /** Those that the filter lets through. */
  readonly rows: readonly RunRow[];
  readonly columns: readonly AppColumn<RunRow>[];
  readonly keys: RunKeys;
}

const none: readonly RunRow[] = [];

/** What the runs table shows: filtered here, so that typing does not wait for the core. */
export function useTableData(aggregate: Aggregate, status: string | undefined): TableData {
  const { t } = useTranslation(['runs', 'common']);
  const { text, experimentId } = useFilters((state) => state.runs);
  const onlyDiffering = usePreferences((state) => state.onlyDiffering);
  const hidden = usePreferences((state) => state.hiddenColumns);
  const query = useOperation(
    'runs.list',
    { experimentId },
    { topics: [topics.runs], keepPrevious: true },
  );
  const all = query.data?.rows ?? none;
  const rows = useMemo(() => {
    const test = parseFilter(text);
    return all.filter((run) => test(run) && (status === undefined || run.status === status));
  }, [all, text, status]);
  const keys = useMemo(() => keysOf(rows), [rows]);
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
    const wanted = (id: string): boolean =>
      !hidden.includes(id) && (!onlyDiffering || keys.differing.has(id));
    return [
      ...fixedColumns(words),
      ...keys.metrics
        .filter((key) => wanted(`metric ${key}`))
        .map((key) => metricColumn(key, aggregate)),
      ...keys.params.filter((key) => wanted(`param ${key}`)).map(paramColumn),
      commandColumn(words),
    ];
  }, [keys, hidden, onlyDiffering, aggregate, t]);
  return { query, all, rows, columns, keys };
}

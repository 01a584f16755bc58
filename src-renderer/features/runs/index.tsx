import { Button } from '@mantine/core';
import { IconPlayerPlay, IconTable } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  clearFilters,
  focusOn,
  selectRuns,
  showDialog,
  to,
  useFilters,
  useGo,
  usePreferences,
  useRoute,
  useSelection,
} from '../../state/index.ts';
import {
  AppTable,
  EmptyState,
  ErrorState,
  Page,
  Skeletons,
  type Sort,
  SplitPane,
  useRunActions,
} from '../../ui/index.ts';
import type { Aggregate } from './columns.tsx';
import { ExperimentList } from './ExperimentList.tsx';
import { RunCharts } from './RunCharts.tsx';
import { RunsToolbar } from './RunsToolbar.tsx';
import { onRunKey } from './run-keys.ts';
import { SelectionBar } from './SelectionBar.tsx';
import { useBulk } from './use-bulk.ts';
import { useRenumber } from './use-renumber.ts';
import { useTableData } from './use-table-data.ts';

const newestFirst: Sort = [{ id: 'run', desc: true }];

/** The runs as a table, with their experiments on the left and, when asked for, their curves on the right. */
export default function Runs() {
  const { t } = useTranslation(['runs', 'common']);
  const route = useRoute();
  const go = useGo();
  const actions = useRunActions();
  const bulk = useBulk();
  const [sort, setSort] = useState<Sort>(newestFirst);
  const [pointed, setPointed] = useState<string | null>(null);
  const [aggregate, setAggregate] = useState<Aggregate>('last');
  const filters = useFilters((state) => state.runs);
  const preferences = usePreferences();
  const selected = useSelection((state) => state.runIds);
  const focus = useSelection((state) => state.focus);
  const table = useTableData(aggregate, route.query.status);
  const renumber = useRenumber(table, sort);
  const active = focus?.kind === 'run' ? focus.id : null;
  const { data, error, reload } = table.query;
  const filtered =
    filters.text !== '' || filters.experimentId !== null || route.query.status !== undefined;
  const charted = useMemo(
    () => table.all.filter((run) => selected.includes(run.id)),
    [table.all, selected],
  );

  const empty = filtered ? (
    <EmptyState
      title={t('empty.noMatch')}
      actions={
        <Button
          onClick={() => {
            clearFilters();
            go(to('runs'), true);
          }}
        >
          {t('common:clearFilters')}
        </Button>
      }
    >
      {t('empty.noMatchBody')}
    </EmptyState>
  ) : (
    <EmptyState
      icon={<IconTable size={32} stroke={1.3} />}
      title={t('empty.title')}
      actions={
        <Button variant="filled" onClick={() => showDialog({ kind: 'new-run' })}>
          {t('newRun')}
        </Button>
      }
    >
      {t('empty.body')}
    </EmptyState>
  );

  const list = (
    <Page
      title={t('title')}
      hint={
        data === undefined
          ? undefined
          : renumber.enabled
            ? `${t('shownOf', { shown: table.rows.length, total: data.total })} · ${t('reorderHint')}`
            : table.rows.length === data.total
              ? t('count', { count: data.total })
              : t('shownOf', { shown: table.rows.length, total: data.total })
      }
      actions={
        <Button
          leftSection={<IconPlayerPlay size={14} />}
          onClick={() => showDialog({ kind: 'new-run' })}
        >
          {t('newRun')}
        </Button>
      }
      toolbar={
        <RunsToolbar
          keys={table.keys}
          aggregate={aggregate}
          onAggregate={setAggregate}
          filterError={table.filterError}
        />
      }
      scroll={false}
    >
      <SelectionBar rows={table.all} />
      {data === undefined ? (
        error !== null ? (
          <ErrorState error={error} onRetry={reload} />
        ) : (
          <Skeletons rows={14} />
        )
      ) : (
        <AppTable
          label={t('label')}
          rows={table.rows}
          columns={table.columns}
          rowKey={(run) => run.id}
          activeKey={active}
          onActive={(id) => focusOn({ kind: 'run', id })}
          onOpen={(run) => actions.open(run)}
          onPoint={setPointed}
          selected={selected}
          onSelect={selectRuns}
          sort={sort}
          onSort={setSort}
          onKey={(event, run) =>
            renumber.onKey(event, run) ||
            onRunKey(event, run, selected, actions, go, (ids) => void bulk.trash(ids))
          }
          {...(renumber.enabled ? { onReorder: renumber.move } : {})}
          dragType="application/x-cairn-runs"
          filterKey={[filters.experimentId, route.query.status, filters.text].join(' ')}
          empty={empty}
        />
      )}
    </Page>
  );

  return (
    <SplitPane
      label={t('experiments.title')}
      fixed="first"
      min={160}
      max={420}
      size={preferences.experimentsWidth}
      onSize={(experimentsWidth) => preferences.set({ experimentsWidth })}
      first={<ExperimentList />}
      second={
        <SplitPane
          label={t('charts')}
          fixed="second"
          min={300}
          max={1200}
          size={preferences.chartsWidth}
          onSize={(chartsWidth) => preferences.set({ chartsWidth })}
          first={list}
          second={preferences.runCharts ? <RunCharts runs={charted} lit={pointed} /> : null}
        />
      }
    />
  );
}

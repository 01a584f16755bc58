import { Button, Menu } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCopy, IconPlayerPlay, IconTable } from '@tabler/icons-react';
import { memo, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type RunRow, topics, useOperation } from '../../client/index.ts';
import {
  clearFilters,
  filterRuns,
  showDialog,
  to,
  useGo,
  usePreferences,
  useRoute,
  useSelection,
} from '../../state/index.ts';
import {
  EmptyState,
  ErrorState,
  Page,
  Skeletons,
  SplitPane,
  useRunActions,
} from '../../ui/index.ts';
import { ExperimentList } from './ExperimentList.tsx';
import { RunCharts } from './RunCharts.tsx';
import { onRunKey } from './run-keys.ts';
import { SelectionBar } from './SelectionBar.tsx';
import { askForTable } from './table/ahead.ts';
import { pointAtCurve, usePointedRow } from './table/pointed.ts';
import { RunsGrid } from './table/RunsGrid.tsx';
import { RunsToolbar } from './table/RunsToolbar.tsx';
import { useCopyTable } from './table/use-copy-table.ts';
import { usePlaces } from './table/use-places.ts';
import { allColumns, arrangeColumns } from './table/view.ts';
import { useFolds, useSavedViews, useView } from './table/view-store.ts';
import { useBulk } from './use-bulk.ts';
import { useRenumber } from './use-renumber.ts';

/** Ticked runs that are looked at more closely, to draw their curves and merge them. */
const mostTicked = 100;
const fieldsAfterMs = 400;
const noMatchAfterMs = 700;
const noRows: readonly RunRow[] = [];
/** Drawn again only for what they show: the view is, with every answer of the core. */
const Experiments = memo(ExperimentList);
const Toolbar = memo(RunsToolbar);

const formats = ['csv', 'markdown', 'latex'] as const;

export const ahead = askForTable;

/** The runs as a table, with their experiments on the left and, when asked for, their curves on the right. */
export default function Runs() {
  const { t } = useTranslation(['runs', 'common', 'table']);
  const go = useGo();
  const actions = useRunActions();
  const bulk = useBulk();
  const preferences = usePreferences();
  const selected = useSelection((state) => state.runIds);
  useStatusOfAddress();

  const saved = useSavedViews();
  const view = useView();
  const listed = usePlaces(view, useFolds());
  const { experimentId, filter } = view;
  // Rows first: which columns differ among them may be known a moment later.
  const [settled] = useDebouncedValue(filter, fieldsAfterMs);
  // Half of a filter matches nothing: that is said when nobody is typing any more.
  const [calm] = useDebouncedValue(filter, noMatchAfterMs);
  const fields = useOperation(
    'table.fields',
    { experimentId, filter: settled },
    { topics: [topics.runs], keepPrevious: true },
  );
  // Without any run there is nothing to say of columns: those from before stay.
  const known = useRef(fields.data);
  if (fields.data !== undefined && (fields.data.runs > 0 || known.current === undefined)) {
    known.current = fields.data;
  }
  const { current: latest } = known;
  const all = useMemo(() => allColumns(latest?.fields ?? []), [latest]);
  const { columns, pinned } = useMemo(() => arrangeColumns(all, view), [all, view]);
  const renumber = useRenumber(view, listed);
  const copy = useCopyTable(view, columns);
  const ticked = useOperation(
    'table.runs',
    { ids: selected.slice(0, mostTicked) },
    { topics: [topics.runs], keepPrevious: true, enabled: selected.length > 0 },
  );
  const rows = selected.length === 0 ? noRows : (ticked.data?.rows ?? noRows);
  const isFiltered = filter.trim() !== '' || experimentId !== null;
  const { length: shown } = listed.ids;

  const count =
    listed.total === null || shown === listed.total
      ? t('count', { count: shown })
      : t('shownOf', { shown, total: listed.total });
  const list = (
    <Page
      title={t('title')}
      hint={
        listed.loading ? undefined : renumber.enabled ? `${count} · ${t('reorderHint')}` : count
      }
      actions={
        <>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button leftSection={<IconCopy size={14} />} disabled={shown === 0}>
                {t('table:copy.table')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {formats.map((format) => (
                <Menu.Item key={format} onClick={() => copy(listed.ids, format)}>
                  {t(`table:copy.${format}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
          <Button
            leftSection={<IconPlayerPlay size={14} />}
            onClick={() => showDialog({ kind: 'new-run' })}
          >
            {t('newRun')}
          </Button>
        </>
      }
      toolbar={
        <Toolbar
          view={view}
          saved={saved}
          columns={all}
          shown={columns.length}
          places={listed.places}
          filterError={listed.loading ? null : listed.error}
        />
      }
      scroll={false}
    >
      <SelectionBar selected={selected} rows={rows} onCopy={copy} />
      {listed.loading && listed.error !== null ? (
        <ErrorState error={listed.error} onRetry={listed.reload} />
      ) : listed.loading || saved === null || latest === undefined ? (
        <Skeletons rows={14} />
      ) : (
        <RunsGrid
          view={view}
          listed={listed}
          columns={columns}
          pinned={pinned}
          empty={calm === filter ? <NoRuns filtered={isFiltered} /> : null}
          onOpen={(run) => actions.open(run)}
          onKey={(event, run) =>
            renumber.onKey(event, run) ||
            onRunKey(event, run, selected, actions, go, (ids) => void bulk.trash(ids))
          }
          onReorder={renumber.enabled ? renumber.move : undefined}
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
      first={<Experiments />}
      second={
        <SplitPane
          label={t('charts')}
          fixed="second"
          min={300}
          max={1200}
          size={preferences.chartsWidth}
          onSize={(chartsWidth) => preferences.set({ chartsWidth })}
          first={list}
          second={preferences.runCharts ? <Curves runs={rows} /> : null}
        />
      }
    />
  );
}

/** Apart, so that pointing at rows draws no more than the curves. */
function Curves({ runs }: { runs: readonly RunRow[] }) {
  return <RunCharts runs={runs} lit={usePointedRow()} onPoint={pointAtCurve} />;
}

/** An address may name a status; it becomes a filter that can be seen and changed. */
function useStatusOfAddress(): void {
  const go = useGo();
  const { status } = useRoute().query;
  useEffect(() => {
    if (status === undefined) return;
    filterRuns({ text: `status = ${status}`, experimentId: null });
    go(to('runs'), true);
  }, [status, go]);
}

function NoRuns({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation(['runs', 'common']);
  if (filtered) {
    return (
      <EmptyState
        title={t('empty.noMatch')}
        actions={<Button onClick={clearFilters}>{t('common:clearFilters')}</Button>}
      >
        {t('empty.noMatchBody')}
      </EmptyState>
    );
  }
  return (
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
}

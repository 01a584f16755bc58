import { ActionIcon, Button, SegmentedControl } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import {
  IconChartLine,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
} from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createLit, preloadCharts } from '../../charts/index.ts';
import { type RunRow, type SavedView, topics, useOperation } from '../../client/index.ts';
import { to, useGo, usePreferences, useRoute } from '../../state/index.ts';
import { EmptyState, ErrorState, Page, Skeletons, SplitPane } from '../../ui/index.ts';
import { askForCharts } from './ahead.ts';
import { Curves } from './Curves.tsx';
import { groupLooks, looksOf } from './curve-entries.ts';
import { Distributions } from './Distributions.tsx';
import type { Aggregate } from './fields.ts';
import { canGroup, groupRuns } from './groups.ts';
import { ParamCharts } from './ParamCharts.tsx';
import { fieldsOfPanel } from './panels.ts';
import { Side } from './Side.tsx';
import { namedView, readSearch, tickedIds } from './search.ts';
import { useBrushes, useWithin } from './use-brushes.ts';
import { useColumns } from './use-columns.ts';
import { useLayout } from './use-layout.ts';
import { useRuns } from './use-runs.ts';

const noRuns: readonly RunRow[] = [];
const noViews: readonly SavedView[] = [];
const tabs = ['curves', 'distributions', 'params'] as const;

export const ahead = askForCharts;

/** Charts over several runs: `#/charts/<id>/<id>`, without ids over the newest. */
export default function Charts() {
  const { t } = useTranslation('charts');
  const { parts, query } = useRoute();
  const go = useGo();
  const { chartsListOpen, chartsListWidth, set } = usePreferences();
  const toggleList = (): void => set({ chartsListOpen: !chartsListOpen });
  useHotkeys([['[', toggleList]]);
  const [pointedRow, setPointedRow] = useState<string | null>(null);
  const [pointed] = useState(createLit);
  const [aggregate, setAggregate] = useState<Aggregate>('last');
  const saved = useOperation('views.list', {}, { topics: [topics.views] });
  const views = saved.data?.views ?? noViews;
  const view = namedView(query, views);
  const search = useMemo(() => readSearch(query, view), [query, view]);
  const ticked = useMemo(() => tickedIds(parts), [parts]);
  const runs = useRuns(search, ticked);
  const { layout, ...keeper } = useLayout(view?.id ?? null);
  const drawn = runs.drawn ?? noRuns;
  const looks = useMemo(() => looksOf(drawn), [drawn]);
  const tab = tabs.find((one) => one === query.tab) ?? 'curves';
  // The list is the legend: of curves that are drawn as groups too.
  const groupBy = tab === 'curves' ? (layout?.settings.groupBy ?? '') : '';
  const listed = useMemo(
    () => (canGroup(drawn, groupBy) ? groupLooks(groupRuns(drawn, groupBy, { none: '–' })) : looks),
    [drawn, groupBy, looks],
  );
  // Curves are painted without Plotly; all else waits for it.
  useEffect(() => {
    if (tab !== 'curves') preloadCharts();
  }, [tab]);
  const [brushes, changeBrushes] = useBrushes();
  const wanted = useMemo(
    () => [...(layout?.panels.flatMap(fieldsOfPanel) ?? []), ...Object.keys(brushes)],
    [layout, brushes],
  );
  const columns = useColumns(
    search,
    wanted,
    aggregate,
    tab === 'params' || Object.keys(brushes).length > 0,
  );
  const within = useWithin(brushes, columns.runs);
  // The order of a view that is named is not known before the views are.
  const isWaiting = query.view !== undefined && saved.data === undefined && saved.error === null;
  const failed = runs.error ?? keeper.error;
  if (failed !== null) {
    return (
      <ErrorState error={failed} onRetry={runs.error === null ? keeper.reload : runs.reload} />
    );
  }
  const isBroken = runs.filterError !== null;
  if (
    isWaiting ||
    layout === null ||
    (!isBroken && (runs.ids === undefined || runs.drawn === undefined))
  ) {
    return <Skeletons rows={12} />;
  }
  if (runs.ids?.length === 0 && search.filter === '' && query.experiment === undefined) {
    if (!runs.chosen) {
      return (
        <EmptyState icon={<IconChartLine size={32} stroke={1.3} />} title={t('view.title')}>
          {t('view.empty')}
        </EmptyState>
      );
    }
  }
  const list = (
    <Side
      runs={runs}
      views={views}
      view={view}
      within={within}
      onClearBrushes={() => changeBrushes({})}
      looks={listed}
      lit={pointedRow}
      pointed={pointed}
      onPoint={setPointedRow}
    />
  );
  const toggle = chartsListOpen ? t('view.hideRuns') : t('view.showRuns');
  const page = (
    <Page
      title={t('view.title')}
      hint={t('view.runCount', { count: drawn.length })}
      actions={
        <>
          <SegmentedControl
            size="xs"
            aria-label={t('view.tabs')}
            value={tab}
            onChange={(next) =>
              go(to('charts', parts, { ...query, tab: next === 'curves' ? undefined : next }))
            }
            data={tabs.map((value) => ({ value, label: t(`view.tab.${value}`) }))}
          />
          {runs.chosen && (
            <Button onClick={() => go(to('charts', [], query))}>{t('view.clear')}</Button>
          )}
          <ActionIcon
            variant="default"
            aria-label={toggle}
            title={`${toggle} ([)`}
            aria-keyshortcuts="["
            aria-expanded={chartsListOpen}
            onClick={toggleList}
          >
            {chartsListOpen ? (
              <IconLayoutSidebarLeftCollapse size={16} aria-hidden />
            ) : (
              <IconLayoutSidebarLeftExpand size={16} aria-hidden />
            )}
          </ActionIcon>
        </>
      }
    >
      {tab === 'params' ? (
        <ParamCharts
          search={search}
          columns={columns}
          layout={layout}
          onLayout={keeper.change}
          aggregate={aggregate}
          onAggregate={setAggregate}
          lit={pointedRow}
          onPoint={pointed.set}
          brushes={brushes}
          onBrushes={changeBrushes}
        />
      ) : tab === 'distributions' ? (
        <Distributions drawn={drawn} looks={looks} onPoint={pointed.set} />
      ) : (
        <Curves
          drawn={drawn}
          looks={looks}
          layout={layout}
          onLayout={keeper.change}
          lit={pointedRow}
          onPoint={pointed.set}
        />
      )}
    </Page>
  );
  return (
    <SplitPane
      label={t('view.runs')}
      fixed="first"
      min={180}
      max={520}
      size={chartsListWidth}
      onSize={(width) => set({ chartsListWidth: width })}
      first={chartsListOpen ? list : page}
      second={chartsListOpen ? page : null}
    />
  );
}

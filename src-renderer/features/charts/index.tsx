import { ActionIcon, Button, SegmentedControl } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import {
  IconChartLine,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
} from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientError, RunRow } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { to, useGo, usePreferences, useRoute } from '../../state/index.ts';
import { EmptyState, ErrorState, FilterField, Page, Skeletons, SplitPane } from '../../ui/index.ts';
import { Curves } from './Curves.tsx';
import css from './charts.module.css';
import { looksOf } from './curve-entries.ts';
import type { Aggregate } from './fields.ts';
import { Panels } from './Panels.tsx';
import { RunList } from './RunList.tsx';
import { useBrushes } from './use-brushes.ts';
import { useLayout } from './use-layout.ts';
import { useRuns } from './use-runs.ts';

const noRuns: readonly RunRow[] = [];

/** Charts over several runs: `#/charts/<id>/<id>`, without ids over the newest. */
export default function Charts() {
  const { t } = useTranslation('charts');
  const route = useRoute();
  const go = useGo();
  const { chartsListOpen, chartsListWidth, set } = usePreferences();
  const toggleList = (): void => set({ chartsListOpen: !chartsListOpen });
  useHotkeys([['[', toggleList]]);
  const [pointedRow, setPointedRow] = useState<string | null>(null);
  const [pointedCurve, setPointedCurve] = useState<string | null>(null);
  const filter = route.query.filter ?? '';
  const ids = useMemo(
    () => route.parts.filter((part) => /^[0-9a-f]{32}$/.test(part)),
    [route.parts],
  );
  const runs = useRuns(filter, ids);
  const { layout, ...saved } = useLayout();
  const looks = useMemo(() => looksOf(runs.drawn), [runs.drawn]);
  const [aggregate, setAggregate] = useState<Aggregate>('last');
  const brushes = useBrushes(runs.rows ?? noRuns, aggregate);
  const drawnIds = useMemo(() => runs.drawn.map((run) => run.id), [runs.drawn]);
  if (runs.rows === undefined || layout === null) {
    const error = runs.error ?? saved.error;
    const reload = runs.error === null ? saved.reload : runs.reload;
    return error === null ? <Skeletons rows={12} /> : <ErrorState error={error} onRetry={reload} />;
  }
  if (runs.rows.length === 0 && filter === '' && !runs.chosen) {
    return (
      <EmptyState icon={<IconChartLine size={32} stroke={1.3} />} title={t('view.title')}>
        {t('view.empty')}
      </EmptyState>
    );
  }
  const tick = (next: readonly string[]): void => go(to('charts', next, route.query), true);
  const tab = route.query.tab === 'params' ? 'params' : 'curves';
  const list = (
    <div className={css.side}>
      <div className={css.filter}>
        <FilterField
          label={t('view.filter')}
          value={filter}
          onChange={(text) => go(to('charts', route.parts, { ...route.query, filter: text }), true)}
          delayMs={250}
          basis={120}
          maxWidth={10_000}
          problem={runs.filterError === null ? null : problemOf(runs.filterError)}
        />
        <p className={css.note}>
          {runs.chosen
            ? t('view.ticked', { count: ids.length })
            : t('view.newest', { count: runs.drawn.length })}
          {runs.matching > runs.rows.length &&
            ` · ${t('view.shownOf', { shown: runs.rows.length, total: runs.matching })}`}
        </p>
        {brushes.any && (
          <div className={css.brushed} role="status">
            <span className={css.note}>
              {t('view.brushed', { shown: brushes.within.length, total: runs.rows.length })}
            </span>
            <Button
              size="compact-xs"
              disabled={brushes.within.length === 0}
              onClick={() => tick(brushes.within.map((run) => run.id))}
            >
              {t('view.tickThese')}
            </Button>
            <Button size="compact-xs" onClick={() => brushes.change({})}>
              {t('view.clearBrushes')}
            </Button>
          </div>
        )}
      </div>
      <RunList
        runs={brushes.within}
        looks={looks}
        ticked={drawnIds}
        onTick={tick}
        lit={pointedCurve ?? pointedRow}
        onPoint={setPointedRow}
        filterKey={filter}
      />
    </div>
  );
  const toggle = chartsListOpen ? t('view.hideRuns') : t('view.showRuns');
  const page = (
    <Page
      title={t('view.title')}
      hint={t('view.runCount', { count: runs.drawn.length })}
      actions={
        <>
          <SegmentedControl
            size="xs"
            aria-label={t('view.tabs')}
            value={tab}
            onChange={(value) =>
              go(
                to('charts', route.parts, {
                  ...route.query,
                  tab: value === 'params' ? 'params' : undefined,
                }),
              )
            }
            data={[
              { value: 'curves', label: t('view.tabCurves') },
              { value: 'params', label: t('view.tabPanels') },
            ]}
          />
          {runs.chosen && (
            <Button onClick={() => go(to('charts', [], route.query))}>{t('view.clear')}</Button>
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
      {tab === 'curves' ? (
        <Curves
          drawn={runs.drawn}
          looks={looks}
          layout={layout}
          onLayout={saved.change}
          lit={pointedRow}
          onPoint={setPointedCurve}
        />
      ) : (
        <Panels
          runs={runs.rows}
          layout={layout}
          onLayout={saved.change}
          aggregate={aggregate}
          onAggregate={setAggregate}
          lit={pointedRow}
          onPoint={setPointedCurve}
          brushes={brushes.brushes}
          onBrushes={brushes.change}
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

/** What is wrong with a filter, and from which character on. */
function problemOf(error: ClientError): { sentence: string; at: number | null } {
  const column = error.place?.file === 'filter' ? error.place.column : null;
  return { sentence: localized(error.message), at: column === null ? null : column - 1 };
}

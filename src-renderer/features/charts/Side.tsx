import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Lit } from '../../charts/index.ts';
import { type SavedView, topics, useOperation } from '../../client/index.ts';
import { to, useGo, useRoute } from '../../state/index.ts';
import {
  FilterField,
  filterProblem,
  type LineStyle,
  notify,
  useRunCompletion,
} from '../../ui/index.ts';
import css from './charts.module.css';
import { RunList } from './RunList.tsx';
import { chooseView } from './search.ts';
import { type ChartRuns, mostTicked } from './use-runs.ts';
import { ViewPicker } from './ViewPicker.tsx';

/** What stands beside the charts: which runs there are, and which of them are drawn. */
export function Side({
  runs,
  views,
  view,
  within,
  onClearBrushes,
  looks,
  lit,
  pointed,
  onPoint,
}: {
  runs: ChartRuns;
  views: readonly SavedView[];
  view: SavedView | null;
  /** The runs within the brushes; null without any. */
  within: readonly string[] | null;
  onClearBrushes: () => void;
  /** Of the runs that are drawn. */
  looks: ReadonlyMap<string, LineStyle>;
  /** The row that is pointed at. */
  lit: string | null;
  /** The run whose curve is pointed at. */
  pointed: Lit;
  onPoint: (id: string | null) => void;
}) {
  const { t } = useTranslation('charts');
  const route = useRoute();
  const go = useGo();
  const complete = useRunCompletion();
  const { query } = route;
  const ids = runs.ids ?? none;
  const drawn = runs.drawn ?? none;
  const legend = useLegend(runs);
  const experiment = useExperiment(query.experiment);
  const tick = (next: readonly string[]): void => {
    if (next.length > mostTicked) notify(t('view.tickedFirst', { count: mostTicked }));
    go(to('charts', next.slice(0, mostTicked), query), true);
  };
  return (
    <div className={css.side}>
      <div className={css.filter}>
        {views.length > 0 && (
          <ViewPicker
            views={views}
            chosen={view}
            onChoose={(next) => go(to('charts', [], chooseView(query, next)))}
          />
        )}
        <FilterField
          label={t('view.filter')}
          value={query.filter ?? ''}
          onChange={(filter) => go(to('charts', route.parts, { ...query, filter }), true)}
          delayMs={250}
          basis={120}
          maxWidth={10_000}
          problem={runs.filterError === null ? null : filterProblem(runs.filterError)}
          complete={complete}
        />
        {experiment !== null && (
          <p className={css.note}>
            {t('view.ofExperiment', { name: experiment })}{' '}
            <Button
              size="compact-xs"
              onClick={() => go(to('charts', route.parts, { ...query, experiment: undefined }))}
            >
              {t('view.allExperiments')}
            </Button>
          </p>
        )}
        <p className={css.note}>
          {[
            ...(runs.chosen ? [t('view.ticked', { count: drawn.length })] : []),
            ...(!runs.chosen && drawn.length > 0
              ? [t(view === null ? 'view.newest' : 'view.first', { count: drawn.length })]
              : []),
            t('view.inList', { count: ids.length }),
          ].join(' · ')}
          {runs.chosen && within === null && (
            <>
              {' '}
              <Button size="compact-xs" onClick={legend.toggle}>
                {t(legend.ids === null ? 'view.onlyTicked' : 'view.wholeList')}
              </Button>
            </>
          )}
        </p>
        {within !== null && (
          <div className={css.brushed} role="status">
            <span className={css.note}>
              {t('view.brushed', { shown: within.length, total: ids.length })}
            </span>
            <Button size="compact-xs" disabled={within.length === 0} onClick={() => tick(within)}>
              {t('view.tickThese')}
            </Button>
            <Button size="compact-xs" onClick={onClearBrushes}>
              {t('view.clearBrushes')}
            </Button>
          </div>
        )}
      </div>
      <RunList
        ids={within ?? legend.ids ?? ids}
        looks={looks}
        ticked={drawn.map((run) => run.id)}
        onTick={tick}
        lit={lit}
        pointed={pointed}
        onPoint={onPoint}
        filterKey={JSON.stringify([query.filter, query.experiment, view?.id])}
      />
    </div>
  );
}

const none: readonly never[] = [];
/** So many rows are in sight in a small window. */
const inSight = 12;

/**
 * The list as a mere legend of the runs that were ticked when it became one: those that are unticked
 * stay, to be ticked again. It begins as one where none of the ticked would be in sight.
 */
function useLegend({ ids, drawn, chosen }: ChartRuns) {
  const [kept, setKept] = useState<readonly string[] | null>();
  const ready = ids !== undefined && drawn !== undefined;
  const own = chosen ? (drawn ?? none).map(({ id }) => id) : [];
  if (ready && kept === undefined) {
    const seen = new Set(ids.slice(0, inSight));
    setKept(own.length === 0 || own.some((id) => seen.has(id)) ? null : own);
  }
  return {
    ids: chosen ? (kept ?? null) : null,
    toggle: () => setKept(kept === null ? own : null),
  };
}

/** The name of an experiment; null without one. */
function useExperiment(id: string | undefined): string | null {
  const list = useOperation(
    'experiments.list',
    {},
    { topics: [topics.runs], enabled: id !== undefined },
  );
  return list.data?.experiments.find((one) => one.id === id)?.name ?? null;
}

import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type SavedView, topics, useOperation } from '../../client/index.ts';
import { to, useGo, useRoute } from '../../state/index.ts';
import { FilterField, filterProblem, notify, useRunCompletion } from '../../ui/index.ts';
import css from './charts.module.css';
import { RunList, type RunLook } from './RunList.tsx';
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
  onPoint,
}: {
  runs: ChartRuns;
  views: readonly SavedView[];
  view: SavedView | null;
  /** The runs within the brushes; null without any. */
  within: readonly string[] | null;
  onClearBrushes: () => void;
  /** Of the runs that are drawn. */
  looks: ReadonlyMap<string, RunLook>;
  lit: string | null;
  onPoint: (id: string | null) => void;
}) {
  const { t } = useTranslation('charts');
  const route = useRoute();
  const go = useGo();
  const complete = useRunCompletion();
  const { query } = route;
  const ids = runs.ids ?? none;
  const drawn = runs.drawn ?? none;
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
        ids={within ?? ids}
        looks={looks}
        ticked={drawn.map((run) => run.id)}
        onTick={tick}
        lit={lit}
        onPoint={onPoint}
        filterKey={JSON.stringify([query.filter, query.experiment, view?.id])}
      />
    </div>
  );
}

const none: readonly never[] = [];

/** The name of an experiment; null without one. */
function useExperiment(id: string | undefined): string | null {
  const list = useOperation(
    'experiments.list',
    {},
    { topics: [topics.runs], enabled: id !== undefined },
  );
  return list.data?.experiments.find((one) => one.id === id)?.name ?? null;
}

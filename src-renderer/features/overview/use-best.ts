import { type Output, topics, useOperation, useOperations } from '../../client/index.ts';
import { usePreferences } from '../../state/index.ts';
import { commonMetric, lowerIsBetter, metricField, uncommittedCode } from './attention.ts';
import { lastRuns } from './Runs.tsx';

const shown = 5;

export interface Best {
  readonly metric: string | null;
  readonly lower: boolean;
  /** Metrics to choose from. */
  readonly metrics: readonly string[];
  readonly runs: Output<'runs.list'>['rows'];
  /** Of each of the runs: files of its code that were never committed. */
  readonly uncommitted: readonly number[];
  choose(metric: string, lower: boolean): void;
}

/** The best runs by the metric that was chosen, or the one that most runs have. */
export function useBest(): Best {
  const recent = useOperation('runs.list', lastRuns, { topics: [topics.runs] }).data?.rows ?? [];
  const chosen = usePreferences((state) => state.bestBy);
  const set = usePreferences((state) => state.set);
  const metrics = [...new Set(recent.flatMap((run) => run.metrics.map(({ key }) => key)))].sort();
  const known = chosen !== null && metrics.includes(chosen.metric) ? chosen : null;
  const metric = known?.metric ?? commonMetric(recent);
  const lower = known?.lower ?? (metric !== null && lowerIsBetter(metric));
  const field = metric === null ? '' : metricField(metric);
  const { data } = useOperation(
    'runs.list',
    {
      filter: `${field} IS NOT NULL AND ${field} != NaN`,
      orderBy: `${field} ${lower ? 'ASC' : 'DESC'}`,
      limit: shown,
    },
    { topics: [topics.runs], enabled: metric !== null, keepPrevious: true },
  );
  const runs = metric === null ? [] : (data?.rows ?? []);
  const details = useOperations(
    'runs.get',
    runs.map(({ id }) => ({ id })),
    [topics.runs],
  );
  return {
    metric,
    lower,
    metrics,
    runs,
    uncommitted: runs.map((_, at) => {
      const run = details[at]?.data;
      return run === undefined ? 0 : uncommittedCode(run).length;
    }),
    choose: (next, nextLower) => set({ bestBy: { metric: next, lower: nextLower } }),
  };
}

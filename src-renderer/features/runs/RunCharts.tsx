import { Button, TextInput } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  ChartControls,
  ChartLegend,
  type ChartSettings,
  defaultChartSettings,
  MetricChart,
  pointsFor,
  type Series,
  type XRange,
} from '../../charts/index.ts';
import { type Output, type RunRow, topics, useCall, useOperation } from '../../client/index.ts';
import { EmptyState, ErrorState, runStyles, Skeletons } from '../../ui/index.ts';
import css from './runs.module.css';

type Found = Output<'runs.metrics'>['series'];
type Charted = Pick<RunRow, 'id' | 'label' | 'name' | 'experimentNumber' | 'number' | 'metrics'>;

const firstCharts = 8;
const mostRuns = 100;

/** The curves of several runs as small multiples over one range of x. */
export function RunCharts({
  runs,
  lit = null,
}: {
  runs: readonly Charted[];
  /** The run that is pointed at elsewhere: its curves stand out. */
  lit?: string | null;
}) {
  const { t } = useTranslation('runs');
  const [settings, setSettings] = useState<ChartSettings>(defaultChartSettings);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [pointed, setPointed] = useState<string | null>(null);
  const [range, setRange] = useState<XRange | null>(null);
  const [maxPoints, setMaxPoints] = useState(() => pointsFor(null, [], 'step'));
  const [limit, setLimit] = useState(firstCharts);
  const [text, setText] = useState('');
  const call = useCall();
  const drawn = runs.slice(0, mostRuns);
  const ids = drawn.map((run) => run.id);
  const keys = useMemo(() => curveKeys(runs), [runs]);
  const found = keys.filter((key) => key.toLowerCase().includes(text.toLowerCase()));
  const shown = found.slice(0, limit);
  const points = useOperation(
    'runs.metrics',
    { ids, keys: shown, maxPoints },
    { topics: [topics.runs], enabled: ids.length > 0 && shown.length > 0, keepPrevious: true },
  );
  const entries = useMemo(() => {
    const drawn = runs.slice(0, mostRuns);
    const styles = runStyles(drawn);
    return drawn.flatMap((run, index) => {
      const style = styles[index];
      if (style === undefined) return [];
      const { color, dash } = style;
      return [{ runId: run.id, label: `${run.label} ${run.name}`, color, dash }];
    });
  }, [runs]);
  if (keys.length === 0) {
    return (
      <EmptyState icon={<IconChartLine size={32} stroke={1.3} />} title={t('charts')}>
        {runs.length === 0 ? t('chartsHint') : t('page.noCurves')}
      </EmptyState>
    );
  }
  const loadAll = async (key: string): Promise<Series[]> => {
    const all = await call('runs.metrics', { ids, keys: [key], maxPoints: 1_000_000 });
    return seriesOf(all.series, key, entries);
  };
  const zoom = (next: XRange | null): void => {
    setRange(next);
    setMaxPoints(pointsFor(next, points.data?.series ?? [], settings.xAxis));
  };
  return (
    <div className={css.charts}>
      <div className={css.chartTools}>
        {keys.length > firstCharts && (
          <TextInput
            aria-label={t('page.findMetric')}
            placeholder={t('page.findMetric')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        {entries.length > 1 && (
          <ChartLegend
            entries={entries}
            hidden={hidden}
            onHiddenChange={setHidden}
            onHighlight={setPointed}
          />
        )}
        <ChartControls
          settings={settings}
          onChange={(next) => {
            if (next.xAxis !== settings.xAxis) zoom(null);
            setSettings(next);
          }}
        />
      </div>
      {points.data === undefined ? (
        points.error === null ? (
          <Skeletons rows={4} height={120} />
        ) : (
          <ErrorState error={points.error} onRetry={points.reload} />
        )
      ) : (
        <div className={css.chartGrid}>
          {shown.map((key) => (
            <OneChart
              key={key}
              metric={key}
              found={points.data?.series ?? nothing}
              entries={entries}
              settings={settings}
              range={range}
              onRange={zoom}
              hidden={hidden}
              highlight={pointed ?? (ids.includes(lit ?? '') ? lit : null)}
              onHighlight={setPointed}
              loadAll={loadAll}
            />
          ))}
        </div>
      )}
      {found.length > shown.length && (
        <Button onClick={() => setLimit(limit + firstCharts)}>
          {t('page.moreCharts', { count: found.length - shown.length })}
        </Button>
      )}
    </div>
  );
}

type Entry = Pick<Series, 'runId' | 'label' | 'color'>;
const nothing: Found = [];

function OneChart({
  metric,
  found,
  entries,
  settings,
  loadAll,
  ...rest
}: {
  metric: string;
  found: Found;
  entries: readonly Entry[];
  settings: ChartSettings;
  range: XRange | null;
  onRange: (range: XRange | null) => void;
  hidden: ReadonlySet<string>;
  highlight: string | null;
  onHighlight: (runId: string | null) => void;
  loadAll: (key: string) => Promise<Series[]>;
}) {
  const series = useMemo(() => seriesOf(found, metric, entries), [found, metric, entries]);
  return (
    <MetricChart
      title={metric}
      series={series}
      xAxis={settings.xAxis}
      smoothing={settings.smoothing}
      logX={settings.logX && settings.xAxis !== 'time'}
      logY={settings.logY}
      loadAll={() => loadAll(metric)}
      {...rest}
    />
  );
}

/** Metrics with more than one point in any of the runs. */
export function curveKeys(runs: readonly Pick<RunRow, 'metrics'>[]): string[] {
  const keys = new Set<string>();
  for (const run of runs) {
    for (const metric of run.metrics) if (metric.count > 1) keys.add(metric.key);
  }
  return [...keys].sort();
}

function seriesOf(found: Found, key: string, entries: readonly Entry[]): Series[] {
  return entries.flatMap((entry) => {
    const one = found.find((series) => series.runId === entry.runId && series.key === key);
    return one === undefined ? [] : [{ ...entry, ...one }];
  });
}

import { Button } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Output, topics, useCall, useOperation } from '../client/index.ts';
import { ErrorState, Skeletons } from '../ui/index.ts';
import { ChartControls, type ChartSettings, defaultChartSettings } from './ChartControls.tsx';
import { ChartLegend, type LegendEntry } from './ChartLegend.tsx';
import classes from './charts.module.css';
import { MetricChart, type MetricChartProps } from './MetricChart.tsx';
import { pointsFor } from './refetch.ts';
import type { Series, XRange } from './types.ts';

const firstCharts = 12;
const everyPoint = 1_000_000;

export interface CurveGridProps {
  /** Metrics, a chart each; a few at first, the others on demand. */
  readonly keys: readonly string[];
  /** The runs whose curves are drawn over each other. */
  readonly entries: readonly LegendEntry[];
  /** The run that is pointed at elsewhere: its curves stand out. */
  readonly lit?: string | null;
  /** What stands before the legend, such as a search for metrics. */
  readonly tools?: ReactNode;
}

/** Curves of runs as small multiples over one range of x; points are fetched as they are needed. */
export function CurveGrid({ keys, entries, lit = null, tools }: CurveGridProps) {
  const { t } = useTranslation('charts');
  const [settings, setSettings] = useState<ChartSettings>(defaultChartSettings);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [pointed, setPointed] = useState<string | null>(null);
  const [range, setRange] = useState<XRange | null>(null);
  const [maxPoints, setMaxPoints] = useState(() => pointsFor(null, [], 'step'));
  const [limit, setLimit] = useState(firstCharts);
  const ids = entries.map((entry) => entry.runId);
  const shown = keys.slice(0, limit);
  const points = useOperation(
    'runs.metrics',
    { ids, keys: shown, maxPoints },
    { topics: [topics.runs], enabled: ids.length > 0 && shown.length > 0, keepPrevious: true },
  );
  const zoom = (next: XRange | null): void => {
    setRange(next);
    setMaxPoints(pointsFor(next, points.data?.series ?? [], settings.xAxis));
  };
  return (
    <div>
      <div className={classes.gridTools}>
        {tools}
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
          shown.length > 0 && <Skeletons rows={4} height={120} />
        ) : (
          <ErrorState error={points.error} onRetry={points.reload} />
        )
      ) : (
        <div className={classes.grid}>
          {shown.map((metric) => (
            <Curves
              key={metric}
              metric={metric}
              found={points.data?.series ?? none}
              entries={entries}
              xAxis={settings.xAxis}
              smoothing={settings.smoothing}
              logX={settings.logX && settings.xAxis !== 'time'}
              logY={settings.logY}
              range={range}
              onRange={zoom}
              hidden={hidden}
              highlight={pointed ?? (ids.includes(lit ?? '') ? lit : null)}
              onHighlight={setPointed}
            />
          ))}
        </div>
      )}
      {keys.length > shown.length && (
        <Button onClick={() => setLimit(limit + firstCharts)}>
          {t('more', { count: keys.length - shown.length })}
        </Button>
      )}
    </div>
  );
}

type Found = Output<'runs.metrics'>['series'];
const none: Found = [];

interface CurvesProps extends Omit<MetricChartProps, 'title' | 'series' | 'loadAll'> {
  readonly metric: string;
  readonly found: Found;
  readonly entries: readonly LegendEntry[];
}

/** One metric of all the runs. */
function Curves({ metric, found, entries, ...chart }: CurvesProps) {
  const call = useCall();
  const series = useMemo(() => seriesOf(found, metric, entries), [found, metric, entries]);
  const loadAll = async (): Promise<Series[]> => {
    const ids = entries.map((entry) => entry.runId);
    const all = await call('runs.metrics', { ids, keys: [metric], maxPoints: everyPoint });
    return seriesOf(all.series, metric, entries);
  };
  return <MetricChart {...chart} title={metric} series={series} loadAll={loadAll} />;
}

function seriesOf(found: Found, key: string, entries: readonly LegendEntry[]): Series[] {
  return entries.flatMap((entry) => {
    const one = found.find((series) => series.runId === entry.runId && series.key === key);
    return one === undefined ? [] : [{ ...entry, ...one }];
  });
}

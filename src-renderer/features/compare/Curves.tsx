import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  ChartControls,
  ChartLegend,
  type ChartSettings,
  defaultChartSettings,
  type LegendEntry,
  MetricChart,
  type MetricChartProps,
  pointsFor,
  type Series,
  type XRange,
} from '../../charts/index.ts';
import {
  type DiffSummary,
  type Output,
  topics,
  useCall,
  useOperation,
} from '../../client/index.ts';
import { labelStyle, Section, Skeletons } from '../../ui/index.ts';
import css from './compare.module.css';
import { matching } from './rows.ts';

const firstCharts = 12;

/** The curves of both runs over each other, a chart per metric that both or either logged over steps. */
export function Curves({ summary, text }: { summary: DiffSummary; text: string }) {
  const { left, right } = summary;
  const ids = [...new Set([left.runId, right.runId].filter((id) => id !== null))];
  if (ids.length === 0) return null;
  return <RunCurves ids={ids} summary={summary} text={text} />;
}

function RunCurves({
  ids,
  summary,
  text,
}: {
  ids: readonly string[];
  summary: DiffSummary;
  text: string;
}) {
  const { t } = useTranslation('compare');
  const [settings, setSettings] = useState<ChartSettings>(defaultChartSettings);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [highlight, setHighlight] = useState<string | null>(null);
  const [range, setRange] = useState<XRange | null>(null);
  const [maxPoints, setMaxPoints] = useState(pointsFor(null, [], 'step'));
  const [limit, setLimit] = useState(firstCharts);
  const keys = useSeriesKeys(ids).filter((key) => matching(key, text));
  const shown = keys.slice(0, limit);
  const points = useOperation(
    'runs.metrics',
    { ids: [...ids], keys: shown, maxPoints },
    { topics: [topics.runs], enabled: shown.length > 0, keepPrevious: true },
  );
  const entries = useLegend(summary);
  if (keys.length === 0) return null;

  const zoom = (next: XRange | null): void => {
    setRange(next);
    setMaxPoints(pointsFor(next, points.data?.series ?? [], settings.xAxis));
  };
  return (
    <div className={css.curves}>
      <Section title={t('curves')}>
        <div className={css.curveTools}>
          <ChartLegend
            entries={entries}
            hidden={hidden}
            onHiddenChange={setHidden}
            onHighlight={setHighlight}
          />
          <ChartControls
            settings={settings}
            onChange={(next) => {
              if (next.xAxis !== settings.xAxis) zoom(null);
              setSettings(next);
            }}
          />
        </div>
        {points.data === undefined ? (
          <Skeletons rows={4} height={48} />
        ) : (
          <div className={css.chartGrid}>
            {shown.map((metric) => (
              <Curve
                key={metric}
                metric={metric}
                found={points.data?.series ?? none}
                entries={entries}
                ids={ids}
                xAxis={settings.xAxis}
                smoothing={settings.smoothing}
                logX={settings.logX && settings.xAxis !== 'time'}
                logY={settings.logY}
                range={range}
                onRange={zoom}
                hidden={hidden}
                highlight={highlight}
                onHighlight={setHighlight}
              />
            ))}
          </div>
        )}
        {keys.length > shown.length && (
          <Button onClick={() => setLimit(limit + firstCharts)}>
            {t('moreCurves', { count: keys.length - shown.length })}
          </Button>
        )}
      </Section>
    </div>
  );
}

/** Metrics with more than one point in any of the runs, in the order in which they were logged. */
function useSeriesKeys(ids: readonly string[]): string[] {
  const first = useOperation('runs.get', { id: ids[0] ?? '' }, { topics: [topics.runs] });
  const second = useOperation(
    'runs.get',
    { id: ids[1] ?? '' },
    { topics: [topics.runs], enabled: ids.length > 1 },
  );
  const metrics = [...(first.data?.metrics ?? []), ...(second.data?.metrics ?? [])];
  return [...new Set(metrics.filter((metric) => metric.count > 1).map((metric) => metric.key))];
}

function useLegend(summary: DiffSummary): LegendEntry[] {
  const { left, right } = summary;
  return useMemo(() => {
    const entries = [left, right].flatMap((side): LegendEntry[] => {
      if (side.runId === null) return [];
      const style = labelStyle(side.title.split(' ')[0] ?? '');
      return [{ runId: side.runId, label: side.title, color: style.color, dash: style.dash }];
    });
    const [a, b] = entries;
    if (a === undefined || b === undefined || a.runId === b.runId) return entries.slice(0, 1);
    // With two curves a pattern is needed only where the colours are the same.
    return [
      { ...a, dash: 'solid' },
      { ...b, dash: a.color === b.color ? 'dash' : 'solid' },
    ];
  }, [left, right]);
}

type Found = Output<'runs.metrics'>['series'];
const none: Found = [];

interface CurveProps extends Omit<MetricChartProps, 'title' | 'series' | 'loadAll'> {
  readonly metric: string;
  readonly found: Found;
  readonly entries: readonly LegendEntry[];
  readonly ids: readonly string[];
}

/** One metric of both runs. */
function Curve({ metric, found, entries, ids, ...chart }: CurveProps) {
  const call = useCall();
  const series = useMemo(() => seriesOf(found, metric, entries), [found, metric, entries]);
  const loadAll = async (): Promise<Series[]> => {
    const all = await call('runs.metrics', { ids: [...ids], keys: [metric], maxPoints: 1_000_000 });
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

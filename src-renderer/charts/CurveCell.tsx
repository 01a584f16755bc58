import { memo, useCallback, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../client/index.ts';
import { ErrorState } from '../ui/index.ts';
import classes from './charts.module.css';
import type { CurveEntry } from './curve-queries.ts';
import { extent } from './keyboard.ts';
import type { Lit } from './lit.ts';
import { MetricChart } from './MetricChart.tsx';
import { NearCell } from './NearCell.tsx';
import type { ChartSettings } from './settings.ts';
import type { Series, XRange } from './types.ts';
import { useCurves } from './use-curves.ts';

const everyPoint = 1_000_000;

export interface CurveCellProps {
  readonly metric: string;
  readonly entries: readonly CurveEntry[];
  readonly settings: ChartSettings;
  readonly height: number;
  readonly range: XRange | null;
  readonly onRange: (range: XRange | null) => void;
  readonly extent: XRange | null;
  /** Told when it is known how far the metric's own points reach. */
  readonly onExtent: (metric: string, own: XRange | null) => void;
  readonly hidden: ReadonlySet<string>;
  readonly lit: Lit;
  readonly onHighlight: (runId: string | null) => void;
}

/** Keeps the place of one metric; its chart is there while it is in sight. */
export const CurveCell = memo(function CurveCell(props: CurveCellProps) {
  return (
    <NearCell height={props.height}>
      <Curve {...props} />
    </NearCell>
  );
});

/** One metric of all the runs. */
function Curve(props: CurveCellProps) {
  const { metric, entries, settings, height, range, onExtent } = props;
  const { t } = useTranslation('charts');
  const call = useCall();
  const { series, error, reload } = useCurves(metric, entries, settings, range, true);
  const own = useMemo(
    () => (series === undefined ? null : extent(series, settings.xAxis)),
    [series, settings.xAxis],
  );
  useEffect(() => {
    if (own !== null) onExtent(metric, own);
  }, [metric, own, onExtent]);
  const plain = settings.xAxis !== 'metric' && entries.every((entry) => !entry.members);
  const loadAll = useCallback(async (): Promise<Series[]> => {
    const ids = entries.map((entry) => entry.runId);
    const all = await call('runs.metrics', { ids, keys: [metric], maxPoints: everyPoint });
    return entries.flatMap((entry) =>
      all.series.filter((one) => one.runId === entry.runId).map((one) => ({ ...one, ...entry })),
    );
  }, [call, entries, metric]);
  if (series === undefined) {
    return error !== null ? (
      <ErrorState error={error} onRetry={reload} />
    ) : (
      <div className={classes.waiting} style={{ height }} role="status">
        <span className={classes.hidden}>{t('loading', { title: metric })}</span>
      </div>
    );
  }
  return (
    <MetricChart
      title={metric}
      series={series}
      settings={settings}
      height={height}
      range={range}
      onRange={props.onRange}
      extent={props.extent}
      hidden={props.hidden}
      lit={props.lit}
      onHighlight={props.onHighlight}
      {...(plain ? { loadAll } : {})}
    />
  );
}

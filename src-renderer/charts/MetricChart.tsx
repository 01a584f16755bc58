import { useComputedColorScheme } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../ui/index.ts';
import { ChartFrame } from './ChartFrame.tsx';
import { ChartMenu } from './ChartMenu.tsx';
import { type DurationUnit, lastFinite, xColumn } from './columns.ts';
import { seriesCsv } from './csv.ts';
import { extent, nearestValues } from './keyboard.ts';
import type { Lit } from './lit.ts';
import { type MetricFigureInput, metricFigure } from './metric-figure.ts';
import { fromRelayout, relativeUnit, verticalRange } from './metric-scale.ts';
import { paintMetric } from './paint-metric.ts';
import { pointedAt, sayPlace } from './painted/index.ts';
import { curvePicture, legendOf } from './picture.ts';
import { loadPlotly } from './plotly.ts';
import type { ImageFormat } from './save.ts';
import { type ChartSettings, isLogX } from './settings.ts';
import { type ChartTokens, readTokens, resolveColor } from './theme.ts';
import type { Series, XRange } from './types.ts';
import { type Paint, usePainted } from './use-painted.ts';
import { useWalk } from './use-walk.ts';

export interface MetricChartProps {
  /** The metric's key; it names the chart, its y axis and its files. */
  readonly title: string;
  /** Points may be thinned; a new array of the same runs redraws without losing the zoom. */
  readonly series: readonly Series[];
  readonly settings: ChartSettings;
  /** Height of the drawing in pixels. */
  readonly height: number;
  /** The visible stretch of x, shared between small multiples; null shows all. */
  readonly range: XRange | null;
  /** Called when somebody zooms: the moment to fetch more points for what is visible. */
  readonly onRange: (range: XRange | null) => void;
  /** All of x of the small multiples, of which this is one. */
  readonly extent: XRange | null;
  /** Whether y begins at zero. */
  readonly fromZero?: boolean;
  /** Runs whose curves are not drawn. */
  readonly hidden?: ReadonlySet<string>;
  /** The run whose curves stand out. */
  readonly lit: Lit;
  /** The run whose curve is nearest to the pointer, or null. */
  readonly onHighlight?: (runId: string | null) => void;
  /** All points, for the CSV; without it, the points that are drawn. */
  readonly loadAll?: () => Promise<readonly Series[]>;
}

const none: ReadonlySet<string> = new Set();

/** Runs whose values are said in a row. */
const mostSaid = 8;

/**
 * Curves of one metric. The legend is the run list beside it (`ChartLegend`, or a table's rows).
 * Drag to zoom, double-click or `0` for all; the arrow keys walk along the points, and from run to run.
 */
export function MetricChart(props: MetricChartProps) {
  const { series, settings, range, extent: shared, title, onRange } = props;
  const { hidden = none, lit, fromZero = false, onHighlight } = props;
  const { xAxis } = settings;
  const { t } = useTranslation('charts');
  const dark = useComputedColorScheme() === 'dark';
  // As Plotly has it: powers of ten on a logarithmic axis.
  const [yRange, setYRange] = useState<readonly [number, number] | null>(null);
  const shown = useMemo(
    () => series.filter((one) => one.values.length > 0 && !hidden.has(one.runId)),
    [series, hidden],
  );
  const unit = relativeUnit(shown, xAxis);
  const all = useMemo(() => extent(shown, xAxis), [shown, xAxis]);
  const xTitle = axisTitle(t, settings, unit);

  // By its ends: the same stretch of x paints nothing again.
  const { from: least, to: most } = shared ?? all ?? { from: null, to: null };
  const input = useMemo(
    () =>
      (tokens: ChartTokens, color: (css: string) => string): MetricFigureInput => ({
        series: shown.map((one) => ({ ...one, color: color(one.color) })),
        xAxis,
        smoothing: settings.smoothing,
        logX: isLogX(settings),
        logY: settings.logY,
        ignoreOutliers: !settings.outliers,
        range,
        extent: least === null || most === null ? null : { from: least, to: most },
        yRange,
        fromZero,
        xTitle,
        tokens,
      }),
    [shown, xAxis, settings, range, least, most, yRange, fromZero, xTitle],
  );
  const paint = useMemo((): Paint | null => {
    if (shown.length === 0) return null;
    const words = { xTitle, raw: t('raw'), meanOf: (count: number) => t('meanOf', { count }) };
    return (o) => paintMetric(input(o.tokens, o.color), o, words);
  }, [shown, input, xTitle, t]);

  const setRange = useCallback(
    (next: XRange | null) => {
      setYRange(null);
      onRange(next);
    },
    [onRange],
  );
  const isShared = xAxis !== 'metric';
  const painted = usePainted(paint, {
    onRelayout: (update) => {
      const next = fromRelayout(update, { xAxis, logX: isLogX(settings), unit });
      if (next !== undefined) setRange(next);
      const y = verticalRange(update);
      if (y !== undefined) setYRange(y);
    },
    onReset: () => setRange(null),
    onPoint: (runId) => onHighlight?.(runId),
    isShared,
    onPainted: () => markCursor(),
  });
  const { element, light, point } = painted;
  useEffect(() => {
    const show = (): void => light(lit.get());
    show();
    return lit.subscribe(show);
  }, [lit, light]);

  const walk = useWalk({
    series: shown,
    xAxis,
    range,
    onRange: setRange,
    onRun: (runId) => onHighlight?.(runId),
  });
  const { cursor } = walk;
  const markCursor = useCallback((): void => {
    if (cursor === null) return;
    const values = nearestValues(shown, xAxis, cursor.x);
    point(({ plan }) => pointedAt(plan, values, cursor.runId));
  }, [point, cursor, shown, xAxis]);
  useEffect(() => {
    markCursor();
    return cursor === null ? undefined : () => point(() => null);
  }, [markCursor, cursor, point]);

  const picture = async (format: ImageFormat, name: string): Promise<Blob> => {
    const host = element.current;
    const plotly = await loadPlotly();
    if (host === null) throw new Error(t('notDrawn'));
    const size = { width: host.clientWidth, height: host.clientHeight };
    const tokens = readTokens(host, dark);
    const made = input(tokens, (css) => resolveColor(host, css));
    const o = { title: name, legend: legendOf(made.series), size };
    return curvePicture(plotly, metricFigure({ ...made, size }), tokens, format, o);
  };
  const drawing = { ...painted, picture, retry: () => {} };

  const hiddenByLog = useMemo(
    () => (isLogX(settings) ? countNotPositive(shown, xAxis) : 0),
    [settings, shown, xAxis],
  );
  const summary = [
    t('summary', { title, count: shown.length, axis: xTitle }),
    ...shown.slice(0, mostSaid).map((one) => {
      const last = lastFinite(one.values);
      const value = last < 0 ? t('noNumbers') : formatNumber(one.values[last] as number);
      return `${one.label}: ${value}`;
    }),
  ].join('. ');
  const now = cursor?.x ?? all?.from ?? 0;
  const place = `${xTitle} ${sayPlace(now, xAxis, unit)}`;
  const values = cursor === null ? [] : nearestValues(shown, xAxis, cursor.x);
  const said = values.filter((one) => cursor?.runId === null || one.runId === cursor?.runId);
  const spoken = said
    .slice(0, mostSaid)
    .map((one) => `${one.label}: ${formatNumber(one.value)}`)
    .join(', ');

  return (
    <ChartFrame
      title={title}
      summary={summary}
      height={props.height}
      plot={drawing}
      empty={
        shown.length > 0
          ? null
          : series.some((one) => one.values.length > 0)
            ? t('allHidden')
            : t(xAxis === 'metric' ? 'noCommon' : 'noPoints')
      }
      note={hiddenByLog > 0 ? t('belowLogX', { count: hiddenByLog }) : null}
      walk={{
        min: all?.from ?? 0,
        max: all?.to ?? 0,
        now,
        place,
        text: spoken === '' ? '' : `${place}. ${spoken}`,
        onKeyDown: walk.onKeyDown,
        onBlur: walk.leave,
      }}
      menu={
        <ChartMenu
          title={title}
          plot={drawing}
          csv={async () => seriesCsv(props.loadAll ? await props.loadAll() : shown)}
          onReset={() => setRange(null)}
        />
      }
    />
  );
}

/** What runs along x, in words. */
export function axisTitle(
  t: TFunction<'charts'>,
  { xAxis, xKey }: ChartSettings,
  unit: DurationUnit,
): string {
  if (xAxis === 'relative') return t('axis.relative', { unit: t(`unit.${unit}`) });
  return xAxis === 'metric' ? xKey : t(`axis.${xAxis}`);
}

/** Points that have no place on a logarithmic x axis. */
function countNotPositive(series: readonly Series[], xAxis: ChartSettings['xAxis']): number {
  let count = 0;
  for (const one of series) for (const x of xColumn(one, xAxis)) if (x <= 0) count += 1;
  return count;
}

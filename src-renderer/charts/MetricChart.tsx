import type { TFunction } from 'i18next';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../ui/index.ts';
import { ChartFrame } from './ChartFrame.tsx';
import { ChartMenu } from './ChartMenu.tsx';
import { type DurationUnit, lastFinite, xColumn } from './columns.ts';
import { seriesCsv } from './csv.ts';
import { highlightRun } from './highlight.ts';
import { extent, moveCursor, nearestValues, zoomRange } from './keyboard.ts';
import type { Lit } from './lit.ts';
import { metricFigure, unifiedHoverLimit } from './metric-figure.ts';
import { fromRelayout, relativeUnit, verticalRange } from './metric-scale.ts';
import { isDrawn, type Plotly, type PlotlyTrace } from './plotly.ts';
import { type ChartSettings, isLogX } from './settings.ts';
import type { Series, XRange } from './types.ts';
import { type Draw, usePlot } from './use-plot.ts';

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

/**
 * Curves of one metric. The legend is the run list beside it (`ChartLegend`, or a table's rows).
 * Drag to zoom, double-click or `0` for all; the arrow keys walk along the points.
 */
export function MetricChart(props: MetricChartProps) {
  const { series, settings, range, extent: shared, title, onRange } = props;
  const { hidden = none, lit, fromZero = false } = props;
  const { xAxis } = settings;
  const { t } = useTranslation('charts');
  // As Plotly has it: powers of ten on a logarithmic axis.
  const [yRange, setYRange] = useState<readonly [number, number] | null>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const shown = useMemo(
    () => series.filter((one) => one.values.length > 0 && !hidden.has(one.runId)),
    [series, hidden],
  );
  const many = shown.length > unifiedHoverLimit;
  const unit = relativeUnit(shown);
  const all = useMemo(() => extent(shown, xAxis), [shown, xAxis]);
  const xTitle = axisTitle(t, settings, unit);

  // By its ends: the same stretch of x draws nothing again.
  const { from: least, to: most } = shared ?? all ?? { from: null, to: null };
  const draw = useMemo((): Draw | null => {
    if (shown.length === 0) return null;
    return (tokens, color) =>
      metricFigure({
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
        words: { raw: t('raw'), meanOf: (count) => t('meanOf', { count }) },
        tokens,
      });
  }, [shown, xAxis, settings, range, least, most, yRange, fromZero, xTitle, t]);

  const setRange = useCallback(
    (next: XRange | null) => {
      setYRange(null);
      onRange(next);
    },
    [onRange],
  );
  const plot = usePlot(draw, {
    onRelayout: (update) => {
      const next = fromRelayout(update, { xAxis, logX: isLogX(settings), unit });
      if (next !== undefined) setRange(next);
      const y = verticalRange(update);
      if (y !== undefined) setYRange(y);
    },
    onDrawn: (element) => highlightRun(element, lit.get(), many),
    onHover: (runId) => props.onHighlight?.(runId),
  });

  useEffect(() => {
    const light = (): void => {
      if (plot.element.current !== null) highlightRun(plot.element.current, lit.get(), many);
    };
    light();
    return lit.subscribe(light);
  }, [plot.element, lit, many]);

  useEffect(() => {
    const element = plot.element.current;
    if (plot.plotly === null || element === null || !isDrawn(element)) return;
    if (cursor === null) plot.plotly.Fx.unhover(element);
    else hoverAt(plot.plotly, element, nearestValues(shown, xAxis, cursor));
  }, [cursor, plot.plotly, plot.element, shown, xAxis]);

  const walk = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? 10 : 1;
    const move = event.key === 'ArrowRight' ? step : event.key === 'ArrowLeft' ? -step : 0;
    if (move !== 0) setCursor(moveCursor(shown, xAxis, range, cursor, move));
    else if (event.key === '+' || event.key === '=')
      setRange(zoomRange(shown, xAxis, range, cursor, 0.5));
    else if (event.key === '-') setRange(zoomRange(shown, xAxis, range, cursor, 2));
    else if (event.key === '0') setRange(null);
    else if (event.key === 'Escape' && cursor !== null) setCursor(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const hiddenByLog = useMemo(
    () => (isLogX(settings) ? countNotPositive(shown, xAxis) : 0),
    [settings, shown, xAxis],
  );
  const summary = [
    t('summary', { title, count: shown.length, axis: xTitle }),
    ...shown.slice(0, 8).map((one) => {
      const last = lastFinite(one.values);
      const value = last < 0 ? t('noNumbers') : formatNumber(one.values[last] as number);
      return `${one.label}: ${value}`;
    }),
  ].join('. ');
  const spoken =
    cursor === null
      ? ''
      : nearestValues(shown, xAxis, cursor)
          .map((one) => `${one.label} ${formatNumber(one.value)}`)
          .join(', ');

  return (
    <ChartFrame
      title={title}
      summary={summary}
      height={props.height}
      plot={plot}
      empty={
        shown.length > 0
          ? null
          : series.length > 0
            ? t('allHidden')
            : t(xAxis === 'metric' ? 'noCommon' : 'noPoints')
      }
      note={hiddenByLog > 0 ? t('belowLogX', { count: hiddenByLog }) : null}
      walk={{
        min: all?.from ?? 0,
        max: all?.to ?? 0,
        now: cursor ?? all?.from ?? 0,
        text: spoken,
        onKeyDown: walk,
        onBlur: () => setCursor(null),
      }}
      menu={
        <ChartMenu
          title={title}
          plot={plot}
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

/** Shows the hover where the keyboard's cursor stands: of each run at the point on its main line. */
function hoverAt(
  plotly: Plotly,
  element: HTMLElement,
  values: ReturnType<typeof nearestValues>,
): void {
  const { data = [] } = element as HTMLElement & { data?: PlotlyTrace[] };
  const points = values.flatMap((value) => {
    const curveNumber = data.findIndex((trace) => {
      const meta = trace.meta as { runId: string; line: boolean } | undefined;
      return meta?.line === true && meta.runId === value.runId;
    });
    return curveNumber < 0 ? [] : [{ curveNumber, pointNumber: value.index }];
  });
  const [first] = points;
  if (first === undefined) return;
  const x = data[first.curveNumber]?.x as ArrayLike<number>;
  const unified = points.length <= unifiedHoverLimit;
  plotly.Fx.hover(element, unified ? { xval: x[first.pointNumber] as number } : points);
}

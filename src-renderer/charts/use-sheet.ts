/** Takes all charts of a section along: as one picture, as numbers, to the printer. */
import { useComputedColorScheme } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../client/index.ts';
import { seriesCsv } from './csv.ts';
import {
  againstInput,
  bandSeries,
  bandsInput,
  type CurveEntry,
  curveKind,
  runSeries,
  runsInput,
} from './curve-queries.ts';
import { extent } from './keyboard.ts';
import { axisTitle } from './MetricChart.tsx';
import { metricFigure } from './metric-figure.ts';
import { relativeUnit } from './metric-scale.ts';
import { loadPlotly } from './plotly.ts';
import { printPicture } from './print.ts';
import { pointsFor } from './refetch.ts';
import { figureSvg, fileName, rasterise, saveBlob } from './save.ts';
import { type ChartSettings, isLogX } from './settings.ts';
import { composeSheet, type Sheet } from './sheet.ts';
import { readTokens, resolveColor } from './theme.ts';
import type { Series, XRange } from './types.ts';

export type SheetFormat = 'svg' | 'png' | 'csv' | 'print';

/** More charts than this on one sheet are too small, and take too long. */
const mostCharts = 60;
/** Points of one file of numbers, and of one curve in it: a chart alone saves all that it has. */
const mostPoints = 5_000_000;
const mostOfCurve = 100_000;
const cell = { width: 460, height: 300 };
const columns = 3;

export interface SheetSource {
  readonly entries: readonly CurveEntry[];
  readonly settings: ChartSettings;
  readonly range: XRange | null;
  readonly hidden: ReadonlySet<string>;
}

/** @returns saves or prints the charts of some metrics, and whether that is going on */
export function useSheet(source: SheetSource): {
  readonly busy: boolean;
  readonly take: (keys: readonly string[], name: string, format: SheetFormat) => void;
} {
  const { t } = useTranslation('charts');
  const call = useCall();
  const dark = useComputedColorScheme() === 'dark';
  const [busy, setBusy] = useState(false);
  const { entries, settings, range, hidden } = source;

  const load = useCallback(
    async (keys: readonly string[], maxPoints: number, stretch: XRange | null) => {
      const shown = entries.filter((entry) => !hidden.has(entry.runId));
      const asked = { keys, entries: shown, settings, maxPoints, stretch };
      const read = async (): Promise<Series[]> => {
        switch (curveKind(shown, settings)) {
          case 'bands':
            return bandSeries((await call('charts.bands', bandsInput(asked))).bands, shown);
          case 'against':
            return runSeries((await call('charts.against', againstInput(asked))).series, shown);
          case 'runs':
            return runSeries((await call('runs.metrics', runsInput(asked))).series, shown);
        }
      };
      const byKey = Map.groupBy(await read(), ({ key }) => key);
      return keys.flatMap((key) => {
        const series = byKey.get(key)?.filter((one) => one.values.length > 0) ?? [];
        return series.length === 0 ? [] : [{ key, series }];
      });
    },
    [call, entries, settings, hidden],
  );

  const draw = useCallback(
    async (keys: readonly string[]): Promise<Sheet> => {
      const charts = await load(keys, pointsFor(entries.length).whole, range);
      const plotly = await loadPlotly();
      const tokens = readTokens(document.body, dark);
      const color = (css: string): string => resolveColor(document.body, css);
      const all = extent(
        charts.flatMap((chart) => chart.series),
        settings.xAxis,
      );
      const pictures: string[] = [];
      for (const { key, series } of charts) {
        const figure = metricFigure({
          series: series.map((one) => ({ ...one, color: color(one.color) })),
          xAxis: settings.xAxis,
          smoothing: settings.smoothing,
          logX: isLogX(settings),
          logY: settings.logY,
          ignoreOutliers: !settings.outliers,
          range,
          // Small multiples: all of them over the same stretch of x.
          extent: all,
          yRange: null,
          xTitle: axisTitle(t, settings, relativeUnit(series, settings.xAxis)),
          tokens,
          size: cell,
        });
        pictures.push(await figureSvg(plotly, figure, tokens, { title: key, ...cell }));
      }
      const legend = entries
        .filter((entry) => !hidden.has(entry.runId))
        .map((entry) => ({ ...entry, color: color(entry.color) }));
      return composeSheet({ pictures, columns, cell, legend, tokens });
    },
    [load, entries, settings, range, hidden, dark, t],
  );

  const run = useCallback(
    async (keys: readonly string[], name: string, format: SheetFormat): Promise<void> => {
      if (format === 'csv') {
        const each = Math.floor(mostPoints / Math.max(1, keys.length * entries.length));
        const charts = await load(keys, Math.max(1000, Math.min(mostOfCurve, each)), null);
        const series = charts.flatMap((chart) => chart.series);
        if (series.some((one) => (one.total ?? 0) > one.values.length)) {
          notifications.show({ message: t('section.csvThinned') });
        }
        const csv = seriesCsv(series);
        saveBlob(new Blob([csv], { type: 'text/csv' }), fileName(name, 'csv'));
        return;
      }
      const { svg, width, height } = await draw(keys);
      const blob = new Blob([svg], { type: 'image/svg+xml' });
      if (format === 'print') await printPicture(blob, name);
      else if (format === 'svg') saveBlob(blob, fileName(name, 'svg'));
      else saveBlob(await rasterise(svg, width, height), fileName(name, 'png'));
    },
    [load, draw, entries, t],
  );

  const take = useCallback(
    (keys: readonly string[], name: string, format: SheetFormat): void => {
      setBusy(true);
      if (keys.length > mostCharts) {
        notifications.show({
          message: t('section.savedFirst', { shown: mostCharts, total: keys.length }),
        });
      }
      run(keys.slice(0, mostCharts), name, format)
        .catch((error: unknown) => {
          const message = error instanceof Error ? error.message : String(error);
          notifications.show({ title: t('failed'), message, color: 'red' });
        })
        .finally(() => setBusy(false));
    },
    [run, t],
  );
  return { busy, take };
}

import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RunPlot, topics, useOperation } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { formatNumber, Section } from '../../ui/index.ts';
import type { LegendEntry } from '../ChartLegend.tsx';
import classes from '../charts.module.css';
import { matrixCsv, tableCsv } from '../csv.ts';
import { FigureChart } from '../FigureChart.tsx';
import { NearCell } from '../NearCell.tsx';
import { confusionFigure, confusionHeight } from './confusion-figure.ts';
import { plotFigure } from './plot-figure.ts';

const height = 280;
/** The core takes no more at once. */
const mostRuns = 24;

/**
 * Confusion matrices, ROC and other curves that runs logged as data, and the plots of dvc.yaml: of
 * several runs over or beside each other. Nothing where there are none.
 */
export function RunPlots({ runs }: { readonly runs: readonly LegendEntry[] }) {
  const { t } = useTranslation('charts');
  const ids = runs.slice(0, mostRuns).map((run) => run.runId);
  const { data } = useOperation(
    'runs.plots',
    { ids },
    {
      topics: [topics.runs, ...ids.map((id) => `run:${id}`)],
      enabled: ids.length > 0,
      keepPrevious: true,
    },
  );
  if (data === undefined || data.plots.length + data.problems.length === 0) return null;
  return (
    <Section title={t('plots.title')}>
      <div className={classes.grid}>
        {data.plots.map((plot) =>
          plot.shape === 'confusion' ? (
            plot.matrices.map((matrix) => (
              <Confusion
                key={`${plot.key} ${matrix.runId}`}
                plot={plot}
                matrix={matrix}
                label={
                  runs.length > 1
                    ? (runs.find((run) => run.runId === matrix.runId)?.label ?? '')
                    : ''
                }
              />
            ))
          ) : (
            <Drawn key={plot.key} plot={plot} runs={runs} />
          ),
        )}
      </div>
      {data.problems.map(({ runId, path, problem }) => (
        <p key={`${runId} ${path}`} className={classes.note}>
          {path}: {localized(problem)}
        </p>
      ))}
    </Section>
  );
}

function Drawn({ plot, runs }: { plot: RunPlot; runs: readonly LegendEntry[] }) {
  const { t } = useTranslation('charts');
  const figure = useMemo(
    () =>
      (tokens: Parameters<typeof confusionFigure>[0]['tokens'], color: (css: string) => string) =>
        plotFigure({ plot, runs, tokens, color, chanceWord: t('plots.chance') }),
    [plot, runs, t],
  );
  const bars = Math.max(0, ...plot.bars.map((one) => one.labels.length * plot.bars.length));
  const drawn = Math.max(height, Math.min(900, bars * 16 + 80));
  return (
    <NearCell height={drawn} reach={0}>
      <FigureChart
        title={plot.title}
        summary={t('plots.summary', {
          title: plot.title,
          count: plot.series.length + plot.bars.length,
        })}
        height={drawn}
        figure={figure}
        empty={t('noPoints')}
        csv={() => plotCsv(plot, runs)}
      />
    </NearCell>
  );
}

function Confusion({
  plot,
  matrix,
  label,
}: {
  plot: RunPlot;
  matrix: RunPlot['matrices'][number];
  /** Of the run, where there are several. */
  label: string;
}) {
  const { t } = useTranslation('charts');
  const [shares, setShares] = useState(plot.normalised);
  const { rows, columns, values } = matrix;
  const xTitle = plot.xTitle || t('plots.predicted');
  const yTitle = plot.yTitle || t('plots.actual');
  const figure = useMemo(
    () => (tokens: Parameters<typeof confusionFigure>[0]['tokens']) =>
      confusionFigure({ rows, columns, values, xTitle, yTitle, shares, tokens }),
    [rows, columns, values, xTitle, yTitle, shares],
  );
  const total = values.flat().reduce((sum, value) => sum + value, 0);
  const right = values.reduce((sum, row, index) => sum + (row[index] ?? 0), 0);
  const title = label === '' ? plot.title : `${plot.title} – ${label}`;
  return (
    <NearCell height={confusionHeight(rows.length)} reach={0}>
      <FigureChart
        title={title}
        summary={t('plots.confusion', {
          title,
          classes: rows.length,
          right: formatNumber(right),
          total: formatNumber(total),
        })}
        height={confusionHeight(rows.length)}
        figure={figure}
        empty={t('noPoints')}
        csv={() => matrixCsv(rows, columns, values)}
        tools={
          <SegmentedControl
            size="xs"
            aria-label={t('plots.cells')}
            value={shares ? 'shares' : 'counts'}
            onChange={(value) => setShares(value === 'shares')}
            data={[
              { value: 'counts', label: t('plots.counts') },
              { value: 'shares', label: t('plots.shares') },
            ]}
          />
        }
      />
    </NearCell>
  );
}

/** A row per point or bar: run, what it is of, x, y. */
function plotCsv(plot: RunPlot, runs: readonly LegendEntry[]): string {
  const label = (runId: string): string => runs.find((run) => run.runId === runId)?.label ?? runId;
  const points = plot.series.flatMap(({ runId, name, x, y }) =>
    Array.from(x, (at, index) => [label(runId), name, at, y[index] ?? null]),
  );
  const bars = plot.bars.flatMap(({ runId, name, labels, values }) =>
    labels.map((of, index) => [label(runId), name, of, values[index] ?? null]),
  );
  return tableCsv(['run', 'series', plot.xTitle || 'x', plot.yTitle || 'y'], [...points, ...bars]);
}

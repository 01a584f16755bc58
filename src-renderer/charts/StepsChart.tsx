import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { tableCsv } from './csv.ts';
import { FigureChart, type FigureChartProps } from './FigureChart.tsx';
import { bandsFigure, type RunHistograms, ridgesFigure, stepsHeight } from './steps-figure.ts';

export interface StepsChartProps {
  /** What the values are of. */
  readonly title: string;
  /** Memoise it. */
  readonly runs: readonly RunHistograms[];
  readonly shape: 'ridges' | 'bands';
  readonly note?: string | null;
  readonly tools?: ReactNode;
  readonly onPoint?: FigureChartProps['onPoint'];
}

/** How logged values lay, over the steps of each run. */
export function StepsChart(props: StepsChartProps) {
  const { title, runs, shape } = props;
  const { t } = useTranslation('charts');
  const figure = useMemo((): FigureChartProps['figure'] => {
    if (runs.every(({ histograms }) => histograms.length === 0)) return null;
    const words = { step: t('axis.step'), median: t('steps.median') };
    const make = shape === 'bands' ? bandsFigure : ridgesFigure;
    return (tokens, color) =>
      make({ runs: runs.map((run) => ({ ...run, color: color(run.color) })), words, tokens });
  }, [runs, shape, t]);
  return (
    <FigureChart
      title={title}
      height={stepsHeight(runs.length)}
      figure={figure}
      empty={t('noPoints')}
      note={props.note}
      tools={props.tools}
      {...(props.onPoint ? { onPoint: props.onPoint } : {})}
      summary={t('steps.summary', {
        title,
        count: runs.length,
        names: runs.map(({ label }) => label).join(', '),
      })}
      csv={() =>
        tableCsv(
          ['run', 'run_id', 'key', 'step', 'from', 'to', 'count'],
          runs.flatMap(({ runId, label, histograms }) =>
            histograms.flatMap(({ step, edges, counts }) =>
              Array.from(counts, (count, at) => [
                label,
                runId,
                title,
                step,
                edges[at] ?? null,
                edges[at + 1] ?? null,
                count,
              ]),
            ),
          ),
        )
      }
    />
  );
}

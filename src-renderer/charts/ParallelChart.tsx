import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { AxisBrush } from './AxisBrush.tsx';
import classes from './charts.module.css';
import { tableCsv } from './csv.ts';
import { FigureChart, type FigureChartProps } from './FigureChart.tsx';
import { parallelFigure, parallelMargin } from './parallel-figure.ts';
import { type Brush, brushed, type ParallelColumn, parallelAxis } from './parallel-scale.ts';
import { thinned } from './thin.ts';

/** Lines beyond these are a carpet. */
const mostLines = 1500;

/** The lines within and outside of the brushes, evenly fewer where there are very many. */
function drawnLines(
  inside: readonly number[],
  count: number,
): { readonly inside: readonly number[]; readonly outside: readonly number[] } {
  const within = new Set(inside);
  const others = Array.from({ length: count }, (_, index) => index).filter(
    (index) => !within.has(index),
  );
  return { inside: thinned(inside, mostLines), outside: thinned(others, mostLines) };
}

export interface ParallelChartProps {
  readonly title: string;
  /** An axis each, from left to right. */
  readonly columns: readonly ParallelColumn[];
  readonly runs: readonly { readonly id: string; readonly label: string }[];
  /** The axis that lines are coloured by. */
  readonly colorBy: string | null;
  readonly brushes: Readonly<Record<string, Brush>>;
  readonly onBrushes: (brushes: Readonly<Record<string, Brush>>) => void;
  readonly lit: string | null;
  readonly tools?: ReactNode;
  readonly onPoint?: FigureChartProps['onPoint'];
  readonly onOpen?: FigureChartProps['onOpen'];
}

/** A line per run across its params and metrics; stretches of the axes choose runs. */
export function ParallelChart(props: ParallelChartProps) {
  const { columns, runs, colorBy, brushes, onBrushes, lit } = props;
  const { t } = useTranslation('charts');
  const axes = useMemo(() => columns.map((column) => parallelAxis(column)), [columns]);
  const inside = useMemo(() => brushed(axes, brushes, runs.length), [axes, brushes, runs.length]);
  const drawn = useMemo(() => drawnLines(inside, runs.length), [inside, runs.length]);
  const figure = useMemo((): FigureChartProps['figure'] => {
    if (axes.length === 0 || runs.length === 0) return null;
    return (tokens, color) =>
      parallelFigure({
        axes,
        runs,
        ...drawn,
        colorBy,
        lit,
        colors: { low: color('var(--run-1)'), high: color('var(--run-0)') },
        tokens,
      });
  }, [axes, runs, drawn, colorBy, lit]);
  const change = (id: string, brush: Brush | null): void => {
    const { [id]: _, ...others } = brushes;
    onBrushes(brush === null ? others : { ...others, [id]: brush });
  };
  const { l, r, t: top, b } = parallelMargin;
  const last = Math.max(1, axes.length - 1);
  return (
    <FigureChart
      title={props.title}
      summary={t('parallel.summary', {
        axes: axes.map((axis) => axis.label).join(', '),
        shown: inside.length,
        total: runs.length,
      })}
      height={320}
      figure={figure}
      empty={t('noBars')}
      note={
        drawn.inside.length < inside.length
          ? t('thinned', { shown: drawn.inside.length, total: inside.length })
          : null
      }
      tools={props.tools}
      {...(props.onPoint ? { onPoint: props.onPoint } : {})}
      {...(props.onOpen ? { onOpen: props.onOpen } : {})}
      csv={() =>
        tableCsv(
          ['run', ...axes.map((axis) => axis.label)],
          inside.map((index) => [
            runs[index]?.label ?? '',
            ...axes.map((axis) => axis.values[index] ?? null),
          ]),
        )
      }
      over={
        <div className={classes.brushes} style={{ top, bottom: b }}>
          {axes.map((axis, index) => (
            <AxisBrush
              key={axis.id}
              axis={axis}
              left={`calc(${l}px + (100% - ${l + r}px) * ${index / last})`}
              brush={brushes[axis.id]}
              onChange={(brush) => change(axis.id, brush)}
            />
          ))}
        </div>
      }
    />
  );
}

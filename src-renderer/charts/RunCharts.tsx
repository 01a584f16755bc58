/** Charts of params and metrics, a point or a box of runs each. */
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { runColors } from '../ui/index.ts';
import { type ContourPoint, contourFigure } from './contour-figure.ts';
import { tableCsv } from './csv.ts';
import { type BoxInput, boxFigure, histogramFigure } from './distribution-figure.ts';
import { FigureChart, type FigureChartProps } from './FigureChart.tsx';
import { type ImportanceBar, importanceFigure, importanceHeight } from './importance-figure.ts';
import { pointsFigure, type RunPoint } from './points-figure.ts';
import { thinned } from './thin.ts';

type Figure = FigureChartProps['figure'];
type Handlers = Required<Pick<FigureChartProps, 'onPoint' | 'onOpen'>>;
const height = 300;
/** The colours of runs, for groups that have none of their own. */
const runPalette = Array.from({ length: runColors }, (_, index) => `var(--run-${index})`);
/** Points beyond these cover each other, and are slow to draw. */
const mostPoints = 5000;
/** The ends of a scale of shades that is told apart without red and green. */
const shades = (color: (css: string) => string) => ({
  low: color('var(--run-1)'),
  high: color('var(--run-0)'),
});

export interface RunPointsProps extends Handlers {
  readonly title: string;
  readonly points: readonly RunPoint[];
  readonly xTitle: string;
  readonly yTitle: string;
  readonly shadeTitle: string | null;
  readonly front: readonly number[] | null;
  readonly lit: string | null;
  readonly tools: ReactNode;
}

/** A point per run. */
export function RunPoints(props: RunPointsProps) {
  const { points, xTitle, yTitle, shadeTitle, front, lit } = props;
  const { t } = useTranslation('charts');
  const placed = useMemo(() => placedPoints(points), [points]);
  const shown = placed.length;
  const drawn = useMemo(() => {
    const onFront = new Set(front);
    return thinned(placed, mostPoints, (point) => onFront.has(point.index));
  }, [placed, front]);
  // A run that was left out is drawn while it is pointed at.
  const extra = useMemo(() => {
    if (lit === null || drawn.length === shown || drawn.some(({ id }) => id === lit)) return null;
    return placed.find(({ id }) => id === lit) ?? null;
  }, [lit, drawn, placed, shown]);
  const figure = useMemo((): Figure => {
    if (shown === 0) return null;
    const all = extra === null ? drawn : [...drawn, extra];
    const places = new Map(all.map((point, index) => [point.index, index]));
    return (tokens, color) => {
      const resolved = new Map<string, string>();
      const colorOf = (css: string): string => {
        const known = resolved.get(css) ?? color(css);
        resolved.set(css, known);
        return known;
      };
      return pointsFigure({
        points: all.map((point) => ({ ...point, color: colorOf(point.color) })),
        xTitle,
        yTitle,
        shadeTitle,
        front: front?.flatMap((index) => places.get(index) ?? []) ?? null,
        lit,
        colors: shades(color),
        tokens,
      });
    };
  }, [drawn, extra, shown, xTitle, yTitle, shadeTitle, front, lit]);
  return (
    <FigureChart
      {...props}
      height={height}
      figure={figure}
      empty={t('noRunHas')}
      note={drawn.length < shown ? t('thinned', { shown: drawn.length, total: shown }) : null}
      summary={t('pointsSummary', { title: props.title, count: shown })}
      csv={() =>
        tableCsv(
          [
            'run',
            'run_id',
            xTitle,
            yTitle,
            ...(shadeTitle === null ? [] : [shadeTitle]),
            ...(front === null ? [] : ['pareto_front']),
          ],
          points.map((point, index) => [
            point.label,
            point.id,
            point.x,
            point.y,
            ...(shadeTitle === null ? [] : [point.shade]),
            ...(front === null ? [] : [front.includes(index) ? 1 : 0]),
          ]),
        )
      }
    />
  );
}

/** The points that have a place, with their indices. */
function placedPoints(points: readonly RunPoint[]): (RunPoint & { readonly index: number })[] {
  return points.flatMap((point, index) =>
    point.x === null || point.y === null ? [] : [{ ...point, index }],
  );
}

export interface ContourChartProps extends Handlers {
  readonly title: string;
  readonly points: readonly ContourPoint[];
  readonly xTitle: string;
  readonly yTitle: string;
  readonly zTitle: string;
  readonly tools: ReactNode;
}

/** Each point of the surface weighs all of these. */
const mostContoured = 2000;
/** Fewer points than this make no surface. */
const fewestPoints = 4;

/** A metric between the runs, over two params. */
export function ContourChart(props: ContourChartProps) {
  const { points, xTitle, yTitle, zTitle } = props;
  const { t } = useTranslation('charts');
  const drawn = useMemo(() => thinned(points, mostContoured), [points]);
  const figure = useMemo((): Figure => {
    if (drawn.length < fewestPoints) return null;
    return (tokens, color) =>
      contourFigure({ points: drawn, xTitle, yTitle, zTitle, colors: shades(color), tokens });
  }, [drawn, xTitle, yTitle, zTitle]);
  return (
    <FigureChart
      {...props}
      height={height}
      figure={figure}
      empty={t('contourEmpty', { count: fewestPoints })}
      note={
        drawn.length < points.length
          ? t('thinned', { shown: drawn.length, total: points.length })
          : null
      }
      summary={t('pointsSummary', { title: props.title, count: points.length })}
      csv={() =>
        tableCsv(
          ['run', 'run_id', xTitle, yTitle, zTitle],
          points.map((point) => [point.label, point.id, point.x, point.y, point.z]),
        )
      }
    />
  );
}

export interface HistogramProps {
  readonly title: string;
  readonly valueTitle: string;
  readonly values: readonly (number | string | null)[];
  /** The group of each value, and what is said of groups that are left out. */
  readonly groups?: readonly string[] | undefined;
  readonly note?: string | null;
  readonly tools: ReactNode;
}

/** How often which value occurs. */
export function Histogram(props: HistogramProps) {
  const { values, valueTitle, groups } = props;
  const { t } = useTranslation('charts');
  const known = values.filter((value) => value !== null).length;
  const countTitle = t('runsAxis');
  const figure = useMemo((): Figure => {
    if (known === 0) return null;
    return (tokens, color) =>
      histogramFigure({
        values,
        groups,
        title: valueTitle,
        countTitle,
        colors: runPalette.map(color),
        tokens,
      });
  }, [values, groups, known, valueTitle, countTitle]);
  return (
    <FigureChart
      {...props}
      height={height}
      figure={figure}
      empty={t('noRunHas')}
      summary={t('pointsSummary', { title: props.title, count: known })}
      csv={() =>
        tableCsv(
          [valueTitle, ...(groups === undefined ? [] : ['group'])],
          values.map((value, index) => [
            value,
            ...(groups === undefined ? [] : [groups[index] ?? null]),
          ]),
        )
      }
    />
  );
}

export interface BoxChartProps extends Handlers {
  readonly title: string;
  readonly note?: string | null;
  readonly boxes: BoxInput['boxes'];
  readonly xTitle: string;
  readonly yTitle: string;
  readonly tools: ReactNode;
}

/** Median, quartiles and the points themselves, for each value of something. */
export function BoxChart(props: BoxChartProps) {
  const { boxes, xTitle, yTitle } = props;
  const { t } = useTranslation('charts');
  const figure = useMemo((): Figure => {
    if (boxes.length === 0) return null;
    return (tokens) => boxFigure({ boxes, xTitle, yTitle, tokens });
  }, [boxes, xTitle, yTitle]);
  return (
    <FigureChart
      {...props}
      height={height}
      figure={figure}
      empty={t('noRunHas')}
      summary={t('pointsSummary', {
        title: props.title,
        count: boxes.reduce((sum, box) => sum + box.values.length, 0),
      })}
      csv={() =>
        tableCsv(
          ['run', 'run_id', xTitle, yTitle],
          boxes.flatMap((box) =>
            box.values.map((value, i) => [
              box.runs[i]?.label ?? '',
              box.runs[i]?.id ?? '',
              box.name,
              value,
            ]),
          ),
        )
      }
    />
  );
}

export interface ImportanceChartProps {
  readonly title: string;
  readonly valueTitle: string;
  readonly unknown: string;
  readonly bars: readonly ImportanceBar[];
  readonly signed: boolean;
  readonly empty: string;
  readonly tools?: ReactNode;
}

/** Bars with how sure each is. */
export function ImportanceChart(props: ImportanceChartProps) {
  const { bars, valueTitle, signed, unknown } = props;
  const { t } = useTranslation('charts');
  const key = JSON.stringify(bars);
  const figure = useMemo((): Figure => {
    const drawn = JSON.parse(key) as readonly ImportanceBar[];
    if (drawn.length === 0) return null;
    return (tokens) =>
      importanceFigure({ bars: drawn, title: valueTitle, signed, unknown, tokens });
  }, [key, valueTitle, signed, unknown]);
  return (
    <FigureChart
      {...props}
      height={importanceHeight(bars.length)}
      figure={figure}
      summary={t('barsCount', { title: props.title, count: bars.length })}
      csv={() =>
        tableCsv(
          ['param', valueTitle, 'low', 'high'],
          bars.map(({ label, value }) => [
            label,
            value?.value ?? null,
            value?.low ?? null,
            value?.high ?? null,
          ]),
        )
      }
    />
  );
}

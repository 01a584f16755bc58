import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../ui/index.ts';
import { barFigure, barHeight } from './bar-figure.ts';
import { ChartFrame } from './ChartFrame.tsx';
import { ChartMenu } from './ChartMenu.tsx';
import { barsCsv } from './csv.ts';
import type { Bar } from './types.ts';
import { type Draw, usePlot } from './use-plot.ts';

export interface BarChartProps {
  readonly title: string;
  readonly bars: readonly Bar[];
  /** What the values are, for the axis and the CSV. */
  readonly valueTitle: string;
  /** Height in pixels where the number of bars does not set it. */
  readonly height?: number;
  readonly log?: boolean;
  /** Ends of the value axis, for values that have bounds. Not to be made anew in every drawing. */
  readonly range?: readonly [low: number, high: number];
  /** Said below the bars, as what they leave out. */
  readonly note?: string | null;
  /** Switches beside the title. */
  readonly tools?: ReactNode;
  readonly selected?: string | null;
  readonly onSelect?: (id: string) => void;
}

/** A bar per layer, in the given order: lying with their names while they fit, standing when many. */
export function BarChart(props: BarChartProps) {
  const { bars, title, valueTitle, log = false, range, selected = null } = props;
  const { t } = useTranslation('charts');
  const emptyWord = t('notMeasured');
  const draw = useMemo((): Draw | null => {
    if (bars.length === 0) return null;
    return (tokens, color) =>
      barFigure({
        bars: bars.map((bar) => (bar.color ? { ...bar, color: color(bar.color) } : bar)),
        valueTitle,
        log,
        range,
        selected,
        emptyWord,
        tokens,
      });
  }, [bars, valueTitle, log, range, selected, emptyWord]);
  const plot = usePlot(draw, {
    onClick: (point) => {
      const bar = bars[point];
      if (bar) props.onSelect?.(bar.id);
    },
  });
  const highest = bars.reduce<Bar | null>(
    (best, bar) => (bar.value !== null && bar.value > (best?.value ?? -1) ? bar : best),
    null,
  );
  const summary =
    highest === null
      ? t('barsEmpty', { title, count: bars.length })
      : t('barsSummary', {
          title,
          count: bars.length,
          name: highest.label,
          value: formatNumber(highest.value ?? 0),
        });
  return (
    <ChartFrame
      title={title}
      summary={summary}
      height={barHeight(bars.length) ?? props.height ?? 240}
      plot={plot}
      tools={props.tools}
      note={props.note}
      empty={bars.length > 0 ? null : t('noBars')}
      menu={<ChartMenu title={title} plot={plot} csv={() => barsCsv(bars, valueTitle)} />}
    />
  );
}

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ChartFrame } from './ChartFrame.tsx';
import { ChartMenu } from './ChartMenu.tsx';
import type { Figure } from './layout.ts';
import type { PlotlyBundle } from './plotly.ts';
import type { ChartTokens } from './theme.ts';
import { type Draw, type PlotHandlers, usePlot } from './use-plot.ts';

export interface FigureChartProps {
  readonly title: string;
  /** What a screen reader says of it: the gist of the numbers. */
  readonly summary: string;
  readonly height: number;
  /** Memoise it: a new one draws again. Null where there is nothing to draw. */
  readonly figure: ((tokens: ChartTokens, color: (css: string) => string) => Figure) | null;
  /** Said where there is nothing to draw. */
  readonly empty: string;
  readonly csv: () => string;
  readonly tools?: ReactNode;
  /** Said below the drawing, as what it leaves out. */
  readonly note?: string | null | undefined;
  /** Laid over the drawing, as brushes are. */
  readonly over?: ReactNode;
  readonly onPoint?: (runId: string | null) => void;
  readonly onOpen?: (runId: string) => void;
  /** Cairn's own figures are flat. Changed only together with the `key`. */
  readonly bundle?: PlotlyBundle;
}

/** Whether what a figure is drawn from is on its way: then it is not said that there is nothing. */
export const FigureWaiting = createContext(false);

/** Any drawing of runs, with a title, a menu to take it along, and its states. */
export function FigureChart(props: FigureChartProps) {
  const { figure } = props;
  const { t } = useTranslation('charts');
  const waiting = useContext(FigureWaiting);
  const draw = useMemo((): Draw | null => figure, [figure]);
  const handlers: PlotHandlers = {
    onHover: (runId) => props.onPoint?.(runId),
    onClick: (_, runId) => {
      if (runId !== null) props.onOpen?.(runId);
    },
  };
  const plot = usePlot(draw, handlers, props.bundle);
  return (
    <ChartFrame
      title={props.title}
      summary={props.summary}
      height={props.height}
      plot={plot}
      tools={props.tools}
      over={figure === null ? null : props.over}
      empty={figure !== null ? null : waiting ? t('loading', { title: props.title }) : props.empty}
      note={props.note}
      menu={<ChartMenu title={props.title} plot={plot} csv={props.csv} />}
    />
  );
}

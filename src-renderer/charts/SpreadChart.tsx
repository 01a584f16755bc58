import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { tableCsv } from './csv.ts';
import { FigureChart, type FigureChartProps } from './FigureChart.tsx';
import { type SpreadFigureInput, spreadFigure } from './spread-figure.ts';

export type SpreadChartProps = Omit<SpreadFigureInput, 'tokens'> & {
  readonly title: string;
  readonly height?: number;
};

/** How values counted in bins lie, one outline a side. Memoise `outlines`. */
export function SpreadChart(props: SpreadChartProps) {
  const { title, from, width, outlines, xTitle, yTitle, exponents } = props;
  const { t } = useTranslation('charts');
  const bins = Math.max(0, ...outlines.map(({ counts }) => counts.length));
  const figure = useMemo((): FigureChartProps['figure'] => {
    if (bins === 0) return null;
    return (tokens, color) =>
      spreadFigure({
        from,
        width,
        outlines: outlines.map((one) => ({ ...one, color: color(one.color) })),
        xTitle,
        yTitle,
        exponents,
        tokens,
      });
  }, [bins, from, width, outlines, xTitle, yTitle, exponents]);
  return (
    <FigureChart
      title={title}
      height={props.height ?? 200}
      figure={figure}
      empty={t('noBars')}
      summary={t('pointsSummary', { title, count: bins })}
      csv={() =>
        tableCsv(
          ['from', 'to', ...outlines.map(({ label }) => label)],
          Array.from({ length: bins }, (_, bin) => [
            from + bin * width,
            from + (bin + 1) * width,
            ...outlines.map(({ counts }) => counts[bin] ?? 0),
          ]),
        )
      }
    />
  );
}

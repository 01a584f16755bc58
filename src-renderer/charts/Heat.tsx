import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ChartFrame } from './ChartFrame.tsx';
import { ChartMenu } from './ChartMenu.tsx';
import { matrixCsv } from './csv.ts';
import { heatFigure } from './heat-figure.ts';
import { type Draw, usePlot } from './use-plot.ts';

export interface HeatProps {
  readonly title: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** `values[row][column]`; null where there is none. */
  readonly values: readonly (readonly (number | null)[])[];
  readonly valueTitle: string;
  readonly log?: boolean;
  /** Switches beside the title. */
  readonly tools?: ReactNode;
  readonly height?: number;
}

/** A matrix as shaded cells, the strongest colour for the largest value. */
export function Heat(props: HeatProps) {
  const { rows, columns, values, valueTitle, title, log = false } = props;
  const { t } = useTranslation('charts');
  const draw = useMemo((): Draw | null => {
    if (rows.length === 0 || columns.length === 0) return null;
    return (tokens) => heatFigure({ rows, columns, values, valueTitle, log, tokens });
  }, [rows, columns, values, valueTitle, log]);
  const plot = usePlot(draw, {});
  return (
    <ChartFrame
      title={title}
      summary={t('heatSummary', { title, rows: rows.length, columns: columns.length })}
      height={props.height ?? Math.min(560, rows.length * 22 + 90)}
      plot={plot}
      tools={props.tools}
      empty={draw === null ? t('noBars') : null}
      menu={<ChartMenu title={title} plot={plot} csv={() => matrixCsv(rows, columns, values)} />}
    />
  );
}

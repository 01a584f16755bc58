import { useMemo, useState } from 'react';
import { ChartLegend } from './ChartLegend.tsx';
import classes from './charts.module.css';
import { extent } from './keyboard.ts';
import { createLit } from './lit.ts';
import { MetricChart } from './MetricChart.tsx';
import { NearCell } from './NearCell.tsx';
import { legendOf } from './picture.ts';
import { defaultChartSettings } from './settings.ts';
import type { Series, XAxis, XRange } from './types.ts';

export interface CurveChartsProps {
  /** Keep the array stable while its curves are. */
  readonly charts: readonly { readonly title: string; readonly series: readonly Series[] }[];
  readonly xAxis: XAxis;
  /** Height of each drawing in pixels. */
  readonly height?: number;
  /** Whether y begins at zero. */
  readonly fromZero?: boolean;
}

/** Curves that are there already, as small multiples over one stretch of x, with one legend. */
export function CurveCharts({ charts, xAxis, height = 180, fromZero = false }: CurveChartsProps) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set<string>());
  const [range, setRange] = useState<XRange | null>(null);
  const [lit] = useState(createLit);
  const settings = useMemo(() => ({ ...defaultChartSettings, xAxis }), [xAxis]);
  const entries = useMemo(() => legendOf(charts.flatMap((chart) => chart.series)), [charts]);
  const whole = useMemo(
    () =>
      extent(
        charts.flatMap((chart) => chart.series),
        xAxis,
      ),
    [charts, xAxis],
  );
  return (
    <div>
      <div className={classes.gridTools}>
        <ChartLegend
          entries={entries}
          hidden={hidden}
          onHiddenChange={setHidden}
          onHighlight={lit.set}
        />
      </div>
      <div className={classes.grid}>
        {charts.map(({ title, series }) => (
          <NearCell key={title} height={height} reach={0}>
            <MetricChart
              title={title}
              series={series}
              settings={settings}
              height={height}
              range={range}
              onRange={setRange}
              extent={whole}
              fromZero={fromZero}
              hidden={hidden}
              lit={lit}
              onHighlight={lit.set}
            />
          </NearCell>
        ))}
      </div>
    </div>
  );
}

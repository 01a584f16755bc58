/**
 * Charts, and the only importer of Plotly. Figures are built by pure functions (`*-figure.ts`) from
 * plain columns and the page's tokens; components draw them when they come into view.
 */
export { ArrangeMenu } from './ArrangeMenu.tsx';
export { BarChart } from './BarChart.tsx';
export { type LegendEntry, LineSample } from './ChartLegend.tsx';
export { CurveCharts } from './CurveCharts.tsx';
export { CurveGrid, defaultChartLayout } from './CurveGrid.tsx';
export type { CurveEntry } from './curve-queries.ts';
export { FigureWaiting } from './FigureChart.tsx';
export { type Direction, paretoFront } from './front.ts';
export { Heat } from './Heat.tsx';
export { JsonFigure } from './JsonFigure.tsx';
export { createLit, type Lit } from './lit.ts';
export { ParallelChart } from './ParallelChart.tsx';
export { type Brush, brushed, parallelAxis } from './parallel-scale.ts';
export { preloadCharts } from './plotly.ts';
export { RunPlots } from './plots/RunPlots.tsx';
export type { RunPoint } from './points-figure.ts';
export { BoxChart, ContourChart, Histogram, ImportanceChart, RunPoints } from './RunCharts.tsx';
export { SpreadChart } from './SpreadChart.tsx';
export { StepsChart } from './StepsChart.tsx';
export { fileName, saveBlob } from './save.ts';
export type { Bar } from './types.ts';
export { useNear } from './use-near.ts';
export { byValue } from './value-order.ts';

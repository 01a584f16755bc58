/**
 * Charts, and the only importer of Plotly. Figures are built by pure functions (`*-figure.ts`) from
 * plain columns and the page's tokens; components draw them when they come into view.
 */
export { BarChart } from './BarChart.tsx';
export { type LegendEntry, LineSample } from './ChartLegend.tsx';
export { CurveGrid, defaultChartLayout } from './CurveGrid.tsx';
export { Heat } from './Heat.tsx';
export type { Bar } from './types.ts';
export type { CurveEntry } from './use-curves.ts';

/**
 * Charts, and the only importer of Plotly. Figures are built by pure functions (`*-figure.ts`) from
 * plain columns and the page's tokens; components draw them when they come into view.
 */
export { BarChart } from './BarChart.tsx';
export { ChartControls, type ChartSettings, defaultChartSettings } from './ChartControls.tsx';
export { ChartLegend, type LegendEntry } from './ChartLegend.tsx';
export { Heat } from './Heat.tsx';
export { MetricChart, type MetricChartProps } from './MetricChart.tsx';
export { pointsFor } from './refetch.ts';
export type { Bar, Dash, Series, XRange } from './types.ts';

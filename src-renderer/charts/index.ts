/**
 * Charts, and the only importer of Plotly. Figures are built by pure functions (`*-figure.ts`) from
 * plain columns and the page's tokens; components draw them when they come into view.
 */
export { BarChart } from './bar-chart.tsx';
export { ChartControls, type ChartSettings, defaultChartSettings } from './controls.tsx';
export { Heat } from './heat.tsx';
export { ChartLegend, type LegendEntry } from './legend.tsx';
export { MetricChart } from './metric-chart.tsx';
export type { Bar, Dash, Series, XRange } from './types.ts';

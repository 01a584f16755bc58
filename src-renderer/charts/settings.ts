/** How a page of metric charts is drawn. */
import type { ChartLayout } from '../client/index.ts';

export type ChartSettings = ChartLayout['settings'];

export const defaultChartSettings: ChartSettings = {
  xAxis: 'step',
  xKey: '',
  smoothing: { kind: 'average', amount: 0 },
  logX: false,
  logY: false,
  outliers: true,
  groupBy: '',
  spread: 'range',
};

/** Whether x can be logarithmic: moments cannot. */
export function isLogX(settings: ChartSettings): boolean {
  return settings.logX && settings.xAxis !== 'time';
}

/**
 * Taking results elsewhere: tables of runs and of metric histories as CSV and Parquet. Files are
 * written beside their place and moved there when they are whole.
 */
export { exportMetrics } from './metrics-table.ts';
export { exportRuns } from './runs-table.ts';
export type { Exported, ExportTarget } from './write-file.ts';

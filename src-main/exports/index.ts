/**
 * Taking results elsewhere: tables of runs and of metric histories as CSV and
 * Parquet, a run or a comparison as one HTML page, a comparison of models as a report. Files are
 * written beside their place and moved there when they are whole.
 */
export { exportMetrics } from './metrics-table.ts';
export { type ModelReportFormat, modelReport } from './model-report.ts';
export type { ModelParts } from './model-report-parts.ts';
export { exportRuns } from './runs-table.ts';
export { sharePage } from './share.ts';
export { taskVectorReport } from './task-vector-report.ts';
export { writeWholeFile } from './whole-file.ts';
export type { Exported, ExportTarget } from './write-file.ts';

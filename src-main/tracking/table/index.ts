/**
 * What the runs table asks: cells of some columns, which columns there are, runs in groups and below
 * each other, and help with writing a filter. A column is a field of the filter language
 * (tracking/query); only what is asked for is read.
 */
export { aggregateGroups } from './aggregate.ts';
export { packColumns, sampleWithMetric } from './columns.ts';
export { completeFilter } from './complete.ts';
export { type FoundRun, groupByFields, groupBySeed, orderGroups } from './groups.ts';
export { summariseKeys } from './keys.ts';
export { readRows } from './rows.ts';
export { nestRuns } from './tree.ts';

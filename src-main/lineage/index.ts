/** Artifacts, executions and events. Which run did what with which content, and what led to what. */
export { type LineageNode, traceRun } from './graph.ts';
export { type ExecutionUpdate, Lineage, type NewEvent, type NewExecution } from './lineage.ts';

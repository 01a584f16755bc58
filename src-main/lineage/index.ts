/** Artifacts, executions and events. Which run did what with which content. */
export { type ExecutionUpdate, Lineage, type NewEvent, type NewExecution } from './lineage.ts';

/** How busy a run keeps its machine: processor, memory, disk, network and graphics cards over time. */
export { type LoadRow, readLoadLog } from './log.ts';
export { LoadRecorder, type LoadWatch } from './recorder.ts';

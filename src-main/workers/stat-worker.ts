/** A thread that helps to look at many files; see `cas/sweep.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { type SweepTask, sweepPortion } from '../cas/sweep-part.ts';

const task = workerData as SweepTask;
const names = task.names.split('\0');
const differing: number[] = [];
while (sweepPortion(task, names, differing));
parentPort?.postMessage(differing);

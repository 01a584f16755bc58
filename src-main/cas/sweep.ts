/**
 * Looks whether the files of a large directory are as they were, without listing it again: a folder
 * whose times are the same has the same names in it.
 */
import { availableParallelism } from 'node:os';
import { isAbsolute, relative, sep } from 'node:path';
import { Worker } from 'node:worker_threads';
import { threadEntry } from '../base/thread-entry.ts';
import { type SweepTask, statParts, sweepPortion } from './sweep-part.ts';
import { Turns } from './turns.ts';

/** Below this many names, starting a thread takes longer than it saves. */
const threadPays = 20_000;
/** More threads than this wait for each other in the kernel. */
const maxThreads = 8;

/**
 * Compares the stats of files and folders with known ones.
 * @param absolute the folder that they are in
 * @param known inode, size, modified, changed of each name
 * @returns the indices of the names whose stats differ, in no order
 */
export async function sweep(
  absolute: string,
  names: readonly string[],
  known: BigInt64Array,
  signal?: AbortSignal,
  threads = Math.min(availableParallelism(), maxThreads),
): Promise<number[]> {
  const task = shareTask(absolute, names, known);
  const helpers = names.length < threadPays ? 0 : threads - 1;
  const differing: number[] = [];
  const working = Array.from({ length: helpers }, () => startHelper(task));
  try {
    const turns = new Turns();
    while (sweepPortion(task, names, differing)) {
      if (turns.over) await turns.pass(signal);
    }
    for (const helper of working) {
      const found = await helper.differing;
      // A thread that could not be had took some names with it.
      if (found === null) return await sweep(absolute, names, known, signal, 1);
      differing.push(...found);
    }
    return differing;
  } finally {
    for (const helper of working) helper.stop();
  }
}

function shareTask(absolute: string, names: readonly string[], known: BigInt64Array): SweepTask {
  const shared = new BigInt64Array(new SharedArrayBuffer(names.length * statParts * 8));
  shared.set(known);
  return {
    folder: `${fromHere(absolute)}/`,
    names: names.join('\0'),
    known: shared,
    next: new Int32Array(new SharedArrayBuffer(4)),
  };
}

/** The kernel looks up every part of a path for every file: below the current folder fewer will do. */
function fromHere(absolute: string): string {
  const path = relative(process.cwd(), absolute);
  const below = path !== '' && !isAbsolute(path) && path !== '..' && !path.startsWith(`..${sep}`);
  return below ? path : absolute;
}

/** `differing` resolves to null when the thread came to nothing. */
function startHelper(task: SweepTask): { differing: Promise<number[] | null>; stop: () => void } {
  const worker = new Worker(threadEntry('stat-worker'), { workerData: task, execArgv: [] });
  const differing = new Promise<number[] | null>((resolve) => {
    worker.once('message', resolve);
    worker.once('error', () => resolve(null));
    worker.once('exit', () => resolve(null));
  });
  return { differing, stop: () => void worker.terminate() };
}

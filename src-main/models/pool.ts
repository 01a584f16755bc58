/** Measuring threads, started when there is work and ended together. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { asCairnError, CairnError } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import { threadEntry } from '../base/thread-entry.ts';
import type { TensorAnswer, TensorReply, TensorTask } from '../formats/tensor-task.ts';

/** More threads than this only wait for the disk. */
const maxThreads = 8;

interface Job {
  readonly task: TensorTask;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

interface Thread {
  readonly worker: Worker;
  job: Job | null;
}

/**
 * Runs something with a pool of its own, which ends with it or when the work is cancelled.
 * @throws CairnError what `run` throws; `cancelled`
 */
export async function withPool<T>(
  { signal }: Work,
  run: (pool: TensorPool) => Promise<T>,
): Promise<T> {
  if (signal?.aborted) throw new CairnError('cancelled', 'Cancelled.');
  await using pool = new TensorPool();
  const cancel = () => void pool[Symbol.asyncDispose]();
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    return await run(pool);
  } catch (error) {
    throw signal?.aborted ? new CairnError('cancelled', 'Cancelled.') : asCairnError(error);
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

export class TensorPool implements AsyncDisposable {
  readonly size = Math.max(1, Math.min(availableParallelism(), maxThreads));
  readonly #threads: Thread[] = [];
  readonly #waiting: Job[] = [];
  #ended: CairnError | null = null;
  #nextId = 1;

  /**
   * Has one task done by the next free thread.
   * @throws CairnError what the thread reports; `cancelled` once the pool has ended
   */
  run<T extends TensorTask>(task: T): Promise<TensorAnswer<T>> {
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise<TensorAnswer<T>>((resolve, reject) => {
      this.#waiting.push({ task, resolve: resolve as Job['resolve'], reject });
      this.#dispatch();
    });
  }

  /** Ends all threads at once; what was asked and not answered fails as `cancelled`. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended ??= new CairnError('cancelled', 'Cancelled.');
    const threads = this.#threads.splice(0);
    for (const thread of threads) thread.job?.reject(this.#ended);
    for (const job of this.#waiting.splice(0)) job.reject(this.#ended);
    await Promise.all(threads.map((thread) => thread.worker.terminate()));
  }

  #dispatch(): void {
    while (this.#waiting.length > 0) {
      let thread = this.#threads.find((one) => one.job === null);
      if (!thread && this.#threads.length === this.size) return;
      thread ??= this.#start();
      thread.job = this.#waiting.shift() ?? null;
      thread.worker.postMessage({ id: this.#nextId++, task: thread.job?.task });
    }
  }

  #start(): Thread {
    const worker = new Worker(threadEntry('tensor-worker'), { execArgv: [] });
    const thread: Thread = { worker, job: null };
    worker.on('message', (reply: TensorReply) => {
      const { job } = thread;
      thread.job = null;
      if (reply.ok) job?.resolve(reply.value);
      else job?.reject(new CairnError(reply.code, reply.message));
      this.#dispatch();
    });
    const lost = (cause?: unknown) => {
      const index = this.#threads.indexOf(thread);
      if (index >= 0) this.#threads.splice(index, 1);
      const message = 'A thread that measures tensors ended unexpectedly.';
      thread.job?.reject(new CairnError('failed', message, { cause }));
      thread.job = null;
      if (index >= 0) this.#dispatch();
    };
    worker.on('error', lost);
    worker.on('exit', () => lost());
    this.#threads.push(thread);
    return thread;
  }
}

/**
 * One transaction for all writes that arrive together. Each write is a savepoint in it: one that
 * throws undoes only itself. Nobody is answered before the transaction is committed.
 */
import type { Store } from '../store/index.ts';

interface Job {
  readonly write: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** More than this at once would keep other processes from writing for too long. */
const maxJobs = 256;

export class Commits {
  readonly #store: Store;
  #waiting: Job[] = [];

  constructor(store: Store) {
    this.#store = store;
  }

  /** @returns what `write` returns, once it is committed */
  run<T>(write: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      // Requests that were read in this turn of the event loop are all here when it comes round.
      if (this.#waiting.length === 0) setImmediate(() => this.#commit());
      this.#waiting.push({ write, resolve: resolve as (value: unknown) => void, reject });
    });
  }

  #commit(): void {
    const jobs = this.#waiting.splice(0, maxJobs);
    if (this.#waiting.length > 0) setImmediate(() => this.#commit());
    let settle: (() => void)[] = [];
    try {
      this.#store.transaction(() => {
        settle = jobs.map((job) => this.#attempt(job));
      });
    } catch (error) {
      settle = jobs.map((job) => () => job.reject(error));
    }
    for (const answer of settle) answer();
  }

  #attempt({ write, resolve, reject }: Job): () => void {
    try {
      const value = this.#store.savepoint(write);
      return () => resolve(value);
    } catch (error) {
      // A full disk ends the transaction as a whole, and with it what the others wrote.
      if (!this.#store.db.inTransaction) throw error;
      return () => reject(error);
    }
  }
}

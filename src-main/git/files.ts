/** Reading files that may not be there, and not holding up the event loop while doing so. */
import { setImmediate } from 'node:timers/promises';
import { errnoOf } from '../base/errors.ts';

/** Codes that say there is nothing at a path, or nothing that we may read. */
const absent = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EPERM', 'ELOOP', 'ENAMETOOLONG']);

/** What `read` gives, or null when there is nothing (readable) at its path. */
export function unlessMissing<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (absent.has(errnoOf(error) ?? '')) return null;
    throw error;
  }
}

/** Work done in one go before others are let in. */
const sliceMs = 25;

/** Lets other work in now and then, and ends with the signal. Call `pause()` once per small step. */
export class Pacer {
  readonly #signal: AbortSignal | undefined;
  #since = performance.now();

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
  }

  /** Undefined most of the time, so that a tight loop need not await. */
  pause(): Promise<void> | undefined {
    this.#signal?.throwIfAborted();
    if (performance.now() - this.#since < sliceMs) return undefined;
    return this.#yield();
  }

  async #yield(): Promise<void> {
    await setImmediate();
    this.#signal?.throwIfAborted();
    this.#since = performance.now();
  }
}

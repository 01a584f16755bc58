/** Lets the event loop breathe in the middle of many small synchronous steps. */
import { setImmediate } from 'node:timers/promises';

/** A step of the event loop should not wait longer than this for us. */
const turnMs = 12;

export class Turns {
  #began = performance.now();

  /** Whether it is somebody else's turn. Cheap enough to be asked for every file. */
  get over(): boolean {
    return performance.now() - this.#began > turnMs;
  }

  /** @throws the signal's reason once it is aborted */
  async pass(signal: AbortSignal | undefined): Promise<void> {
    await setImmediate();
    signal?.throwIfAborted();
    this.#began = performance.now();
  }
}

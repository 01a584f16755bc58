/** The one thing a transport must be: a pair of ends that carry messages in order, both ways. */
import type { Message } from './message.ts';

export interface Port {
  /**
   * Sends a message. It must not be changed afterwards. On a closed port it does nothing.
   * @throws when the message holds something the transport cannot carry (a function, say)
   */
  post(message: Message): void;
  /** Names the one listener; what came before it was named is delivered to it first. */
  onMessage(listener: (message: unknown) => void): void;
  /** Adds a listener for the end of the connection, whoever ended it. Called once, also when it is over already. */
  onClose(listener: () => void): void;
  /** Ends the connection for both sides. `reason` is for logs. */
  close(reason?: string): void;
}

/** Listeners for something that happens once. Those added later are called at once. */
export class Closing {
  #listeners: Array<() => void> = [];
  #closed = false;

  get closed(): boolean {
    return this.#closed;
  }

  add(listener: () => void): void {
    if (this.#closed) queueMicrotask(listener);
    else this.#listeners.push(listener);
  }

  /** Calls the listeners; false when that has happened before. */
  close(): boolean {
    if (this.#closed) return false;
    this.#closed = true;
    for (const listener of this.#listeners.splice(0)) listener();
    return true;
  }
}

/** Keeps what arrives until somebody listens. */
export class Inbox {
  #listener: ((message: unknown) => void) | null = null;
  #waiting: unknown[] = [];

  listen(listener: (message: unknown) => void): void {
    this.#listener = listener;
    for (const message of this.#waiting.splice(0)) listener(message);
  }

  deliver(message: unknown): void {
    if (this.#listener === null) this.#waiting.push(message);
    else this.#listener(message);
  }
}

/** The `data` of a MessageEvent of whichever runtime. */
export function dataOf(event: unknown): unknown {
  return typeof event === 'object' && event !== null && 'data' in event ? event.data : undefined;
}

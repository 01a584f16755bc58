/** The items of one request on their way out: in order, never more than the window under way. */
import { CairnError } from '../base/errors.ts';
import { itemWindow } from './message.ts';

/** Items that a producer who does not wait may pile up before its request fails. */
const maxWaiting = 10_000;

interface Waiting {
  readonly item: unknown;
  readonly sent: () => void;
  readonly failed: (error: unknown) => void;
}

export class Outbox {
  readonly #send: (item: unknown) => void;
  readonly #waiting: Waiting[] = [];
  #underWay = 0;
  #closed: { readonly error: unknown } | null = null;
  #empty: (() => void) | null = null;

  constructor(send: (item: unknown) => void) {
    this.#send = send;
  }

  /** See `HandlerContext.emit`. A rejection that nobody waits for is not an unhandled one. */
  emit(item: unknown): Promise<void> {
    const promise = new Promise<void>((sent, failed) => this.#offer({ item, sent, failed }));
    promise.catch(() => {});
    return promise;
  }

  #offer(entry: Waiting): void {
    if (this.#closed !== null) entry.failed(this.#closed.error);
    else if (this.#underWay < itemWindow) this.#pass(entry);
    else if (this.#waiting.length < maxWaiting) this.#waiting.push(entry);
    else this.close(new CairnError('failed', 'The receiver is too slow for what it asked for.'));
    if (this.#closed !== null) entry.failed(this.#closed.error);
  }

  #pass({ item, sent, failed }: Waiting): void {
    try {
      this.#send(item);
      this.#underWay++;
      sent();
    } catch (error) {
      failed(error);
      this.close(error);
    }
  }

  /** The consumer has taken so many more. */
  taken(count: number): void {
    this.#underWay = Math.max(0, this.#underWay - count);
    while (this.#underWay < itemWindow) {
      const entry = this.#waiting.shift();
      if (entry === undefined) break;
      this.#pass(entry);
    }
    if (this.#waiting.length === 0) this.#empty?.();
  }

  /** Everything that waits, and everything emitted from now on, fails with `error`. */
  close(error: unknown): void {
    this.#closed ??= { error };
    for (const { failed } of this.#waiting.splice(0)) failed(error);
    this.#empty?.();
  }

  /**
   * Resolves when every item is on its way.
   * @throws what the outbox was closed with
   */
  async flushed(): Promise<void> {
    if (this.#closed === null && this.#waiting.length > 0) {
      await new Promise<void>((resolve) => {
        this.#empty = resolve;
      });
    }
    if (this.#closed !== null) throw this.#closed.error;
  }
}

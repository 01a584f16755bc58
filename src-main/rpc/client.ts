/** The asking side of a port. */
import type { Input, Item, OperationName, Output } from '../contract/index.ts';
import { fromWire, RemoteError } from './errors.ts';
import { type EndMessage, itemWindow, parseMessage } from './message.ts';
import type { Port } from './port.ts';
import { type ItemStream, streamOf } from './stream.ts';

export interface CallOptions<N extends OperationName> {
  /** Aborting rejects the call with the code `cancelled` at once, and stops the work behind it. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Receives the items in order, one at a time: the next comes when the promise it may return has
   * resolved. Left out, no items are sent at all.
   */
  readonly onItem?: ((item: Item<N>) => void | Promise<void>) | undefined;
}

export interface Client {
  /**
   * @returns what the operation gives back, after the last item was received
   * @throws {RemoteError} with the other side's code, `cancelled`, or `disconnected`
   */
  call<N extends OperationName>(
    name: N,
    input: Input<N>,
    options?: CallOptions<N>,
  ): Promise<Output<N>>;
  /** The same with the items as an AsyncIterable. Leaving the loop stops the work. */
  stream<N extends OperationName>(
    name: N,
    input: Input<N>,
    options?: { readonly signal?: AbortSignal | undefined },
  ): ItemStream<Item<N>, Output<N>>;
  /** Calls `listener` once when the connection is over. Calls under way have failed by then. */
  onClose(listener: () => void): void;
  close(): void;
}

/** Tells the other side of taken items in batches: each message costs, and half a window is slack enough. */
const takenBatch = itemWindow / 2;

/** One call under way. */
class Pending {
  readonly #onItem: ((item: unknown) => unknown) | undefined;
  readonly #acknowledge: (count: number) => void;
  readonly #settle: (settled: EndMessage | { readonly thrown: unknown }) => void;
  readonly #items: unknown[] = [];
  #end: EndMessage | null = null;
  #busy = false;
  #taken = 0;
  #over = false;

  constructor(
    onItem: ((item: unknown) => unknown) | undefined,
    acknowledge: (count: number) => void,
    settle: (settled: EndMessage | { readonly thrown: unknown }) => void,
  ) {
    this.#onItem = onItem;
    this.#acknowledge = acknowledge;
    this.#settle = settle;
  }

  item(item: unknown): void {
    this.#items.push(item);
    if (!this.#busy) void this.#deliver();
  }

  end(message: EndMessage): void {
    this.#end = message;
    if (!this.#busy) void this.#deliver();
  }

  fail(thrown: unknown): void {
    if (this.#over) return;
    this.#over = true;
    this.#settle({ thrown });
  }

  async #deliver(): Promise<void> {
    this.#busy = true;
    try {
      while (this.#items.length > 0 && !this.#over) {
        const received = this.#onItem?.(this.#items.shift());
        if (received !== undefined) await received;
        if (++this.#taken < takenBatch) continue;
        this.#acknowledge(this.#taken);
        this.#taken = 0;
      }
    } catch (error) {
      this.fail(error);
    }
    this.#busy = false;
    if (this.#end === null || this.#over) return;
    this.#over = true;
    this.#settle(this.#end);
  }
}

/** A client over `port`, which it takes over: nobody else may listen there. */
export function createClient(port: Port): Client {
  const pending = new Map<number, Pending>();
  let nextId = 1;
  let closed = false;

  port.onMessage((raw) => {
    const message = parseMessage(raw);
    if (message === null) return port.close('malformed message');
    const call = pending.get(message.id);
    // Unknown ids are calls that were aborted while this message was on its way.
    if (message.kind === 'value' && 'item' in message) call?.item(message.item);
    else if (message.kind === 'end') call?.end(message);
  });
  port.onClose(() => {
    closed = true;
    for (const call of [...pending.values()]) call.fail(disconnected());
  });

  const call: Client['call'] = (name, input, options = {}) =>
    new Promise((resolve, reject) => {
      const { signal } = options;
      const onItem = options.onItem as ((item: unknown) => unknown) | undefined;
      if (signal?.aborted) return reject(cancelled());
      if (closed) return reject(disconnected());
      const id = nextId++;
      const settle = (settled: EndMessage | { readonly thrown: unknown }) => {
        pending.delete(id);
        signal?.removeEventListener('abort', onAbort);
        if ('thrown' in settled) {
          port.post({ kind: 'abort', id });
          reject(settled.thrown);
        } else if ('error' in settled) reject(fromWire(settled.error));
        else resolve(settled.output as Output<typeof name>);
      };
      const acknowledge = (taken: number) => port.post({ kind: 'value', id, taken });
      const entry = new Pending(onItem, acknowledge, settle);
      const onAbort = () => entry.fail(cancelled());
      pending.set(id, entry);
      signal?.addEventListener('abort', onAbort, { once: true });
      try {
        port.post({ kind: 'request', id, name, input, items: onItem !== undefined });
      } catch (error) {
        entry.fail(error);
      }
    });

  return {
    call,
    stream: (name, input, options = {}) =>
      streamOf(options.signal, (signal, onItem) => call(name, input, { signal, onItem })),
    onClose: (listener) => port.onClose(listener),
    close: () => port.close('closed by the client'),
  };
}

function cancelled(): RemoteError {
  return new RemoteError('cancelled', 'Cancelled.');
}

function disconnected(): RemoteError {
  return new RemoteError('disconnected', 'The connection to Cairn was lost.');
}

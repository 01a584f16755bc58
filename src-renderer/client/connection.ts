import type { Input, Item, OperationName, Output } from '../../src-main/contract/index.ts';
import { asClientError, ClientError } from './errors.ts';

export interface CallOptions<N extends OperationName> {
  readonly signal?: AbortSignal | undefined;
  /** Called for each item that streams in before the end. */
  readonly onItem?: ((item: Item<N>) => void) | undefined;
}

/** One open way to the core. */
export interface Transport {
  call<N extends OperationName>(
    name: N,
    input: Input<N>,
    options?: CallOptions<N>,
  ): Promise<Output<N>>;
  /** Called once, when the other end is gone. */
  onClose(listener: () => void): void;
  close(): void;
}

/** Opens a transport; rejects when the core cannot be reached. */
export type Connect = () => Promise<Transport>;

export interface ConnectionState {
  readonly phase: 'connecting' | 'online' | 'offline';
  /** Failed attempts since the connection was lost. */
  readonly attempt: number;
  /** When the next attempt will be made; null unless offline. */
  readonly retryAt: number | null;
}

const retryDelaysMs = [250, 500, 1000, 2000, 5000, 10_000];

/** Delay before attempt number `attempt` (from 0). */
export function retryDelayMs(attempt: number): number {
  return retryDelaysMs[Math.min(attempt, retryDelaysMs.length - 1)] as number;
}

/** Keeps a transport open: reconnects with backoff, and tells listeners when it is back. */
export class Connection {
  readonly #connect: Connect;
  readonly #listeners = new Set<() => void>();
  #state: ConnectionState = { phase: 'connecting', attempt: 0, retryAt: null };
  #transport: Transport | null = null;
  #waiting: Array<(error: ClientError | null) => void> = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(connect: Connect) {
    this.#connect = connect;
    void this.#open();
  }

  readonly getState = (): ConnectionState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Runs an operation. Rejects with a ClientError; `disconnected` when the core is not there. */
  async call<N extends OperationName>(
    name: N,
    input: Input<N>,
    options: CallOptions<N> = {},
  ): Promise<Output<N>> {
    const transport = this.#transport ?? (await this.#ready());
    try {
      return await transport.call(name, input, options);
    } catch (error) {
      throw asClientError(error);
    }
  }

  /** Tries at once instead of waiting for the backoff. */
  readonly reconnect = (): void => {
    if (this.#state.phase !== 'offline') return;
    clearTimeout(this.#timer);
    void this.#open();
  };

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#transport?.close();
  }

  async #ready(): Promise<Transport> {
    if (this.#state.phase === 'connecting') {
      const error = await new Promise<ClientError | null>((resolve) => this.#waiting.push(resolve));
      if (error === null && this.#transport !== null) return this.#transport;
    }
    throw new ClientError('disconnected', 'Cairn cannot be reached. The connection is retried.');
  }

  async #open(): Promise<void> {
    this.#set({ ...this.#state, phase: 'connecting', retryAt: null });
    try {
      const transport = await this.#connect();
      if (this.#closed) {
        transport.close();
        return;
      }
      this.#transport = transport;
      transport.onClose(() => {
        if (this.#transport !== transport) return;
        this.#transport = null;
        this.#lost(0);
      });
      this.#set({ phase: 'online', attempt: 0, retryAt: null });
      this.#release(null);
    } catch (error) {
      this.#lost(this.#state.attempt + 1);
      this.#release(asClientError(error));
    }
  }

  #lost(attempt: number): void {
    if (this.#closed) return;
    const delay = retryDelayMs(attempt);
    this.#set({ phase: 'offline', attempt, retryAt: Date.now() + delay });
    this.#timer = setTimeout(() => void this.#open(), delay);
  }

  #release(error: ClientError | null): void {
    for (const waiting of this.#waiting.splice(0)) waiting(error);
  }

  #set(state: ConnectionState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }
}

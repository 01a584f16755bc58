import type { Input, Item, OperationName, Output } from '../../src-main/contract/index.ts';
import type { Connection } from './connection.ts';
import { asClientError, type ClientError } from './errors.ts';

/** What a view sees of one query. A new object whenever something changed. */
export interface Snapshot<N extends OperationName> {
  readonly data: Output<N> | undefined;
  readonly error: ClientError | null;
  /** The last item streamed before the end, for operations that report progress. */
  readonly item: Item<N> | null;
  readonly fetching: boolean;
}

interface Entry {
  readonly name: OperationName;
  readonly input: unknown;
  readonly topics: Set<string>;
  readonly listeners: Set<() => void>;
  snapshot: Snapshot<OperationName>;
  abort: AbortController | null;
  /** The data may be out of date: fetch when somebody looks. */
  stale: boolean;
  startedAt: number;
  /** How long the last answer took. */
  tookMs: number;
  usedAt: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

const empty: Snapshot<OperationName> = {
  data: undefined,
  error: null,
  item: null,
  fetching: false,
};
/** Changes come in bursts: one entry is fetched at most this often, and for a quarter of the time. */
const minIntervalMs = 250;
const restFactor = 4;
const maxUnused = 100;

/** What stands for an operation with an input. */
export function queryKey(name: OperationName, input: unknown): string {
  return `${name} ${JSON.stringify(input)}`;
}

/**
 * What the window knows of the core: answers by operation and input, shared by the views that
 * show them, fetched again when a topic they depend on changes or the connection is back.
 */
export class QueryCache {
  readonly #connection: Connection;
  readonly #entries = new Map<string, Entry>();

  constructor(connection: Connection) {
    this.#connection = connection;
    let phase = connection.getState().phase;
    connection.subscribe(() => {
      const next = connection.getState().phase;
      // What is under way waited for this, and is answered by what is there now.
      if (next === 'online' && phase !== 'online') this.#invalidateKnown();
      phase = next;
    });
  }

  snapshot<N extends OperationName>(key: string): Snapshot<N> {
    return (this.#entries.get(key)?.snapshot ?? empty) as Snapshot<N>;
  }

  /** Keeps `key` up to date until the returned function is called. */
  subscribe<N extends OperationName>(
    key: string,
    name: N,
    input: Input<N>,
    topics: readonly string[],
    listener: () => void,
  ): () => void {
    const entry = this.#entry(key, name, input);
    for (const topic of topics) entry.topics.add(topic);
    entry.listeners.add(listener);
    if (entry.stale && entry.abort === null) this.#fetch(entry);
    return () => {
      entry.listeners.delete(listener);
      entry.usedAt = Date.now();
      if (entry.listeners.size === 0) this.#rest(entry);
    };
  }

  /**
   * Asks before there is a view to show the answer: the view finds it, or waits for the same one.
   * @returns the answer, undefined when there is an error in its place
   */
  ahead<N extends OperationName>(
    name: N,
    input: Input<N>,
    topics: readonly string[] = [],
  ): Promise<Output<N> | undefined> {
    const key = queryKey(name, input);
    return new Promise((resolve) => {
      let stop: (() => void) | null = null;
      const look = (): void => {
        const { data, error, fetching } = this.snapshot<N>(key);
        if (stop === null || (data === undefined && (error === null || fetching))) return;
        stop();
        resolve(data);
      };
      stop = this.subscribe(key, name, input, topics, look);
      look();
    });
  }

  /** Fetches again what any of the topics touches; `*` touches everything. */
  changed(topics: readonly string[]): void {
    if (topics.includes('*')) this.invalidate(() => true);
    else this.invalidate((entryTopics) => topics.some((topic) => entryTopics.has(topic)));
  }

  invalidate(match: (topics: ReadonlySet<string>, name: OperationName) => boolean): void {
    for (const entry of this.#entries.values()) {
      if (!match(entry.topics, entry.name)) continue;
      entry.stale = true;
      if (entry.listeners.size > 0 && entry.abort === null) this.#schedule(entry);
    }
  }

  #invalidateKnown(): void {
    for (const entry of this.#entries.values()) {
      if (entry.abort !== null) continue;
      entry.stale = true;
      if (entry.listeners.size > 0) this.#schedule(entry);
    }
  }

  /** Fetches one entry again at once, as after "Try again". */
  reload(key: string): void {
    const entry = this.#entries.get(key);
    if (entry && entry.abort === null) this.#fetch(entry);
  }

  /** Forgets everything that was answered, as when another folder is opened. */
  clear(): void {
    for (const [key, entry] of this.#entries) {
      entry.abort?.abort();
      entry.abort = null;
      entry.stale = true;
      if (entry.listeners.size === 0) this.#entries.delete(key);
      else {
        this.#update(entry, empty);
        this.#fetch(entry);
      }
    }
  }

  #entry(key: string, name: OperationName, input: unknown): Entry {
    const found = this.#entries.get(key);
    if (found) return found;
    const entry: Entry = {
      name,
      input,
      topics: new Set(),
      listeners: new Set(),
      snapshot: empty,
      abort: null,
      stale: true,
      startedAt: 0,
      tookMs: 0,
      usedAt: Date.now(),
      timer: undefined,
    };
    this.#entries.set(key, entry);
    this.#evict();
    return entry;
  }

  #schedule(entry: Entry): void {
    if (entry.timer !== undefined) return;
    const wait = Math.max(
      0,
      entry.startedAt + Math.max(minIntervalMs, entry.tookMs * restFactor) - Date.now(),
    );
    entry.timer = setTimeout(() => {
      entry.timer = undefined;
      if (entry.listeners.size > 0 && entry.abort === null) this.#fetch(entry);
    }, wait);
  }

  #fetch(entry: Entry): void {
    const abort = new AbortController();
    entry.abort = abort;
    entry.stale = false;
    entry.startedAt = Date.now();
    this.#update(entry, { ...entry.snapshot, fetching: true });
    const settle = (snapshot: Snapshot<OperationName>): void => {
      if (entry.abort !== abort) return;
      entry.abort = null;
      entry.tookMs = Date.now() - entry.startedAt;
      this.#update(entry, snapshot);
      if (entry.stale && entry.listeners.size > 0) this.#schedule(entry);
    };
    this.#connection
      .call(entry.name, entry.input as Input<OperationName>, {
        signal: abort.signal,
        onItem: (item) => {
          if (entry.abort === abort) this.#update(entry, { ...entry.snapshot, item });
        },
      })
      .then(
        (data) => settle({ data, error: null, item: null, fetching: false }),
        (thrown: unknown) => {
          const error = asClientError(thrown);
          if (error.code === 'cancelled' || error.code === 'disconnected') entry.stale = true;
          settle({ ...entry.snapshot, error, item: null, fetching: false });
        },
      );
  }

  /** Nobody looks any more: ends the work, after a moment in which the same view may come back. */
  #rest(entry: Entry): void {
    const abort = entry.abort;
    if (abort === null) return;
    setTimeout(() => {
      if (entry.listeners.size > 0 || entry.abort !== abort) return;
      abort.abort();
      entry.abort = null;
      entry.stale = true;
      this.#update(entry, { ...entry.snapshot, item: null, fetching: false });
    }, 100);
  }

  #update(entry: Entry, snapshot: Snapshot<OperationName>): void {
    entry.snapshot = snapshot;
    for (const listener of [...entry.listeners]) listener();
  }

  #evict(): void {
    const unused = [...this.#entries].filter(([, entry]) => entry.listeners.size === 0);
    if (unused.length <= maxUnused) return;
    unused.sort(([, a], [, b]) => a.usedAt - b.usedAt);
    for (const [key] of unused.slice(0, unused.length - maxUnused)) this.#entries.delete(key);
  }
}

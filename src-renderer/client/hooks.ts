import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { Input, Item, OperationName, Output } from '../../src-main/contract/index.ts';
import { queryKey, type Snapshot } from './cache.ts';
import type { Client } from './client.ts';
import type { CallOptions, ConnectionState } from './connection.ts';
import { asClientError, type ClientError } from './errors.ts';

/** Given by `mount`; every hook below reads it. */
export const ClientContext = createContext<Client | null>(null);

/** The client of this window. */
export function useClient(): Client {
  const client = useContext(ClientContext);
  if (client === null) throw new Error('useClient needs a ClientContext around it');
  return client;
}

export interface Query<N extends OperationName> {
  /** The newest answer; kept while it is fetched again and while the connection is lost. */
  readonly data: Output<N> | undefined;
  readonly error: ClientError | null;
  /** True until the first answer (or error) is there. */
  readonly loading: boolean;
  /** True while a newer answer is on its way. */
  readonly refreshing: boolean;
  /** The last item streamed before the end (progress), while loading. */
  readonly item: Item<N> | null;
  readonly reload: () => void;
}

export interface QueryOptions {
  /** Topics of `workspace.changes` that make the answer out of date. */
  readonly topics?: readonly string[];
  /** False asks nothing. */
  readonly enabled?: boolean;
  /** Keeps showing the answer to the input before while a changed input is loading. */
  readonly keepPrevious?: boolean;
}

/**
 * The answer to an operation that reads, live: asked again when a topic changes or the connection
 * is back, shared with other views that ask the same, and ended when the view goes away.
 */
export function useOperation<N extends OperationName>(
  name: N,
  input: Input<N>,
  options: QueryOptions = {},
): Query<N> {
  const { queries } = useClient();
  const { enabled = true, keepPrevious = false, topics = [] } = options;
  const key = enabled ? queryKey(name, input) : '';
  const topicKey = topics.join(' ');
  // The key stands for the input, whose identity changes with every render.
  const latest = useRef(input);
  latest.current = input;
  const subscribe = useCallback(
    (listener: () => void) =>
      key === ''
        ? () => {}
        : queries.subscribe(key, name, latest.current, topicKey.split(' '), listener),
    [queries, key, name, topicKey],
  );
  const snapshot: Snapshot<N> = useSyncExternalStore(subscribe, () => queries.snapshot<N>(key));
  const previous = useRef<Output<N> | undefined>(undefined);
  if (snapshot.data !== undefined) previous.current = snapshot.data;
  // An answer may be null: no folder is open.
  const known = snapshot.data !== undefined || !keepPrevious;
  const data = known ? snapshot.data : previous.current;
  const reload = useCallback(() => queries.reload(key), [queries, key]);
  return {
    data,
    error: snapshot.error,
    loading: enabled && data === undefined && snapshot.error === null,
    refreshing: snapshot.fetching && data !== undefined,
    item: snapshot.item,
    reload,
  };
}

const nothing: readonly never[] = [];

/**
 * Answers to one operation for several inputs, each as {@link useOperation} has it: what a long list
 * shows of itself, part by part. Inputs may come and go.
 */
export function useOperations<N extends OperationName>(
  name: N,
  inputs: readonly Input<N>[],
  topics: readonly string[],
): readonly Snapshot<N>[] {
  const { queries } = useClient();
  const shown = useRef<readonly Snapshot<N>[]>(nothing);
  // Inputs may be long: they are written out once for as long as the array is the same.
  const keys = useMemo(() => inputs.map((input) => queryKey(name, input)), [name, inputs]);
  const joined = useMemo(() => keys.join('\n'), [keys]);
  const topicKey = topics.join(' ');
  const latest = useRef(inputs);
  latest.current = inputs;
  const subscribe = useCallback(
    (listener: () => void) => {
      if (joined === '') return () => {};
      const stops = latest.current.map((input) =>
        queries.subscribe(queryKey(name, input), name, input, topicKey.split(' '), listener),
      );
      return () => {
        for (const stop of stops) stop();
      };
    },
    [queries, name, joined, topicKey],
  );
  return useSyncExternalStore(subscribe, () => {
    const next = keys.map((key) => queries.snapshot<N>(key));
    const before = shown.current;
    if (next.length !== before.length || next.some((each, index) => each !== before[index])) {
      shown.current = next;
    }
    return shown.current;
  });
}

export interface StreamState {
  readonly running: boolean;
  readonly error: ClientError | null;
}

/**
 * Runs a streaming operation while the view is there, and again whenever `input` changes or the
 * connection comes back. `onStart` is called before the first item of each attempt.
 */
export function useStream<N extends OperationName>(
  name: N,
  input: Input<N>,
  handlers: { readonly onStart?: () => void; readonly onItem: (item: Item<N>) => void },
  enabled = true,
): StreamState {
  const { connection } = useClient();
  const online = useConnection().phase === 'online';
  const [state, setState] = useState<StreamState>({ running: false, error: null });
  const inputKey = JSON.stringify(input);
  const start = useEffectEvent(() => handlers.onStart?.());
  const receive = useEffectEvent((item: Item<N>) => handlers.onItem(item));
  useEffect(() => {
    if (!enabled || !online) return;
    const abort = new AbortController();
    const guarded = (item: Item<N>): void => {
      if (!abort.signal.aborted) receive(item);
    };
    start();
    setState({ running: true, error: null });
    connection
      .call(name, JSON.parse(inputKey) as Input<N>, { signal: abort.signal, onItem: guarded })
      .then(
        () => !abort.signal.aborted && setState({ running: false, error: null }),
        (thrown: unknown) =>
          !abort.signal.aborted && setState({ running: false, error: asClientError(thrown) }),
      );
    return () => abort.abort();
  }, [connection, name, inputKey, enabled, online]);
  return state;
}

/** Calls an operation once, typed; for what a person does rather than what a view shows. */
export function useCall(): <N extends OperationName>(
  name: N,
  input: Input<N>,
  options?: CallOptions<N>,
) => Promise<Output<N>> {
  const { connection } = useClient();
  return useCallback((name, input, options) => connection.call(name, input, options), [connection]);
}

/** Whether the core answers. */
export function useConnection(): ConnectionState {
  const { connection } = useClient();
  return useSyncExternalStore(connection.subscribe, connection.getState);
}

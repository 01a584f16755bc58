import type { ShellBridge } from '../../src-main/contract/shell.ts';
import { QueryCache } from './cache.ts';
import { type Connect, Connection } from './connection.ts';

/** Everything a window needs of the core. */
export interface Client {
  readonly connection: Connection;
  readonly queries: QueryCache;
  /** What only a desktop window can do (native dialogs, menus); null on a page in a browser. */
  readonly bridge: ShellBridge | null;
  close(): void;
}

/** Opens the client and follows what changes in the workspace. */
export function createClient(connect: Connect, bridge: ShellBridge | null): Client {
  const connection = new Connection(connect);
  const queries = new QueryCache(connection);
  const stop = followChanges(connection, queries);
  return {
    connection,
    queries,
    bridge,
    close: () => {
      stop();
      connection.close();
    },
  };
}

/** Feeds `workspace.changes` to the cache, starting again whenever the connection comes back. */
function followChanges(connection: Connection, queries: QueryCache): () => void {
  let abort: AbortController | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const follow = (): void => {
    if (connection.getState().phase !== 'online' || abort !== null) return;
    const own = new AbortController();
    abort = own;
    const ended = (): void => {
      if (abort === own) abort = null;
      clearTimeout(retry);
      if (!own.signal.aborted) retry = setTimeout(follow, 1000);
    };
    connection
      .call(
        'workspace.changes',
        {},
        { signal: own.signal, onItem: (event) => queries.changed(event.topics) },
      )
      .then(ended, ended);
  };
  const unsubscribe = connection.subscribe(() => {
    if (connection.getState().phase === 'online') follow();
    else {
      abort?.abort();
      abort = null;
    }
  });
  follow();
  return () => {
    unsubscribe();
    clearTimeout(retry);
    abort?.abort();
  };
}

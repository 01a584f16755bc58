/**
 * `cairn serve`: the window as a page in a browser, the core behind a WebSocket. For a remote
 * machine over an SSH tunnel, and wherever there is no Electron. On this machine only, behind a
 * token; `guard.ts` says who is let in.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { CairnError, errnoOf } from '../../base/errors.ts';
import type { Logger } from '../../base/logger.ts';
import type { Handlers } from '../../rpc/index.ts';
import { findAssets } from '../page/index.ts';
import { Session } from './guard.ts';
import { answerRequest } from './http.ts';
import { sendRefusal } from './pages.ts';
import { Sockets } from './sockets.ts';

export interface ServerOptions {
  readonly handlers: Handlers;
  /** Folder of the built window. */
  readonly rendererDir: string;
  readonly logger: Logger;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** An address of this machine that others cannot reach; 127.0.0.1 when left out. */
  readonly host?: '127.0.0.1' | '::1';
  /** The secret of the address; a random one when left out. */
  readonly token?: string;
  /** Milliseconds between signs of life of a page. */
  readonly pingMs?: number;
  /** Milliseconds a client may take to send the head of a request. */
  readonly patienceMs?: number;
}

export interface RunningServer {
  /** The address to open, with the token. */
  readonly url: string;
  /** Stops listening, ends every connection, and resolves when the work behind them has ended. */
  close(): Promise<void>;
}

/** How long work may take to end after its connection was closed. */
const closeGraceMs = 3000;

/**
 * @throws CairnError `not-found` when the window is not built, `conflict` when the port is taken,
 *   `invalid` for a host that others can reach or a token that can be guessed
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host = '127.0.0.1', logger, token = randomBytes(32).toString('base64url') } = options;
  if (host !== '127.0.0.1' && host !== '::1') {
    throw new CairnError(
      'invalid',
      `Cairn does not listen on ${host}, where others could reach it. Use an SSH tunnel instead.`,
    );
  }
  if (token.length < 32) {
    throw new CairnError('invalid', 'The token must have 32 characters or more.');
  }
  const assets = await findAssets(options.rendererDir);
  const { patienceMs = 10_000 } = options;
  const server = createServer({
    headersTimeout: patienceMs,
    requestTimeout: patienceMs,
    keepAliveTimeout: 5000,
    connectionsCheckingInterval: patienceMs / 2,
    maxHeaderSize: 16 << 10,
  });
  server.timeout = 60_000;
  server.maxConnections = 256;
  await listen(server, options.port ?? 0, host);
  const { port } = server.address() as AddressInfo;

  const session = new Session(token, port);
  const { handlers, pingMs = 30_000 } = options;
  const sockets = new Sockets({ session, handlers, logger, pingMs });
  server.on('request', (request, response) => {
    answerRequest(request, response, session, assets).catch((error: unknown) => {
      if (response.headersSent) return response.destroy();
      logger.error('A request failed', error);
      sendRefusal(response, 500, 'Cairn could not answer; its log says why.');
    });
  });
  server.on('upgrade', (request, stream, head) => sockets.upgrade(request, stream, head));

  const authority = host === '::1' ? `[::1]:${port}` : `127.0.0.1:${port}`;
  return {
    url: `http://${authority}/?token=${token}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      const grace = new AbortController();
      await Promise.race([
        sockets.close(),
        sleep(closeGraceMs, undefined, { signal: grace.signal }).catch(() => {}),
      ]);
      grace.abort();
      sockets.terminate();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    if (errnoOf(error) !== 'EADDRINUSE' && errnoOf(error) !== 'EACCES') throw error;
    throw new CairnError(
      'conflict',
      `Port ${port} is taken. Choose another, or none and let Cairn find a free one.`,
      { cause: error },
    );
  }
}

/** The WebSocket of a page: who may open one, and what answers behind it. */
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Logger } from '../../base/logger.ts';
import { type Handlers, requestLimits, type Service, serve, socketPort } from '../../rpc/index.ts';
import { isLocalHost, isOwnOrigin, type Session } from './guard.ts';

/** The path of the socket. */
const socketPath = '/rpc';

/** Pages at the same time; each tab has one. */
const maxSockets = 64;

/** What a page may leave unread before its connection is given up. */
const maxBufferedBytes = 512 << 20;

export interface SocketsOptions {
  readonly session: Session;
  readonly handlers: Handlers;
  readonly logger: Logger;
  /** A page that does not answer within this time is taken for gone. */
  readonly pingMs: number;
}

export class Sockets {
  readonly #options: SocketsOptions;
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: requestLimits.maxFrameBytes,
    perMessageDeflate: false,
  });
  readonly #services = new Set<Service>();

  constructor(options: SocketsOptions) {
    this.#options = options;
  }

  /** Answers the upgrade of a connection: a socket with the operations behind it, or a refusal. */
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    // Without a listener, a reset connection would be an uncaught exception.
    stream.on('error', () => stream.destroy());
    const status = this.#judge(request);
    if (status !== null) refuse(stream, status);
    else this.#server.handleUpgrade(request, stream, head, (socket) => this.#accept(socket));
  }

  /** Null when the upgrade is allowed, else the status of the refusal. A page always sends its origin. */
  #judge({ url, headers }: IncomingMessage): number | null {
    if (!isLocalHost(headers.host) || !isOwnOrigin(headers.origin, headers.host)) return 403;
    if (!this.#options.session.acceptsCookie(headers.cookie)) return 401;
    if (url !== socketPath) return 404;
    return this.#server.clients.size >= maxSockets ? 503 : null;
  }

  #accept(socket: WebSocket): void {
    const { handlers, logger, pingMs } = this.#options;
    const port = socketPort(socket, { limits: requestLimits, maxBufferedBytes });
    const service = serve(port, handlers, { logger });
    this.#services.add(service);

    let answered = true;
    socket.on('pong', () => {
      answered = true;
    });
    const timer = setInterval(() => {
      if (!answered) return socket.terminate();
      answered = false;
      socket.ping();
    }, pingMs);
    socket.once('close', () => {
      clearInterval(timer);
      this.#services.delete(service);
    });
  }

  /** Closes every connection and resolves when the handlers behind them have returned. */
  async close(): Promise<void> {
    await Promise.all([...this.#services].map((service) => service.close()));
    this.#server.close();
  }

  /** Ends what did not end by itself. */
  terminate(): void {
    for (const socket of this.#server.clients) socket.terminate();
  }
}

function refuse(stream: Duplex, status: number): void {
  stream.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
    () => stream.destroy(),
  );
}

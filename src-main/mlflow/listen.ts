/** The HTTP listener: on this machine only, behind a token, for a thousand clients at once. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isLocalHost } from '../base/local-http.ts';
import { Announcer } from './announcer.ts';
import { Answers } from './answer.ts';
import { discard } from './body.ts';
import type { MlflowContext } from './context.ts';
import { proofOf, proofPath } from './credentials.ts';
import { judge } from './guard.ts';
import { sendError, sendText } from './respond.ts';

export interface Endpoint {
  /** MLFLOW_TRACKING_URI, without the token. */
  readonly url: string;
  readonly port: number;
  /** Stops listening; requests under way are answered first. */
  close(): Promise<void>;
}

/** A client may take this long for the head of a request, and be silent this long within one. */
const headMs = 15_000;
const silenceMs = 120_000;
/** Between requests: a training loop may log every few minutes. */
const idleMs = 600_000;
const maxConnections = 4096;
/** How long requests under way may take once the endpoint closes. */
const closeGraceMs = 3000;

/**
 * @param port 0 takes a free one
 * @throws the system's error, `EADDRINUSE` among them
 */
export async function listen(
  context: MlflowContext,
  options: { readonly token: string; readonly port: number },
): Promise<Endpoint> {
  const announcer = new Announcer(context.changed);
  const answers = new Answers({ ...context, changed: (topics) => announcer.add(topics) });
  const server = createServer({
    headersTimeout: headMs,
    // Bodies have limits of their own: an artifact of many gigabytes may take hours.
    requestTimeout: 0,
    keepAliveTimeout: idleMs,
    connectionsCheckingInterval: 5000,
    maxHeaderSize: 64 << 10,
    noDelay: true,
  });
  server.timeout = silenceMs;
  server.maxConnections = maxConnections;
  server.on('request', (request, response) => {
    // A client that goes away is no news.
    response.on('error', () => response.destroy());
    if (answerProof(request, response, options.token)) return;
    const refusal = judge(request.headers, options.token);
    if (refusal === null) void answers.answer(request, response);
    else {
      sendError(response, refusal);
      discard(request);
    }
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  await bind(server, options.port);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const force = setTimeout(() => server.closeAllConnections(), closeGraceMs);
      await closed;
      clearTimeout(force);
      announcer.end();
    },
  };
}

/**
 * Shows another process of Cairn that it is this folder's endpoint which listens here.
 * @returns whether that was asked
 */
function answerProof(request: IncomingMessage, response: ServerResponse, token: string): boolean {
  if (!isLocalHost(request.headers.host) || request.headers.origin !== undefined) return false;
  const nonce = new RegExp(`^${proofPath}\\?nonce=([0-9a-f]{32})$`).exec(request.url ?? '')?.[1];
  if (nonce === undefined || request.method !== 'GET') return false;
  sendText(response, proofOf(token, nonce));
  return true;
}

async function bind(server: Server, port: number): Promise<void> {
  server.listen({ port, host: '127.0.0.1', backlog: 1024, exclusive: true });
  await once(server, 'listening');
}

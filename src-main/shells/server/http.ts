/** Answers one HTTP request: the token's exchange, a file of the window, or a refusal. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import {
  type Asset,
  type Assets,
  assetAt,
  contentSecurityPolicy,
  pageHeaders,
} from '../page/index.ts';
import { isLocalHost, isOwnOrigin, type Session } from './guard.ts';
import { sendExchange, sendRefusal } from './pages.ts';

/** A reader slower than this for one file is given up. */
const answerTimeoutMs = 5 * 60_000;

export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  session: Session,
  assets: Assets,
): Promise<void> {
  const { host, origin, cookie } = request.headers;
  const refuse = (status: number, sentence: string) => sendRefusal(response, status, sentence);

  if (!isLocalHost(host)) return refuse(403, 'This address is not one of Cairn’s.');
  if (origin !== undefined && !isOwnOrigin(origin, host)) {
    return refuse(403, 'Other pages may not ask Cairn for anything.');
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return refuse(405, 'Only GET and HEAD are answered.');
  }
  if (hasBody(request)) return refuse(413, 'A request has no body here.');
  const [path, query] = splitTarget(request.url ?? '');
  if (path === null) return refuse(400, 'The address is malformed.');

  const token = path === '/' ? new URLSearchParams(query).get('token') : null;
  if (token !== null && session.acceptsToken(token)) {
    return sendExchange(response, session.setCookie);
  }
  if (token !== null || !session.acceptsCookie(cookie)) {
    return refuse(401, 'Open the address that Cairn printed; it holds the token of this session.');
  }
  const asset = assetAt(assets, path);
  if (asset === undefined) return refuse(404, 'There is nothing at this address.');
  await sendAsset(request, response, asset, host);
}

/** Path and query of a request target; the path is null for anything but `/…`. */
function splitTarget(target: string): [string | null, string] {
  if (!target.startsWith('/')) return [null, ''];
  const at = target.indexOf('?');
  return at === -1 ? [target, ''] : [target.slice(0, at), target.slice(at + 1)];
}

function hasBody(request: IncomingMessage): boolean {
  const length = request.headers['content-length'];
  return (
    request.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0')
  );
}

async function sendAsset(
  request: IncomingMessage,
  response: ServerResponse,
  asset: Asset,
  host: string,
): Promise<void> {
  const { size } = await stat(asset.file);
  response.writeHead(200, {
    ...pageHeaders(contentSecurityPolicy({ socket: `ws://${host}` })),
    'Content-Type': asset.contentType,
    'Content-Length': size,
    'Cache-Control': asset.immutable ? 'private, max-age=31536000, immutable' : 'no-store',
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const signal = AbortSignal.timeout(answerTimeoutMs);
  await pipeline(createReadStream(asset.file), response, { signal });
}

/** The pages that are not the window: the exchange of the token, and refusals. */
import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { contentSecurityPolicy, pageHeaders } from '../page/index.ts';

/**
 * Answers the tokened address: sets the cookie and goes to the plain address, replacing the one with
 * the token in the history and keeping the part behind `#`. Not a redirect: coming from a link of
 * another site, the browser would follow it without the new SameSite=Strict cookie.
 */
export function sendExchange(response: ServerResponse, setCookie: string): void {
  const nonce = randomBytes(16).toString('base64');
  const policy = contentSecurityPolicy({ script: `'nonce-${nonce}'` });
  response.writeHead(200, {
    ...pageHeaders(policy),
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Set-Cookie': setCookie,
  });
  response.end(`<!doctype html>
<meta charset="utf-8">
<title>Cairn</title>
<noscript><meta http-equiv="refresh" content="0; url=/"></noscript>
<script nonce="${nonce}">location.replace('/' + location.hash)</script>
`);
}

/** Refuses in a sentence, and ends the connection: nothing more is read from it. */
export function sendRefusal(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, {
    ...pageHeaders(contentSecurityPolicy()),
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    Connection: 'close',
  });
  response.end(`${sentence}\n`);
}

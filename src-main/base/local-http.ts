/**
 * Who may talk to a server on this machine. It listens here only, but every page in the user's
 * browser and every program of every user can reach it. So a request must name this machine as its
 * host (a page whose name was rebound to 127.0.0.1 names another), and come from a page of the
 * server itself or from none.
 */
import { createHash, timingSafeEqual } from 'node:crypto';

/** Any port: behind an SSH tunnel it is another one than the server's. */
const localHost = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

/** Whether a Host header names this machine. */
export function isLocalHost(host: string | undefined): host is string {
  return host !== undefined && localHost.test(host);
}

/** Whether an Origin header names the page that the server at `host` gave out. */
export function isOwnOrigin(origin: string | undefined, host: string): boolean {
  return origin?.toLowerCase() === `http://${host.toLowerCase()}`;
}

/** Digests are compared, so that not even the length shows. */
export function equalInConstantTime(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

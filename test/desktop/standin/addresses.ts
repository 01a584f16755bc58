/**
 * Chromium knows no scheme `app:` and cannot be taught one from outside, so that its pages live at an
 * https address which is answered by the program's own protocol handler. The program sees only
 * `app:` addresses.
 */

const host = /^https:\/\/([^/]+)\.app\.test(?=\/|$)/;

export function toChromium(address: string): string {
  return address.replace(/^app:\/\/([^/]+)/, 'https://$1.app.test');
}

export function fromChromium(address: string): string {
  return address.replace(host, 'app://$1');
}

/** Whether a page's address is one of the program's. */
export function isAppAddress(address: string): boolean {
  return host.test(address);
}

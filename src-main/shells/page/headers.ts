/** What every answer to a window says about what it may do. */

/**
 * The window runs only its own scripts, and speaks only to where it came from. Styles may be inline:
 * the component library and the charts write them. Pictures may be data and blobs, sound and
 * film blobs: charts are exported and files of a run shown so.
 * @param script a source for scripts in place of the window's own (`'nonce-…'`)
 * @param socket the WebSocket address, for browsers whose `'self'` does not cover it
 */
export function contentSecurityPolicy(options: { script?: string; socket?: string } = {}): string {
  const connect = ["'self'", options.socket].filter((source) => source !== undefined);
  return [
    "default-src 'none'",
    `script-src ${options.script ?? "'self'"}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    'media-src blob:',
    "font-src 'self' data:",
    `connect-src ${connect.join(' ')}`,
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The headers of every answer, files and refusals alike. */
export function pageHeaders(policy: string): Record<string, string> {
  return {
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  };
}

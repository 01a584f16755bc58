/** Who may use an endpoint: programs of this user that were given its token. */
import type { IncomingHttpHeaders } from 'node:http';
import { equalInConstantTime, isLocalHost, isOwnOrigin } from '../base/local-http.ts';
import { MlflowError } from './errors.ts';

/**
 * @param headers of a request
 * @param token MLFLOW_TRACKING_TOKEN, or the password in the tracking address
 * @returns why it is refused, or null
 */
export function judge(headers: IncomingHttpHeaders, token: string): MlflowError | null {
  const { host, origin, authorization } = headers;
  if (!isLocalHost(host)) {
    return new MlflowError('PERMISSION_DENIED', 'This address is not one of Cairn’s.');
  }
  if (origin !== undefined && !isOwnOrigin(origin, host)) {
    return new MlflowError(
      'PERMISSION_DENIED',
      'Pages of other sites may not ask Cairn for anything.',
    );
  }
  const given = tokenOf(authorization ?? '');
  if (given !== null && equalInConstantTime(given, token)) return null;
  return new MlflowError(
    'UNAUTHENTICATED',
    'Cairn needs its token: run “cairn env” in the folder, and set MLFLOW_TRACKING_TOKEN as it says.',
  );
}

/** The token of `Bearer`, or the password of `Basic` (RFC 7617). */
function tokenOf(authorization: string): string | null {
  const [, scheme = '', credentials = ''] = /^(\w+) +(\S+)$/.exec(authorization) ?? [];
  if (scheme.toLowerCase() === 'bearer') return credentials;
  if (scheme.toLowerCase() !== 'basic') return null;
  const text = Buffer.from(credentials, 'base64').toString('utf8');
  const at = text.indexOf(':');
  return at === -1 ? null : text.slice(at + 1);
}

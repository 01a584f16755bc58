/**
 * What a shell needs to log to a folder: address and token, remembered in the user's data folder, so
 * that what `cairn env` printed stays true when Cairn is opened again.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { equalInConstantTime } from '../base/local-http.ts';
import { replaceFile } from '../base/replace-file.ts';
import { isRecord } from './fields.ts';

export interface Credentials {
  readonly token: string;
  /** Where the endpoint listened last; null before it ever did. */
  readonly port: number | null;
}

/** What the file holds, or null when there is none or it is broken. */
export function readCredentials(file: string): Credentials | null {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (!isRecord(value) || typeof value.token !== 'string' || value.token.length < 32) return null;
    return { token: value.token, port: typeof value.port === 'number' ? value.port : null };
  } catch {
    return null;
  }
}

/** Replaces the file as a whole; only the user may read it. */
export function writeCredentials(file: string, credentials: Credentials): void {
  replaceFile(file, `${JSON.stringify(credentials)}\n`, { mode: 0o600, folderMode: 0o700 });
}

export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** The path at which an endpoint shows that it knows its token, without being told it. */
export const proofPath = '/cairn/proof';

/** @param nonce chosen by whoever wants the proof */
export function proofOf(token: string, nonce: string): string {
  return createHmac('sha256', token).update(`cairn endpoint ${nonce}`).digest('base64url');
}

/** Whether an endpoint with this token listens there; another program never gets to see the token. */
export async function isListening(port: number, token: string): Promise<boolean> {
  const nonce = randomBytes(16).toString('hex');
  try {
    const response = await fetch(`http://127.0.0.1:${port}${proofPath}?nonce=${nonce}`, {
      signal: AbortSignal.timeout(3000),
      redirect: 'error',
    });
    if (!response.ok) return false;
    return equalInConstantTime((await response.text()).slice(0, 100), proofOf(token, nonce));
  } catch {
    return false;
  }
}

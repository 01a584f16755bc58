/** Errors on their way over a port and back. */
import type { z } from 'zod';
import { asCairnError, type ErrorCode, type ErrorPlace } from '../base/errors.ts';
import type { WireError } from './message.ts';

/** `disconnected`: the other side is gone, and whether the operation happened is not known. */
export type RemoteErrorCode = ErrorCode | 'disconnected';

/** What a call fails with: the error of the other side, or that the other side is gone. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError';
  readonly code: RemoteErrorCode;
  readonly place: ErrorPlace | null;
  /** For a developer, to copy: a stack, or the list of invalid fields. */
  readonly details: string | null;

  constructor(
    code: RemoteErrorCode,
    message: string,
    rest: { place?: ErrorPlace | null; details?: string | null } = {},
  ) {
    super(message);
    this.code = code;
    this.place = rest.place ?? null;
    this.details = rest.details ?? null;
  }
}

export function toWire(thrown: unknown): WireError {
  const { code, message, place, cause, stack } = asCairnError(thrown);
  const details = detailsOf(code === 'internal' ? (cause ?? { stack }) : cause);
  return details === null ? { code, message, place } : { code, message, place, details };
}

export function fromWire(error: WireError): RemoteError {
  return new RemoteError(error.code as RemoteErrorCode, error.message, {
    place: error.place,
    details: error.details ?? null,
  });
}

/** A sentence about the first invalid field, all of them in the details. */
export function invalidInput(operation: string, error: z.ZodError): WireError {
  const lines = error.issues.map(({ path, message }) => {
    const field = path.map(String).join('.');
    return field === '' ? message : `${field}: ${message}`;
  });
  return {
    code: 'invalid',
    message: `The request “${operation}” is not valid: ${lines[0] ?? 'unknown reason'}.`,
    place: null,
    details: lines.join('\n'),
  };
}

function detailsOf(cause: unknown): string | null {
  if (typeof cause !== 'object' || cause === null)
    return cause === undefined ? null : String(cause);
  if ('stack' in cause && typeof cause.stack === 'string') return cause.stack;
  return 'message' in cause ? String(cause.message) : null;
}

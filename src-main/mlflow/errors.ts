/** Errors as MLflow's clients know them: a code, and the HTTP status that goes with it. */
import { asCairnError, type CairnError } from '../base/errors.ts';

/** Codes of MLflow's `databricks.proto` that are answered here, and their statuses. */
const statuses = {
  BAD_REQUEST: 400,
  INVALID_PARAMETER_VALUE: 400,
  MALFORMED_REQUEST: 400,
  RESOURCE_ALREADY_EXISTS: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  ENDPOINT_NOT_FOUND: 404,
  NOT_FOUND: 404,
  RESOURCE_DOES_NOT_EXIST: 404,
  RESOURCE_CONFLICT: 409,
  REQUEST_LIMIT_EXCEEDED: 429,
  INTERNAL_ERROR: 500,
  INVALID_STATE: 500,
  NOT_IMPLEMENTED: 501,
  TEMPORARILY_UNAVAILABLE: 503,
} as const;

export type MlflowCode = keyof typeof statuses;

/** What a handler throws to answer with an error; the client shows the message to its user. */
export class MlflowError extends Error {
  override readonly name = 'MlflowError';
  readonly code: MlflowCode;
  readonly status: number;

  /** @param status where it differs from the one that goes with the code */
  constructor(
    code: MlflowCode,
    message: string,
    options: { cause?: unknown; status?: number } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = options.status ?? statuses[code];
  }
}

export function invalid(message: string): MlflowError {
  return new MlflowError('INVALID_PARAMETER_VALUE', message);
}

export function missing(message: string): MlflowError {
  return new MlflowError('RESOURCE_DOES_NOT_EXIST', message);
}

export function exists(message: string): MlflowError {
  return new MlflowError('RESOURCE_ALREADY_EXISTS', message);
}

const codes: Partial<Record<CairnError['code'], MlflowCode>> = {
  'not-found': 'RESOURCE_DOES_NOT_EXIST',
  invalid: 'INVALID_PARAMETER_VALUE',
  exists: 'RESOURCE_ALREADY_EXISTS',
  conflict: 'RESOURCE_CONFLICT',
  unsupported: 'NOT_IMPLEMENTED',
  untrusted: 'PERMISSION_DENIED',
  'read-only': 'PERMISSION_DENIED',
  // The client waits and tries again.
  locked: 'TEMPORARILY_UNAVAILABLE',
};

/** Any thrown value as an error of the protocol. */
export function asMlflowError(thrown: unknown): MlflowError {
  if (thrown instanceof MlflowError) return thrown;
  const error = asCairnError(thrown);
  return new MlflowError(codes[error.code] ?? 'INTERNAL_ERROR', error.message, { cause: thrown });
}

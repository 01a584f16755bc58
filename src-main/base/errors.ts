/** Errors with a code, a sentence a user can act on, and the cause. */

/** Codes that callers may branch on. Anything else is `internal`. */
export type ErrorCode =
  | 'not-found'
  | 'invalid'
  | 'exists'
  | 'conflict'
  | 'untrusted'
  | 'read-only'
  | 'locked'
  | 'corrupt'
  | 'too-new'
  | 'no-space'
  | 'unsupported'
  | 'cancelled'
  | 'failed'
  | 'internal';

/** Where in a file an error is. Lines and columns count from 1. */
export interface ErrorPlace {
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
}

/** The only error that operations throw on purpose; its message is shown to the user as it is. */
export class CairnError extends Error {
  override readonly name = 'CairnError';
  readonly code: ErrorCode;
  readonly place: ErrorPlace | null;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; place?: ErrorPlace } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.place = options.place ?? null;
  }
}

/** Says what an unknown thrown value is, keeping a CairnError as it is. */
export function asCairnError(thrown: unknown): CairnError {
  if (thrown instanceof CairnError) return thrown;
  if (isNamed(thrown, 'AbortError'))
    return new CairnError('cancelled', 'Cancelled.', { cause: thrown });
  const code = errnoOf(thrown);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL') {
    return new CairnError(
      'no-space',
      `The disk is full: ${message}. Free some space and try again.`,
      {
        cause: thrown,
      },
    );
  }
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return new CairnError('read-only', `No permission: ${message}.`, { cause: thrown });
  }
  if (code === 'ENOENT')
    return new CairnError('not-found', `Not found: ${message}.`, { cause: thrown });
  return new CairnError('internal', message, { cause: thrown });
}

/** The `code` of a system or SQLite error, or undefined. */
export function errnoOf(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}

function isNamed(thrown: unknown, name: string): boolean {
  return typeof thrown === 'object' && thrown !== null && 'name' in thrown && thrown.name === name;
}

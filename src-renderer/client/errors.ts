/** Where in a file an error is. Lines and columns count from 1. */
export interface ErrorPlace {
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
}

/** An error of the core as the window sees it. `message` is a sentence that can be shown as it is. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  /** A code of the core (`not-found`, `untrusted`, …), or `disconnected`. */
  readonly code: string;
  readonly place: ErrorPlace | null;
  /** For a developer, to copy: a stack, or the list of invalid fields. */
  readonly details: string | null;

  constructor(
    code: string,
    message: string,
    rest: { readonly place?: ErrorPlace | null; readonly details?: string | null } = {},
  ) {
    super(message);
    this.code = code;
    this.place = rest.place ?? null;
    this.details = rest.details ?? null;
  }
}

/** Any thrown value as a ClientError; the codes and places of the core's errors are kept. */
export function asClientError(thrown: unknown): ClientError {
  if (thrown instanceof ClientError) return thrown;
  if (typeof thrown !== 'object' || thrown === null)
    return new ClientError('internal', String(thrown));
  const message = 'message' in thrown ? String(thrown.message) : String(thrown);
  if ('name' in thrown && thrown.name === 'AbortError') {
    return new ClientError('cancelled', message);
  }
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : 'internal';
  return new ClientError(code, message, {
    place: 'place' in thrown ? asPlace(thrown.place) : null,
    details: 'details' in thrown && typeof thrown.details === 'string' ? thrown.details : null,
  });
}

/** Whether somebody (a person, or a view that went away) ended the work on purpose. */
export function isCancelled(thrown: unknown): boolean {
  return asClientError(thrown).code === 'cancelled';
}

function asPlace(value: unknown): ErrorPlace | null {
  if (typeof value !== 'object' || value === null || !('file' in value)) return null;
  const number = (key: 'line' | 'column'): number | null => {
    const found: unknown = Reflect.get(value, key);
    return typeof found === 'number' ? found : null;
  };
  return { file: String(value.file), line: number('line'), column: number('column') };
}

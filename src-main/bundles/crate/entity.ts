/** The pieces of an RO-Crate's JSON-LD. */

export type Value = string | number | boolean | Reference | readonly (string | Reference)[];

export interface Reference {
  readonly '@id': string;
}

export interface Entity {
  readonly '@id': string;
  readonly '@type': string | readonly string[];
  readonly [property: string]: Value | undefined;
}

export function ref(id: string): Reference {
  return { '@id': id };
}

/** A path as a relative URI reference (RFC 3986): each part percent-encoded. */
export function fileId(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** ISO 8601 with milliseconds, in UTC; with an offset, because validators know no `Z`. */
export function isoTime(at: number): string {
  return new Date(at).toISOString().replace('Z', '+00:00');
}

/** Values of a notebook's JSON as what they should be, or as nothing where they are something else. */

export type Json = Readonly<Record<string, unknown>>;

/** A multi-line string: one string, or a list of lines with their ends. */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  return asArray(value)
    .filter((line) => typeof line === 'string')
    .join('');
}

export function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : {};
}

export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

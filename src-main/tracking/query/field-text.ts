/** Fields as they are written: read by themselves, and written so that they can be read again. */
import { Cursor } from './cursor.ts';
import type { Field } from './types.ts';

/**
 * Reads one field with nothing after it: `params.lr`, `best(metrics.acc)`, `duration`.
 * @throws CairnError `invalid`
 */
export function parseField(text: string): Field {
  const cursor = new Cursor(text, {});
  const field = cursor.field();
  const rest = cursor.peek();
  if (rest.kind === 'end') return field;
  throw cursor.error(rest, `“${cursor.shown(rest)}” is more than the name of a field.`);
}

/** The name of a key with its kind, in backticks where it would not be read as one word otherwise. */
export function writeField(kind: 'param' | 'metric' | 'tag', key: string): string {
  return `${kind}s.${writeKey(key)}`;
}

function writeKey(key: string): string {
  return /^[^\s(),'"`=<>!]+$/.test(key) ? key : `\`${key.replaceAll('`', '``')}\``;
}

/**
 * YAML and JSON as they lie in old commits: read as well as possible, never an error. Numbers keep
 * the form they were written in.
 */
import { isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';

/** A number as it was written, beside what it means. */
export class WrittenNumber {
  readonly text: string;
  readonly value: number;

  constructor(text: string, value: number) {
    this.text = text;
    this.value = value;
  }
}

export type Plain =
  | null
  | boolean
  | string
  | WrittenNumber
  | readonly Plain[]
  | { readonly [key: string]: Plain };

const largestText = 8 << 20;
/** Aliases may refer to each other: what they unfold to is bounded. */
const mostNodes = 500_000;

/** Null when the text is no YAML, or too large to be worth it. */
export function readLeniently(text: string): Plain {
  if (text.length > largestText) return null;
  const document = parseDocument(text, { merge: true, uniqueKeys: false, logLevel: 'silent' });
  if (document.errors.length > 0) return null;
  let nodes = 0;
  const plain = (node: unknown): Plain => {
    nodes += 1;
    if (nodes > mostNodes) throw new RangeError('too many nodes');
    const resolved = resolve(node);
    if (isScalar(resolved)) return scalar(resolved.value, resolved.source);
    if (isSeq(resolved)) return resolved.items.map(plain);
    if (!isMap(resolved)) return null;
    const entries: [string, Plain][] = [];
    for (const { key, value } of resolved.items) {
      const name = resolve(key);
      if (!isScalar(name)) continue;
      const below = plain(value);
      if (name.value === '<<' || typeof name.value === 'symbol') {
        for (const map of Array.isArray(below) ? below : [below]) {
          if (isRecord(map)) entries.unshift(...Object.entries(map));
        }
      } else {
        entries.push([name.source ?? String(name.value), below]);
      }
    }
    return Object.fromEntries(entries);
  };
  const resolve = (node: unknown): Node | null => {
    const found =
      typeof node === 'object' && node !== null && 'resolve' in node && 'source' in node
        ? (node as { resolve(document: unknown): Node | undefined }).resolve(document)
        : node;
    return (found as Node | null | undefined) ?? null;
  };
  try {
    return plain(document.contents);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

export function isRecord(value: Plain | undefined): value is { readonly [key: string]: Plain } {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof WrittenNumber)
  );
}

function scalar(value: unknown, source: string | undefined): Plain {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint') {
    return new WrittenNumber(source ?? String(value), Number(value));
  }
  return String(value);
}

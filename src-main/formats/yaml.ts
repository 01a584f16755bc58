/**
 * YAML as DVC reads it: YAML 1.2 with the numbers of YAML 1.1 (`1_000`, `0b11`) and dates, parsed
 * with places, so that a complaint can name line and column.
 */
import {
  type Document,
  isCollection,
  isMap,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
} from 'yaml';
import { CairnError } from '../base/errors.ts';
import { parsePlainYaml } from './yaml-plain.ts';
import { numberTags, timestampTag } from './yaml-scalars.ts';

export interface Position {
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

export interface YamlDocument {
  /** Maps are objects without a prototype, lists arrays, floats {@link YamlFloat}. Null if empty. */
  readonly value: unknown;
  /** Where the value at a path of keys and indices is written; its key, for a map. */
  positionOf(path: readonly (string | number)[]): Position | null;
}

/** Values that aliases may stand for, all together, before it is a bomb. */
const maxAliases = 1000;
const maxBytes = 64 * 2 ** 20;

/** @param file named in errors @throws CairnError `invalid`, with its place */
export function parseYaml(text: string, file: string): YamlDocument {
  checkSize(text, file);
  // What programs write is plain, and long; places are seldom asked for.
  const plain = parsePlainYaml(text);
  if (plain === null) return parseAnyYaml(text, file);
  let whole: YamlDocument | null = null;
  return {
    value: plain.value,
    positionOf: (path) => {
      whole ??= parseAnyYaml(text, file);
      return whole.positionOf(path);
    },
  };
}

/** As {@link parseYaml}, for all that YAML has. */
export function parseAnyYaml(text: string, file: string): YamlDocument {
  const { document, lines } = parseYamlDocument(text, file);
  let value: unknown;
  try {
    value = toValue(document.toJS({ maxAliasCount: maxAliases, mapAsMap: true }));
  } catch (cause) {
    throw new CairnError('invalid', `${file}: its aliases stand for too much. Write them out.`, {
      cause,
    });
  }
  return {
    value,
    positionOf: (path) => {
      const offset = offsetOf(document.contents, path);
      if (offset === null) return null;
      const { line, col } = lines.linePos(offset);
      return { line, column: col };
    },
  };
}

function checkSize(text: string, file: string): void {
  if (text.length > maxBytes) throw new CairnError('invalid', `${file} is too large to be read.`);
}

/**
 * The document with its comments and layout, for changing a value in place and writing the rest as
 * it was.
 */
export function parseYamlDocument(
  text: string,
  file: string,
): { document: Document.Parsed; lines: LineCounter } {
  checkSize(text, file);
  const lines = new LineCounter();
  const document = parseDocument(text.replace(/^\ufeff/, ''), {
    version: '1.2',
    merge: true,
    lineCounter: lines,
    prettyErrors: false,
    intAsBigInt: false,
    uniqueKeys: true,
    stringKeys: false,
    customTags: (tags) => [...numberTags, ...tags.filter((tag) => !isNumberTag(tag)), timestampTag],
  });
  const error = document.errors[0];
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    const place = { file, line, column: col };
    const message = conflictIn(text, file) ?? `${file}:${line}:${col}: ${sentence(error.message)}`;
    throw new CairnError('invalid', message, { cause: error, place });
  }
  return { document, lines };
}

/** What a merge leaves in a file is no YAML, and the parser's words would not say why. */
function conflictIn(text: string, file: string): string | null {
  const at = text.split('\n').findIndex((line) => line.startsWith('<<<<<<< '));
  if (at < 0) return null;
  return `${file}:${at + 1}:1: a merge left both of its sides here. Choose one, and finish the merge.`;
}

function isNumberTag(tag: unknown): boolean {
  if (typeof tag !== 'object' || tag === null || !('tag' in tag)) return false;
  return /:(int|float)$/.test(String(tag.tag));
}

/** Maps with other keys than texts get the text of the key, as dotted names do. */
function toValue(value: unknown): unknown {
  if (value instanceof Map) {
    const made: Record<string, unknown> = Object.create(null);
    for (const [key, part] of value) made[String(key)] = toValue(part);
    return made;
  }
  return Array.isArray(value) ? value.map(toValue) : value;
}

function offsetOf(contents: Node | null, path: readonly (string | number)[]): number | null {
  let node: unknown = contents;
  let offset = contents?.range?.[0] ?? null;
  for (const step of path) {
    if (!isCollection(node)) return offset;
    const item = isMap(node)
      ? node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(step))
      : node.items[Number(step)];
    if (item === undefined) return offset;
    const place = isPair(item) ? item.key : item;
    offset = (place as Node | null)?.range?.[0] ?? offset;
    node = isPair(item) ? item.value : item;
  }
  return offset;
}

function sentence(message: string): string {
  const first = message.split('\n')[0] ?? message;
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
